import { useCounts } from "../../src/ir/graph.js";
import { isOp, type Names, type Node } from "../../src/ir/node.js";
import { hasTrait } from "../../src/ops/registry.js";
import { show } from "../../src/types/show.js";
import { type AffineMap, affineMapOf, isCheaperAsOne } from "../passes/affine-chain.js";
import type { Check } from "./warning.js";

/** Affine maps one after the other, in what a model computes in prediction. */
export const affineChain: Check = ({ sources: { predict } }) => {
  const readers = useCounts(predict);
  // A bias is seen with its product: from the product alone, the map would be reported twice.
  return predict.nodes.flatMap((node) => (isOp(node, "dot") ? (chainBefore(node, readers, predict.names) ?? []) : []));
};

/**
 * The message where a product's operand is an affine map that nothing else reads. Dropout between them separates them in
 * training alone: what the model computes when it is used is one affine map all the same.
 */
function chainBefore(node: Node<"dot">, readers: ReadonlyMap<Node, number>, names: Names): string | undefined {
  const second = affineMapOf(node);
  if (!second) return undefined;
  let x = second.x;
  while (hasTrait(x, "trainingOnly") && readers.get(x) === 1) x = x.inputs[0]!;
  const first = readers.get(x) === 1 ? affineMapOf(x) : undefined;
  if (!first || !isCheaperAsOne(first, second)) return undefined;
  const [before, after] = [nameOf(first, names), nameOf(second, names)];
  const dropped = x === second.x ? "" : ` (${second.x.op} acts in training alone)`;
  const product = `${show(first.W.shape)} · ${show(second.W.shape)} = ${show([first.W.shape[0]!, second.W.shape[1]!])}`;
  const remedy = first.W.scope
    ? `give ${before} an activation, { units: ${first.W.shape[1]}, activation: relu }, or leave it out`
    : "apply an activation between them, such as relu, or multiply by one matrix";
  return `${before} → ${after} without an activation between them is one affine map, ${product}${dropped}: ${remedy}`;
}

/** The layer that a map is of, or the name of its matrix. */
function nameOf({ W }: AffineMap, names: Names): string {
  return (W.scope && names.get(W.scope)) ?? names.get(W) ?? "a constant";
}
