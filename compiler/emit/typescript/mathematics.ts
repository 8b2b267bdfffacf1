import { isOp, type Node } from "../../../src/ir/node.js";

/** What a node computes, as a mathematician writes it, where the call by itself does not say it. */
export function mathematicsOf(node: Node, name: (node: Node) => string): string | undefined {
  const [a, b, c] = node.inputs.map(name) as [string, string, string];
  const activated = (text: string, activation: string) => (activation === "linear" ? text : `${activation}(${text})`);
  if (isOp(node, "affine")) return activated(`${product(node, a, b)} + ${c}`, node.attributes.activation);
  if (isOp(node, "affineConv2d")) return activated(`${a} ∗ ${b} + ${c}`, node.attributes.activation);
  if (isOp(node, "barrier")) return `${a}, to compute again what follows from it`;
  if (isOp(node, "conv2d")) return `${a} ∗ ${b}`;
  if (isOp(node, "dot")) return product(node, a, b);
  if (isOp(node, "reluGradient")) return `${a} where ${b} > 0, else 0`;
  if (isOp(node, "maxPool2d")) return `the largest element of each ${node.attributes.poolSize.join(" × ")} window`;
  if (isOp(node, "maxPool2dGradient")) return `${c} where ${a} has its window's largest element, else 0`;
  if (isOp(node, "conv2dBackpropInput"))
    return `each ${a} times the filter that it was made with, added up in its places`;
  if (isOp(node, "conv2dBackpropFilter")) return `the sum over all windows of ${a} times ${b}`;
  if (isOp(node, "sum")) return `Σ ${a} over ${axesInWords(node.attributes.axes)}`;
  if (isOp(node, "mean")) return `the mean of ${a}`;
  if (isOp(node, "sparseSoftmaxCrossEntropyWithLogits")) return `-ln softmax(${a})[${b}]`;
  if (isOp(node, "sparseSoftmaxCrossEntropyGradient")) return `softmax(${a}) - oneHot(${b})`;
  if (isOp(node, "softmaxCrossEntropyWithLogits")) return `-Σ ${b} · ln softmax(${a})`;
  if (isOp(node, "softmaxCrossEntropyGradient")) return `softmax(${a}) - ${b}`;
  if (isOp(node, "sigmoidCrossEntropyWithLogits")) return `-${b} · ln σ(${a}) - (1 - ${b}) · ln(1 - σ(${a}))`;
  if (isOp(node, "applyGradientDescent")) return "w := w - η·g";
  if (isOp(node, "applyMomentum")) {
    return node.attributes.nesterov ? "v := μ·v - η·g; w := w + μ·v - η·g" : "v := μ·v - η·g; w := w + v";
  }
  if (isOp(node, "applyAdagrad")) return "a := a + g²; w := w - η·g / (√a + ε)";
  if (isOp(node, "applyRmsProp")) return "s := ρ·s + (1 - ρ)·g²; m := μ·m + η·g / √(s + ε); w := w - m";
  if (isOp(node, "applyAdam")) {
    return "m := β₁·m + (1 - β₁)·g; v := β₂·v + (1 - β₂)·g²; w := w - η·√(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε)";
  }
  return undefined;
}

function product(
  { attributes: { transposeA, transposeB } }: Node<"dot"> | Node<"affine">,
  a: string,
  b: string,
): string {
  return `${a}${transposeA ? "ᵀ" : ""} · ${b}${transposeB ? "ᵀ" : ""}`;
}

function axesInWords(axes: readonly number[]): string {
  return axes.length === 1 ? `axis ${axes[0]}` : `axes ${axes.join(", ")}`;
}
