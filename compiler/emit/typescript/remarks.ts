import { isOp, type Node } from "../../../src/ir/node.js";
import type { InPlaceUpdates } from "../../analysis/in-place.js";
import { formulaOf } from "./formula.js";
import { comment } from "./layout.js";
import type { StepNames } from "./naming.js";

/** What remarks on a step's nodes are made of. */
export interface RemarkSurroundings {
  readonly inPlace: InPlaceUpdates;
  readonly names: StepNames;
  /** What a node is called in a remark. */
  words(node: Node): string;
}

/** The comment above the statement of a node: what it computes; of a backward node, for what. */
export function remarksOn(node: Node, { inPlace, names, words }: RemarkSurroundings): string[] {
  // The legend above the first of them has the formula.
  if (inPlace.nodes.has(node)) return [];
  const formula = formulaOf(node, words);
  if (node.part !== "backward") return formula ? comment(formula, "  ") : [];
  const original = names.again.get(node);
  if (original && isOp(node, "barrier")) return [];
  if (original) return comment(`${words(original)} again, rather than kept: ${formula ?? node.op}`, "  ");
  const of = purposeOf(node, names);
  return comment(formula ? `${of}: ${formula}` : of, "  ");
}

function purposeOf(node: Node, { gradient, next }: StepNames): string {
  const own = gradient.get(node);
  if (own) return `Gradient of loss with respect to ${own.words}`;
  const towards = next.get(node);
  return towards ? `Towards the gradient of loss with respect to ${towards.words}` : "For the update";
}
