import { type Graph, useCounts } from "../src/ir/graph.js";
import { isOp, type Names, type Node } from "../src/ir/node.js";
import { show } from "../src/types/show.js";
import { type AffineMap, affineMapOf, isCheaperAsOne } from "./passes/affine-chain.js";

/** All codes of warnings, with what they mean. */
export const warningCodes = {
  SW_WARN_AFFINE_CHAIN: "Two affine maps, one after the other, with no activation between them: they are one.",
  SW_WARN_MEMORY: "A training step takes more memory than its budget, computing again what can be.",
} as const;

export type WarningCode = keyof typeof warningCodes;

/** A probable mistake in a model that compiles all the same. `code` is stable and may be matched on. */
export interface CompileWarning {
  readonly code: WarningCode;
  readonly message: string;
}

/** The probable mistakes in what a model computes in prediction. */
export function warningsOf(graph: Graph): CompileWarning[] {
  const readers = useCounts(graph);
  return graph.nodes.flatMap((node) => {
    // A bias is seen with its product: from the product alone, the map would be reported twice.
    if (!isOp(node, "dot")) return [];
    const message = affineChain(node, readers, graph.names);
    return message === undefined ? [] : [{ code: "SW_WARN_AFFINE_CHAIN", message }];
  });
}

/**
 * The message where a product's operand is an affine map that nothing else reads. Dropout between them separates them in
 * training alone: what the model computes when it is used is one affine map all the same.
 */
function affineChain(node: Node<"dot">, readers: ReadonlyMap<Node, number>, names: Names): string | undefined {
  const second = affineMapOf(node);
  if (!second) return undefined;
  let x = second.x;
  while (isOp(x, "dropout") && readers.get(x) === 1) x = x.inputs[0]!;
  const first = readers.get(x) === 1 ? affineMapOf(x) : undefined;
  if (!first || !isCheaperAsOne(first, second)) return undefined;
  const [before, after] = [nameOf(first, names), nameOf(second, names)];
  const dropped = x === second.x ? "" : " (dropout acts in training alone)";
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
