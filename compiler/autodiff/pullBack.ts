import { appendTo } from "../../src/ir/appendTo.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { GradientContext, ResultsGradientContext } from "../../src/ir/gradient-rule.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { isOp, type Node, type OpName, type Scope } from "../../src/ir/node.js";
import { currentPlace, within } from "../../src/ir/place.js";
import { builder as b } from "../../src/ops/builder.js";
import { definitionOf } from "../../src/ops/registry.js";
import { activated } from "../analysis/activated.js";
import { prepare } from "./prepare.js";
import { sumToShape } from "./sumToShape.js";

/** Options of `pullBack`. */
export interface PullBackOptions {
  /** Whether a gradient flows through a node to its inputs: through all, unless said otherwise. */
  readonly through?: (node: Node) => boolean;
  /** Is told, of every gradient on the way, the nodes with respect to which it is the gradient. */
  readonly record?: Map<Node, Node[]>;
}

/**
 * Reverse accumulation: nodes are visited from the outputs back, each hands its inputs their share of what it received,
 * and shares of one node are added up. Every kind of derivative is made of it, so here the outputs are prepared: what would
 * overflow makes way for what does not.
 *
 * @param outputs the nodes to begin from
 * @param cotangents what each of them receives: one of its shape
 * @param wanted the nodes whose totals are asked for
 * @returns the totals in order; `undefined` where nothing flows
 */
export function pullBack(
  outputs: readonly Node[],
  cotangents: readonly Node[],
  wanted: readonly Node[],
  { through = () => true, record }: PullBackOptions = {},
): (Node | undefined)[] {
  const ends = new Set(wanted);
  const prepared = prepare(outputs, (node) => ends.has(node) || !through(node));
  const order = topologicalOrder(prepared);
  const carries = nodesThatReach(order, ends, through);
  const owners = ownersOf(order);
  const { part } = currentPlace();
  const received = new Map<Node, Node[]>();
  /** What the results of an op that has several have received, in the places of its results. */
  const ofResults = new Map<Node, (Node | undefined)[]>();
  prepared.forEach((node, i) => {
    appendTo(received, node, cotangents[i]!);
  });
  const visit = (node: Node) => {
    const shares = received.get(node);
    const dy = shares && total(shares);
    if (dy) {
      received.set(node, [dy]);
      if (record) appendTo(record, dy, node);
    }
    if (!through(node)) return;
    if (dy && isOp(node, "result")) {
      const [op] = node.inputs;
      const dys = ofResults.get(op!) ?? op!.results!.map(() => undefined);
      const before = dys[node.attributes.index];
      ofResults.set(op!, dys.with(node.attributes.index, before ? total([before, dy]) : dy));
      return;
    }
    const dys = node.results ? ofResults.get(node) : dy && [dy];
    if (dys) for (const [input, share] of sharesOf(node, dys, carries)) appendTo(received, input, share);
  };
  for (const node of order.reverse()) {
    if (!carries.has(node)) continue;
    // What a node's gradient is computed by, belongs to the node's layer.
    within({ part, scope: owners.get(node), call: node.call }, () => visit(node));
  }
  return wanted.map((node) => {
    const shares = received.get(node);
    return shares && total(shares);
  });
}

/** The layer call, the loss or the metric that each node belongs to; an activation belongs to that whose result it takes. */
function ownersOf(order: readonly Node[]): Map<Node, Scope> {
  const owners = new Map<Node, Scope>();
  for (const node of order) {
    const taken = activated(node);
    const owner = node.scope ?? (taken && owners.get(taken));
    if (owner) owners.set(node, owner);
  }
  return owners;
}

/**
 * The inputs that a gradient flows into, each with its share, summed to the input's shape. `dys` are those of all results. No rule
 * gives any to integers or booleans.
 */
function sharesOf(node: Node, dys: readonly (Node | undefined)[], carries: ReadonlySet<Node>): [Node, Node][] {
  if (!node.inputs.some((input) => carries.has(input))) return [];
  const definition = definitionOf(node.op);
  if ("notDifferentiable" in definition.gradient) {
    // Reached from the loss and reaching a wanted node: refusing is honest where zero would be silent.
    const message = `${node.op}: has no gradient: ${definition.gradient.notDifferentiable}`;
    throw new ShapewrightError("SW_GRADIENT", message, node.op);
  }
  const context = { b, node, inputs: node.inputs, dy: dys[0], dys, pullBack };
  const shares = definition.gradient(context as GradientContext<OpName> & ResultsGradientContext<OpName>);
  return node.inputs.flatMap((input, i): [Node, Node][] => {
    const share = shares[i];
    return share && carries.has(input) ? [[input, sumToShape(b, share, input.shape)]] : [];
  });
}

/** The nodes through which a change of a wanted node can change the result. */
function nodesThatReach(
  order: readonly Node[],
  wanted: ReadonlySet<Node>,
  through: (node: Node) => boolean,
): Set<Node> {
  const reaching = new Set<Node>();
  for (const node of order) {
    if (wanted.has(node) || (through(node) && node.inputs.some((input) => reaching.has(input)))) reaching.add(node);
  }
  return reaching;
}

function total(shares: readonly Node[]): Node {
  return shares.reduce((sum, share) => b.op("add", [sum, share]));
}
