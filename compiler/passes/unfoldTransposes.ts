import { isOp, type Node } from "../../src/ir/node.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/**
 * The reverse of `foldTransposes`, for kernels that are slow with transpose flags. tfjs's wasm kernel is: 97 against 7 ms
 * for [784, 128] · [128, 512] with the first operand turned around by a flag, or by a kernel of its own.
 */
export const unfoldTransposes: Pass = {
  name: "unfoldTransposes",
  summary: "a product's transpose flags become transposes",
  run: (graph) => rewrite(graph, unfoldProduct),
};

/** A product whose operands are turned around by nodes of their own; none for what has no transpose flags. */
export function unfoldProduct(node: Node): Node | undefined {
  if (!isOp(node, "dot") && !isOp(node, "affine")) return undefined;
  const { transposeA, transposeB, ...others } = node.attributes;
  if (!transposeA && !transposeB) return undefined;
  const [a, b, ...rest] = node.inputs;
  const operands = [transposeA ? turned(node, a!) : a!, transposeB ? turned(node, b!) : b!, ...rest];
  return inPlaceOf<"dot" | "affine">(node, node.op, operands, others as typeof node.attributes);
}

function turned(product: Node, matrix: Node): Node {
  return inPlaceOf(product, "transpose", [matrix], { permutation: [1, 0] });
}
