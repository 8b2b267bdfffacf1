import type { Graph } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import type { InPlaceUpdates } from "../../analysis/in-place.js";
import { type ComposedFormula, composedFormulas } from "./composedFormulas.js";
import { formulaOf } from "./formula.js";
import { comment } from "./layout.js";
import type { StepNames } from "./naming.js";

/** What remarks on a step's nodes are made of. */
export interface RemarkSurroundings {
  readonly graph: Graph;
  /** Who reads each of its nodes. */
  readonly users: ReadonlyMap<Node, readonly Node[]>;
  readonly inPlace: InPlaceUpdates;
  readonly names: StepNames;
  /** The results that are read of ops that have several. */
  readonly results: ReadonlyMap<Node, readonly Node<"result">[]>;
  /** What a node is called in a remark. */
  words(node: Node): string;
}

/** The comments above a section's statements: what each computes, or several together; of backward nodes, for what. */
export class Remarks {
  readonly #starts: ReadonlyMap<Node, ComposedFormula>;
  readonly #covered: ReadonlySet<Node>;

  constructor(
    nodes: readonly Node[],
    readonly surroundings: RemarkSurroundings,
  ) {
    const { graph, users, inPlace, names, words } = surroundings;
    const isApart = (node: Node) => names.gradient.has(node) || names.again.has(node) || inPlace.nodes.has(node);
    const { starts, covered } = composedFormulas(graph, nodes, words, isApart, users);
    this.#starts = starts;
    this.#covered = covered;
  }

  /** The comment above the statement of a node. */
  on(node: Node): string[] {
    const { inPlace, names, results, words } = this.surroundings;
    const purpose = (of: Node) => {
      const inOrder = results.get(of)?.toSorted((a, b) => a.attributes.index - b.attributes.index);
      return purposeOf(inOrder ?? [of], names);
    };
    // The legend above the first of them has the formula.
    if (inPlace.nodes.has(node)) return [];
    const original = names.again.get(node);
    if (original && isOp(node, "barrier")) return [];
    if (original) {
      return comment(`${words(original)} again, rather than kept: ${formulaOf(node, words) ?? node.op}`, "  ");
    }
    const formula = this.#starts.get(node);
    if (formula === undefined) {
      return node.part === "backward" && !this.#covered.has(node) ? comment(purpose(node), "  ") : [];
    }
    const { of, text, statements } = formula;
    if (of.part === "backward") return comment(`${purpose(of)}: ${text}`, "  ");
    return comment(statements > 1 ? `${words(of)} = ${text}` : text, "  ");
  }
}

/** What values of one statement are computed for. */
function purposeOf(values: readonly Node[], { gradient, next }: StepNames): string {
  const own = values.flatMap((value) => gradient.get(value)?.words ?? []);
  if (own.length > 0) return `Gradient${own.length > 1 ? "s" : ""} of loss with respect to ${own.join(", ")}`;
  const towards = values.map((value) => next.get(value)).find((name) => name !== undefined);
  return towards ? `Towards the gradient of loss with respect to ${towards.words}` : "For the update";
}
