import type { Node } from "../../../../src/ir/node.js";
import type { Instance } from "./findBlocks.js";

/** The first instance of a block, of which its function is written, and what has the places of its nodes in the others. */
export class Template {
  readonly nodes: readonly Node[];
  /** What it reads from outside. */
  readonly externals: readonly Node[];
  readonly #places: ReadonlyMap<Node, number>;
  readonly #externalPlaces: ReadonlyMap<Node, number>;

  constructor(readonly instances: readonly Instance[]) {
    const [{ nodes, externals }] = instances as [Instance];
    this.nodes = nodes;
    this.externals = externals;
    this.#places = new Map(nodes.map((node, place) => [node, place]));
    this.#externalPlaces = new Map(externals.map((node, place) => [node, place]));
  }

  /** Whether a node is one of those that the function computes. */
  readonly computes = (node: Node): boolean => this.#places.has(node);

  /** What has a node's place in an instance. */
  readonly in = ({ nodes, externals }: Instance, node: Node): Node => {
    const place = this.#places.get(node);
    return place === undefined ? externals[this.#externalPlaces.get(node)!]! : nodes[place]!;
  };

  /** What has a node's place in every instance; nothing, where it is neither computed nor read. */
  readonly alike = (node: Node): readonly Node[] => {
    const isKnown = this.#places.has(node) || this.#externalPlaces.has(node);
    return isKnown ? this.instances.map((instance) => this.in(instance, node)) : [];
  };
}
