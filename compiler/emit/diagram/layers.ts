import { type Graph, usersOf } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import type { Call } from "../../../src/ir/place.js";
import { isOptimizerState, optimizerState } from "../../../src/optimizerState.js";
import { activated } from "../../analysis/activated.js";
import type { Kind } from "./kinds.js";

/**
 * The layer that each node is drawn in, by name; in the order of the forward pass. Calls of layers, the loss and metrics have
 * names already, and their gradients belong to them. Other nodes are told by what they read and by what reads them:
 *
 * - an activation belongs to the layer whose result it takes; what one call of a function made is a layer of its own, or that which the
 *   call made; so is any other op of the forward pass;
 * - what is computed without the data for one layer alone belongs to that layer;
 * - a gradient of what has no name belongs to the last layer, in the forward order, of those whose values it reads and those
 *   that read it.
 *
 * Inputs, and variables that several layers use, are in none.
 */
export function layersOf(graph: Graph, kinds: ReadonlyMap<Node, Kind>): Map<Node, string> {
  const layers = new Layers(graph, kinds);
  layers.forward();
  layers.backward();
  layers.sources();
  return layers.of;
}

class Layers {
  readonly of = new Map<Node, string>();
  /** Where a layer stands in the forward pass. */
  readonly #order = new Map<string, number>();
  readonly #users: ReadonlyMap<Node, readonly Node[]>;
  readonly #count = new Map<string, number>();
  readonly #calls = new Map<Call, string>();

  constructor(
    readonly graph: Graph,
    readonly kinds: ReadonlyMap<Node, Kind>,
  ) {
    this.#users = usersOf(graph);
  }

  forward(): void {
    const withoutData = this.#withoutData();
    for (const node of this.graph.nodes) {
      const name = this.#nameOf(node);
      const call = drawnAs(node);
      const isLayer = name !== undefined && this.kinds.get(node) === "forward";
      if (isLayer && call && !this.#calls.has(call)) this.#calls.set(call, name);
    }
    for (const node of this.graph.nodes) {
      if (this.kinds.get(node) !== "forward" || withoutData.has(node)) continue;
      // A layer that is called in a loop stands where its weights are read, before the loop.
      for (const layer of node.inputs.flatMap((input) => this.#nameOf(input) ?? [])) this.#place(layer);
      this.#put(node, this.#nameOf(node) ?? this.#activated(node) ?? this.#ofCall(node));
    }
    this.#putWithUsers(this.graph.nodes.filter(this.#isForward), this.#isForward);
  }

  backward(): void {
    for (const node of this.graph.nodes.toReversed()) {
      const kind = this.kinds.get(node);
      if (kind !== "backward" && kind !== "update") continue;
      const near = [...node.inputs.map(maker).filter(this.#isForward), ...this.#users.get(node)!];
      const layer = this.#nameOf(node) ?? this.#last(near);
      if (layer !== undefined) this.#put(node, layer);
      else if (kind === "update") this.#put(node, this.#writtenOf(node));
    }
  }

  /** Variables, constants, and what is computed from these alone. */
  sources(): void {
    this.#putWithUsers(
      this.graph.nodes.filter(({ op }) => op !== "input"),
      () => true,
    );
  }

  /** Puts nodes that have no layer yet with what uses them, where that is one layer. */
  #putWithUsers(nodes: readonly Node[], counts: (user: Node) => boolean): void {
    for (const node of nodes.toReversed()) {
      if (this.of.has(node)) continue;
      const users = this.#users.get(node)!.filter(counts);
      const [only, ...others] = new Set(users.map((user) => this.of.get(user)));
      const layer = this.#nameOf(node) ?? (others.length === 0 ? only : undefined);
      if (layer !== undefined) this.#put(node, layer);
    }
  }

  #put(node: Node, layer: string): void {
    this.of.set(node, layer);
    this.#place(layer);
  }

  #place(layer: string): void {
    if (!this.#order.has(layer)) this.#order.set(layer, this.#order.size);
  }

  /** The name of the call of a layer that made the node. */
  #nameOf(node: Node): string | undefined {
    return node.scope && this.graph.names.get(node.scope);
  }

  /** The layer whose result an activation takes. */
  #activated(node: Node): string | undefined {
    const taken = activated(node);
    return taken && this.kinds.get(taken) === "forward" ? this.of.get(taken) : undefined;
  }

  /** The layer of all that one call made. */
  #ofCall(node: Node): string {
    const call = drawnAs(node);
    if (!call) return this.#newLayer(node.op);
    const name = this.#calls.get(call) ?? this.#newLayer(call.name ?? node.op);
    this.#calls.set(call, name);
    return name;
  }

  /** A name for what is a layer of its own: relu, relu_1, … */
  #newLayer(what: string): string {
    let name: string;
    do {
      const count = this.#count.get(what) ?? 0;
      this.#count.set(what, count + 1);
      name = count === 0 ? what : `${what}_${count}`;
    } while (this.#order.has(name));
    return name;
  }

  /** The last of the layers of some nodes. */
  #last(nodes: readonly Node[]): string | undefined {
    let last: string | undefined;
    for (const node of nodes) {
      const layer = this.of.get(node);
      if (layer === undefined) continue;
      if (last === undefined || this.#order.get(layer)! > this.#order.get(last)!) last = layer;
    }
    return last;
  }

  readonly #isForward = (node: Node) => this.kinds.get(node) === "forward";

  /** An update that belongs to no layer is named like what it writes: the count of steps, `steps`; a variable, `offset update`. */
  #writtenOf(given: Node): string {
    const node = maker(given);
    const name = (node.inputs[0] && this.graph.names.get(node.inputs[0])) ?? node.op;
    return isOptimizerState(name) ? name.slice(optimizerState.length) : `${name} update`;
  }

  /** Forward nodes that the data does not reach. */
  #withoutData(): Set<Node> {
    const found = new Set<Node>();
    for (const node of this.graph.nodes) {
      if (node.op !== "input" && node.inputs.every((input) => found.has(input))) found.add(node);
    }
    return found;
  }
}

/** The call that a node is drawn in: of what a layer was given, the layer's. */
function drawnAs({ call }: Node): Call | undefined {
  return call?.within ?? call;
}

/** The op that a value comes from: of a result, the one that has it. The pass that first reads it may be another. */
function maker(node: Node): Node {
  return isOp(node, "result") ? node.inputs[0]! : node;
}
