import type { Graph } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { isLater } from "../../../src/ir/place.js";
import { definitionOf } from "../../../src/ops/registry.js";
import { type InPlaceUpdates, newValueOf } from "../../analysis/in-place.js";
import type { Identifiers } from "./identifiers.js";
import type { Sections } from "./sections.js";

/** What a backward node is the gradient of. */
export interface GradientName {
  readonly of: Node;
  /** What follows `d_` in its name. */
  readonly identifier: string;
  /** In words: `dense/kernel`, `dense before its relu`. */
  readonly words: string;
}

/** The names of a step's nodes. */
export interface StepNames {
  readonly identifier: ReadonlyMap<Node, string>;
  /** Of backward nodes, what they are the gradient of. */
  readonly gradient: ReadonlyMap<Node, GradientName>;
  /** Of every node on the way to a gradient, the first one. */
  readonly next: ReadonlyMap<Node, GradientName>;
  /** Of backward nodes that compute a forward one again, under a memory budget, which. */
  readonly again: ReadonlyMap<Node, Node>;
}

/** Names every node: forward ones after layers and outputs, gradients after what they are gradients of. */
export function nameStep(
  graph: Graph,
  sections: Sections,
  identifiers: Identifiers,
  inputs: ReadonlyMap<Node, string>,
  inPlace: InPlaceUpdates,
  users: ReadonlyMap<Node, readonly Node[]>,
): StepNames {
  const names = new Map(inputs);
  const forward = [...sections.forward, ...sections.loss];
  const outputs = new Map(Object.entries(graph.outputs).map(([name, node]) => [node, name]));
  const outputOfLayer = outputsOfLayers();
  // An op with several results is known by their names.
  for (const node of forward) if (!node.results) names.set(node, identifiers.unique(forwardName(node)));

  const gradient = new Map<Node, GradientName>();
  for (const node of sections.backward) {
    const of = graph.gradientOf.get(node);
    if (of) gradient.set(node, gradientName(of.find((one) => isOp(one, "variable")) ?? of[0]!));
  }
  const next = nextGradients(graph, gradient);
  const again = recomputed(sections, forward);
  for (const node of sections.backward) if (!node.results) names.set(node, identifiers.unique(backwardName(node)));
  const nextOf = new Map([...graph.updates].map(([variable, next]) => [next, graph.names.get(variable)!]));
  for (const node of [...sections.state, ...sections.update]) {
    if (node.results || newValueOf(node, inPlace)) continue;
    names.set(node, identifiers.unique(updateName(node)));
  }
  return { identifier: names, gradient, next, again };

  function layerOf(node: Node): string | undefined {
    return node.part === "forward" ? node.scope && graph.names.get(node.scope) : undefined;
  }

  /** The node that each layer gives: the last that others read in the forward pass, else the last of all. */
  function outputsOfLayers(): Map<string, Node> {
    const last = new Map<string, Node>();
    const isReadBesides = (node: Node, layer: string) =>
      outputs.has(node) || users.get(node)?.some((user) => !isLater(user.part, "metric") && layerOf(user) !== layer);
    for (const node of forward) {
      const layer = layerOf(node);
      if (layer === undefined) continue;
      const known = last.get(layer);
      if (!known || isReadBesides(node, layer) || !isReadBesides(known, layer)) last.set(layer, node);
    }
    return last;
  }

  function forwardName(node: Node): string {
    const output = outputs.get(node);
    const layer = layerOf(node);
    if (layer !== undefined) return outputOfLayer.get(layer) === node ? layer : `${layer}_${nounOf(node)}`;
    return output ?? nounOf(node);
  }

  function gradientName(of: Node): GradientName {
    if (isOp(of, "variable") || isOp(of, "input")) {
      const name = graph.names.get(of)!;
      return { of, identifier: name, words: name };
    }
    const known = names.get(of);
    if (known !== undefined) return { of, identifier: known, words: known };
    // A node that was fused away: an affine map before its activation.
    const [input] = of.inputs;
    const readers = (input && users.get(input)) ?? [];
    const fused = readers.find(
      (node) => !isLater(node.part, "metric") && node.op === of.op && sameInputs(node, of.inputs),
    );
    const activation = fused && (fused.attributes as { activation?: string }).activation;
    const whole = fused && names.get(fused);
    if (whole && activation) return { of, identifier: `${whole}_linear`, words: `${whole} before its ${activation}` };
    const layer = layerOf(of);
    const name = layer === undefined ? nounOf(of) : `${layer}_${nounOf(of)}`;
    return { of, identifier: name, words: layer === undefined ? `a ${of.op}` : `the ${of.op} in ${layer}` };
  }

  function backwardName(node: Node): string {
    const own = gradient.get(node);
    if (own) return `d_${own.identifier}`;
    const original = again.get(node);
    if (original) return `${names.get(original)}_${isOp(node, "barrier") ? "kept" : "again"}`;
    if (isOp(node, "transpose")) return `${names.get(node.inputs[0]!) ?? graph.names.get(node.inputs[0]!)}_transposed`;
    const on = next.get(node);
    return on ? `d_${on.identifier}_${nounOf(node)}` : nounOf(node);
  }

  function updateName(node: Node): string {
    const next = nextOf.get(node);
    return next === undefined ? nounOf(node) : `next_${next}`;
  }
}

/** The nodes that compute again what was computed before: from a barrier on, with the forward nodes' own attributes. */
function recomputed({ backward }: Sections, forward: readonly Node[]): Map<Node, Node> {
  const again = new Map<Node, Node>();
  const byAttributes = new Map<object, Node[]>();
  for (const node of forward) {
    const others = byAttributes.get(node.attributes);
    if (others) others.push(node);
    else byAttributes.set(node.attributes, [node]);
  }
  const before = (node: Node) => again.get(node) ?? node;
  for (const node of backward) {
    if (isOp(node, "barrier")) again.set(node, before(node.inputs[0]!));
    if (!node.inputs.some((input) => again.has(input))) continue;
    const same = (one: Node) => one.op === node.op && sameInputs(one, node.inputs.map(before));
    const original = byAttributes.get(node.attributes)?.find(same);
    if (original) again.set(node, original);
  }
  return again;
}

/** The first gradient, in the graph's order, that each node is on the way to. */
function nextGradients(graph: Graph, gradient: ReadonlyMap<Node, GradientName>): Map<Node, GradientName> {
  const places = new Map(graph.nodes.map((node, place) => [node, place]));
  const first = new Map<Node, Node>();
  for (const node of graph.nodes.toReversed()) {
    const reached = gradient.has(node) ? node : first.get(node);
    if (!reached) continue;
    for (const input of node.inputs) {
      const known = first.get(input);
      if (!known || places.get(reached)! < places.get(known)!) first.set(input, reached);
    }
  }
  return new Map([...first].map(([node, reached]) => [node, gradient.get(reached)!]));
}

export function nounOf(node: Node): string {
  if (isOp(node, "result")) {
    const [of] = node.inputs;
    return definitionOf(of!.op).words?.results?.[node.attributes.index] ?? nounOf(of!);
  }
  return definitionOf(node.op).words?.noun ?? `${node.op}_of`;
}

function sameInputs({ inputs }: Node, others: readonly Node[]): boolean {
  return inputs.length === others.length && inputs.every((input, i) => input === others[i]);
}
