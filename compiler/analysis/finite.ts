import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node, type OpName } from "../../src/ir/node.js";

/** Ops that make finite numbers of finite ones, short of an overflow. exp is none: it overflows at 89. */
const keepsFinite: ReadonlySet<OpName> = new Set<OpName>([
  ...(["input", "variable", "size", "randomUniform", "cast", "barrier", "stopGradient", "customGradient"] as const),
  ...(["add", "subtract", "multiply", "neg", "abs", "square", "sign", "maximum", "minimum", "select"] as const),
  ...(["reshape", "broadcastTo", "transpose", "concat", "slice", "pad", "oneHot", "dropout"] as const),
  ...(["dot", "affine", "conv2d", "affineConv2d", "conv2dBackpropInput", "conv2dBackpropFilter"] as const),
  ...(["maxPool2d", "maxPool2dGradient", "maxPool2dGather", "sum", "mean", "max"] as const),
  ...(["relu", "relu6", "elu", "leakyRelu", "sigmoid", "tanh", "softmax", "logSoftmax", "logSumExp"] as const),
  ...(["reluGradient", "relu6Gradient", "eluGradient", "leakyReluGradient"] as const),
  ...(["sigmoidGradient", "tanhGradient", "softmaxCrossEntropyWithLogits", "softmaxCrossEntropyGradient"] as const),
  ...(["sigmoidCrossEntropyWithLogits", "sparseSoftmaxCrossEntropyWithLogits"] as const),
  ...(["sparseSoftmaxCrossEntropyGradient", "equal", "notEqual"] as const),
  ...(["less", "lessEqual", "greater", "greaterEqual", "argMax"] as const),
]);

/** Ops that give nothing below 0. */
const nonNegative: ReadonlySet<OpName> = new Set<OpName>([
  ...(["abs", "square", "exp", "sqrt", "sigmoid", "softmax", "relu", "relu6", "size"] as const),
]);

/** Ops whose results are positive, or not below 0, where all their inputs are. */
const keepsSign: ReadonlySet<OpName> = new Set<OpName>([
  ...(["add", "multiply", "sum", "mean", "max", "maximum", "minimum", "sqrt"] as const),
  ...(["reshape", "broadcastTo", "transpose", "slice", "concat"] as const),
]);

/**
 * The nodes of a graph that are finite numbers by the way they are computed, where inputs and variables are: nothing on their
 * way divides by what may be 0, or takes a logarithm or a root. Of others nothing is known.
 */
export function finiteNodes(graph: Graph): ReadonlySet<Node> {
  const [finite, positive, notNegative] = [new Set<Node>(), new Set<Node>(), new Set<Node>()];
  for (const node of graph.nodes) {
    const every = (nodes: ReadonlySet<Node>) => node.inputs.every((input) => nodes.has(input));
    const some = (nodes: ReadonlySet<Node>) => node.inputs.some((input) => nodes.has(input));
    const inRange = (fits: (value: number) => boolean) => isOp(node, "constant") && [...dataOf(node)].every(fits);
    const moves = keepsSign.has(node.op) && node.inputs.length > 0;
    const isRaised = every(notNegative) && isOp(node, "add");
    const isBounded = isOp(node, "maximum");
    if (inRange((value) => value >= 0) || nonNegative.has(node.op) || (moves && every(notNegative)))
      notNegative.add(node);
    if (isBounded && some(notNegative)) notNegative.add(node);
    const isPositive = inRange((value) => value > 0) || isOp(node, "size") || (moves && every(positive));
    if (isPositive || ((isRaised || isBounded) && some(positive))) positive.add(node);
    const divides = isOp(node, "divide") && positive.has(node.inputs[1]!);
    const takesRoot = isOp(node, "sqrt") && every(notNegative);
    const padsWithFinite = !isOp(node, "pad") || Number.isFinite(node.attributes.value);
    const computes = (keepsFinite.has(node.op) && padsWithFinite) || divides || takesRoot;
    if (inRange(Number.isFinite) || (!isOp(node, "constant") && computes && every(finite))) finite.add(node);
  }
  return finite;
}

function dataOf({ attributes: { value } }: Node<"constant">): Iterable<number> {
  return value.data;
}
