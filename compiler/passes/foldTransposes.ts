import { useCounts } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/** dot(transpose(a), b) → dot(a, b) that reads a transposed; transpose(dot(a, b)) → dot(bᵀ, aᵀ). */
export const foldTransposes: Pass = {
  name: "foldTransposes",
  summary: "transposes beside a product become its flags",
  needs: ["transpose"],
  run(graph) {
    const uses = useCounts(graph);
    return rewrite(graph, (node, before) => {
      if (isOp(node, "dot")) return foldOperands(node);
      const product = node.inputs[0];
      // A product that something else reads, too, would be computed twice.
      if (!product || !isOp(product, "dot") || !isMatrixTranspose(node) || uses.get(before.inputs[0]!) !== 1)
        return undefined;
      const [a, b] = product.inputs;
      if (a!.rank !== 2 || b!.rank !== 2) return undefined;
      const { transposeA = false, transposeB = false } = product.attributes;
      return inPlaceOf(product, "dot", [b!, a!], { transposeA: !transposeB, transposeB: !transposeA });
    });
  },
};

function foldOperands(node: Node<"dot">): Node | undefined {
  const [a, b] = node.inputs;
  const { transposeA = false, transposeB = false } = node.attributes;
  const [left, right] = [matrixUnder(a!), matrixUnder(b!)];
  if (!left && !right) return undefined;
  return inPlaceOf(node, "dot", [left ?? a!, right ?? b!], {
    transposeA: left ? !transposeA : transposeA,
    transposeB: right ? !transposeB : transposeB,
  });
}

/** What a matrix is the transpose of. */
function matrixUnder(node: Node): Node | undefined {
  return isMatrixTranspose(node) ? node.inputs[0] : undefined;
}

function isMatrixTranspose(node: Node): boolean {
  return isOp(node, "transpose") && node.rank === 2 && node.attributes.permutation[0] === 1;
}
