import { useCounts } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { evaluateConstant } from "./evaluateConstant.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/**
 * γ · (x · W + b - μ) / √(v + ε) + β → x · (W · k) + ((b - μ) · k + β) for k = γ / √(v + ε), and the same of a convolution: for
 * constants, where nothing else reads what is in between.
 */
export const foldBatchNormalization: Pass = {
  name: "foldBatchNormalization",
  summary: "a normalization with known statistics becomes part of the product before it",
  run(graph) {
    const uses = useCounts(graph);
    return rewrite(graph, (node, before) => {
      if (!isOp(node, "batchNormalization") || uses.get(before.inputs[0]!) !== 1) return undefined;
      const [product, ...vectors] = node.inputs;
      const [, W, bias] = product!.inputs;
      if (!isProduct(product!) || ![W!, ...(bias ? [bias] : []), ...vectors].every(isConstantNode)) return undefined;
      const [gamma, beta, mean, variance] = vectors;
      const deviation = fold("sqrt", fold("add", variance!, b.scalar(node.attributes.epsilon)));
      const k = fold("divide", gamma!, deviation);
      const centred = bias ? fold("subtract", bias, mean!) : fold("neg", mean!);
      const inputs = [product!.inputs[0]!, fold("multiply", W!, k), fold("add", fold("multiply", centred, k), beta!)];
      return isOp(product!, "dot") || isOp(product!, "affine")
        ? inPlaceOf(node, "affine", inputs, product!.attributes)
        : inPlaceOf(node, "affineConvolution", inputs, product!.attributes);
    });
  },
};

type Product = Node<"dot"> | Node<"affine"> | Node<"convolution"> | Node<"affineConvolution">;

/** A product whose weights' last axis is the channels', with nothing behind it. */
function isProduct(node: Node): node is Product {
  if (isOp(node, "convolution")) return true;
  if (isOp(node, "affineConvolution")) return node.attributes.activation === undefined;
  if (isOp(node, "affine")) return node.attributes.activation === undefined && !node.attributes.transposeB;
  return isOp(node, "dot") && node.inputs[1]!.rank === 2 && !node.attributes.transposeB;
}

function isConstantNode(node: Node): boolean {
  return isOp(node, "constant");
}

function fold(op: "add" | "subtract" | "multiply" | "divide" | "sqrt" | "neg", ...inputs: Node[]): Node {
  return b.constant(evaluateConstant(b.op(op, inputs)));
}
