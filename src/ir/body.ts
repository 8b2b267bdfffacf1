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
export function bodiesOf({ attributes }: Node): readonly [name: string, body: Body][] {
  // Every pass asks this of every node, and nearly none has a body: a list is made for those alone.
  let bodies: readonly [name: string, body: Body][] = none;
  for (const name in attributes) {
    const value: unknown = attributes[name as keyof typeof attributes];
    if (value instanceof Body) bodies = [...bodies, [name, value]];
  }
  return bodies;
}

/** Nodes, and those of the bodies in them. */
export function withinBodies(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => [node, ...bodiesOf(node).flatMap(([, body]) => withinBodies(body.nodes))]);
}

const none = [] as const;
