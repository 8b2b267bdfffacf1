import type { Graph } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";
import type { Kind } from "./kinds.js";

/** Up to so many layers are seen at a glance. */
const fewLayers = 20;
/** Below this, a block would hide less than it takes to say so. */
const smallestBlock = 3;

/**
 * Blocks of a large network, as residual networks have them: the layers between one through which everything flows and
 * the next at which several ways come together, this one with them. Gives each such layer its block's name: what the names
 * of its layers begin with, or its first and last layer.
 *
 * @param layers the layer of each node; of a name with slashes, the part before the first is taken for the layer
 */
export function blocksOf(
  graph: Graph,
  kinds: ReadonlyMap<Node, Kind>,
  layers: ReadonlyMap<Node, string>,
): Map<string, string> {
  const order = forwardLayers(graph, kinds, layers);
  const blocks = new Map<string, string>();
  if (order.length <= fewLayers) return blocks;
  const sources = layerInputs(graph, kinds, layers);
  const taken = new Set(order);
  let start = 0;
  for (const end of waists(order, sources)) {
    const region = order.slice(start, end + 1);
    start = end + 1;
    const joins = (sources.get(order[end]!)?.size ?? 0) > 1;
    if (!joins || region.length < smallestBlock) continue;
    const name = nameOf(region, taken);
    taken.add(name);
    for (const layer of region) blocks.set(layer, name);
  }
  return blocks;
}

/** A layer's name up to its first slash. */
export function outermost(layer: string): string {
  return layer.split("/")[0]!;
}

/** The layers of the forward pass in their order. */
function forwardLayers(graph: Graph, kinds: ReadonlyMap<Node, Kind>, layers: ReadonlyMap<Node, string>): string[] {
  const forward = graph.nodes.filter((node) => kinds.get(node) === "forward" && layers.has(node));
  return [...new Set(forward.map((node) => outermost(layers.get(node)!)))];
}

/** The layers whose values each layer takes in the forward pass. */
function layerInputs(graph: Graph, kinds: ReadonlyMap<Node, Kind>, layers: ReadonlyMap<Node, string>) {
  const sources = new Map<string, Set<string>>();
  for (const node of graph.nodes) {
    const to = layers.get(node);
    if (kinds.get(node) !== "forward" || to === undefined) continue;
    for (const input of node.inputs) {
      const from = layers.get(input);
      if (kinds.get(input) !== "forward" || from === undefined || outermost(from) === outermost(to)) continue;
      sources.set(outermost(to), (sources.get(outermost(to)) ?? new Set()).add(outermost(from)));
    }
  }
  return sources;
}

/** Where, in the order of the layers, no value passes a layer by. */
function waists(order: readonly string[], sources: ReadonlyMap<string, ReadonlySet<string>>): number[] {
  const position = new Map(order.map((layer, index) => [layer, index]));
  const furthest = order.map((_, index) => index);
  for (const [to, froms] of sources) {
    for (const from of froms) {
      const at = position.get(from)!;
      furthest[at] = Math.max(furthest[at]!, position.get(to)!);
    }
  }
  let reach = 0;
  return order.flatMap((_, index) => {
    const passed = reach > index;
    reach = Math.max(reach, furthest[index]!);
    return passed ? [] : [index];
  });
}

function nameOf(layers: readonly string[], taken: ReadonlySet<string>): string {
  // The last one, where the ways come together, has no name of the user's in most networks.
  const [first, ...others] = layers.slice(0, -1);
  let length = first!.length;
  for (const other of others) while (!other.startsWith(first!.slice(0, length))) length--;
  const common = first!.slice(0, length).replace(/[_.-][^_.-]*$/, "");
  return common !== "" && common !== first && !taken.has(common) ? common : `${first} … ${layers.at(-1)}`;
}
