import type { Node } from "./node.js";
import { topologicalOrder } from "./order.js";

/**
 * A sub-graph that an op runs by itself, such as a loop's round: what it is given, and what it gives. It is closed: it reads its
 * parameters and constants alone, so what it takes from outside is a parameter too, and stands among the op's inputs.
 */
export class Body {
  /** What the results reach, inputs before users. */
  readonly nodes: readonly Node[];

  /**
   * @param parameters input nodes, which stand for what the op hands in
   * @param results what is computed from them
   */
  constructor(
    readonly parameters: readonly Node[],
    readonly results: readonly Node[],
  ) {
    this.nodes = topologicalOrder(results);
  }
}

/** The bodies among a node's attributes, by the names of these. */
export function bodiesOf({ attributes }: Node): [name: string, body: Body][] {
  return Object.entries(attributes).filter((entry): entry is [string, Body] => entry[1] instanceof Body);
}
