import { useCounts } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { addOp } from "../../src/ops/add.js";
import { builder as b } from "../../src/ops/builder.js";
import { dotOp } from "../../src/ops/dot.js";
import { type AffineMap, affineMapOf, beforeActivation, isCheaperAsOne } from "./affine-chain.js";
import { evaluateConstant } from "./evaluateConstant.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/** Products of matrices that take more multiplications than this, a second or so of the reference kernel, are not computed at compile time. */
const mostMultiplications = 2 ** 28;

/**
 * (x · W₁ + b₁) · W₂ + b₂ → x · (W₁ · W₂) + (b₁ · W₂ + b₂), for constants: where variables are frozen, and nothing else reads
 * what is in between.
 */
export const collapseAffineChains: Pass = {
  name: "collapseAffineChains",
  summary: "affine maps one after another become one, where that takes fewer multiplications",
  run(graph) {
    const uses = useCounts(graph);
    return rewrite(graph, (node, before) => {
      if (!isOp(node, "dot") && !isOp(node, "affine")) return undefined;
      // An activation may follow the last map of a chain.
      const second = isOp(node, "affine") ? beforeActivation(node) : affineMapOf(node);
      const first = second && uses.get(before.inputs[0]!) === 1 ? affineMapOf(second.x) : undefined;
      if (!first || !second || !isFrozen(first) || !isFrozen(second) || !isCheaperAsOne(first, second))
        return undefined;
      const [rows, middle] = first.W.shape as number[];
      if (rows! * middle! * (second.W.shape[1] as number) > mostMultiplications) return undefined;
      const W = fold(makeNode(dotOp, [first.W, second.W], {}));
      const bias = biasOf(first, second);
      if (!bias) return inPlaceOf(node, "dot", [first.x, W]);
      const attributes = isOp(node, "affine") ? node.attributes : {};
      return inPlaceOf(node, "affine", [first.x, W, bias], attributes);
    });
  },
};

/** b₁ · W₂ + b₂, as far as there are biases. */
function biasOf(first: AffineMap, second: AffineMap): Node | undefined {
  if (!first.bias) return second.bias;
  const carried = fold(makeNode(dotOp, [first.bias, second.W], {}));
  return second.bias ? fold(makeNode(addOp, [carried, second.bias], {})) : carried;
}

function isFrozen({ W, bias }: AffineMap): boolean {
  return isOp(W, "constant") && (!bias || isOp(bias, "constant"));
}

function fold(node: Node): Node {
  return b.constant(evaluateConstant(node));
}
