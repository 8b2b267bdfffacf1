import type { Graph } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";
import { printSignature } from "../../../src/ir/print.js";
import { runsOf } from "../repeats.js";
import { attributesOf } from "./attributesOf.js";
import type { Kind } from "./kinds.js";

/** The blocks of a network. */
export interface Blocks {
  /** The block of a layer, by their names. */
  readonly of: ReadonlyMap<string, string>;
  /** Of a block, or of a layer that is one by itself, those that are equal and come one after another. */
  readonly repeated: ReadonlyMap<string, Repeated>;
}

/** Equal blocks. */
export interface Repeated {
  readonly name: string;
  readonly times: number;
}

/** Up to so many layers are seen at a glance. */
const fewLayers = 20;
/** Below this, a block would hide less than it takes to say so. */
const smallestBlock = 3;

/**
 * Blocks of a large network: first those that come several times on end, as in an encoder or a stage of a residual network; then, of
 * what is left, the layers between one through which everything flows and the next at which several ways come together, this one with
 * them. A block is called by what the names of its layers begin with, or by its first and last layer.
 *
 * @param layers the layer of each node; of a name with slashes, the part before the first is taken for the layer
 */
export function blocksOf(graph: Graph, kinds: ReadonlyMap<Node, Kind>, layers: ReadonlyMap<Node, string>): Blocks {
  const order = forwardLayers(graph, kinds, layers);
  const blocks = new Map<string, string>();
  const repeated = new Map<string, Repeated>();
  if (order.length <= fewLayers) return { of: blocks, repeated };
  const sources = layerInputs(graph, kinds, layers);
  const taken = new Set(order);
  const group = (region: readonly string[]): string => {
    const name = nameOf(region, taken);
    taken.add(name);
    for (const layer of region) blocks.set(layer, name);
    return name;
  };
  const texts = layerTexts(graph, kinds, layers);
  const inRun = new Set<string>();
  const runs = runsOf(
    order.map((layer) => texts.get(layer)!),
    crossings(order, sources),
  );
  for (const { start, period, times } of runs) {
    const regions = Array.from({ length: times }, (_, i) => {
      const begin = start + i * period;
      return order.slice(begin, begin + period);
    });
    for (const layer of regions.flat()) inRun.add(layer);
    const names = regions.map((region) => (period === 1 ? region[0]! : group(region)));
    const ends = period === 1 ? [names[0], names.at(-1)] : outermostEnds(names, regions);
    const name = `${ends[0]} … ${ends[1]}`;
    for (const one of names) repeated.set(one, { name, times });
  }
  let start = 0;
  for (const end of waists(order, sources)) {
    const region = order.slice(start, end + 1);
    start = end + 1;
    const joins = (sources.get(order[end]!)?.size ?? 0) > 1;
    if (!joins || region.length < smallestBlock || region.some((layer) => inRun.has(layer))) continue;
    group(region);
  }
  return { of: blocks, repeated };
}

/** What equal blocks are called by in all: their own names, or their first and last layer. */
function outermostEnds(names: readonly string[], regions: readonly (readonly string[])[]): [string, string] {
  const own = names.every((name) => !name.includes(" … "));
  return own ? [names[0]!, names.at(-1)!] : [regions[0]![0]!, regions.at(-1)!.at(-1)!];
}

/** A text for each layer that equal ones share: the ops of its forward pass with their shapes and attributes. */
function layerTexts(graph: Graph, kinds: ReadonlyMap<Node, Kind>, layers: ReadonlyMap<Node, string>) {
  const texts = new Map<string, string>();
  for (const node of graph.nodes) {
    const layer = layers.get(node);
    if (kinds.get(node) !== "forward" || layer === undefined) continue;
    const text = `${node.op} ${node.inputs.map(({ shape }) => `[${shape}]`)} ${printSignature(node)} ${attributesOf(node)}`;
    texts.set(outermost(layer), `${texts.get(outermost(layer)) ?? ""}\n${text}`);
  }
  return texts;
}

/** Of how many layers the values pass from before each layer to it and those after it. */
function crossings(order: readonly string[], sources: ReadonlyMap<string, ReadonlySet<string>>): number[] {
  const furthest = furthestReaders(order, sources);
  let open = 0;
  const ending = new Array<number>(order.length + 1).fill(0);
  return order.map((_, index) => {
    const crossing = open - ending[index]!;
    open = crossing;
    if (furthest[index]! > index) {
      open++;
      ending[furthest[index]! + 1]!++;
    }
    return crossing;
  });
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
  const furthest = furthestReaders(order, sources);
  let reach = 0;
  return order.flatMap((_, index) => {
    const passed = reach > index;
    reach = Math.max(reach, furthest[index]!);
    return passed ? [] : [index];
  });
}

/** Of each layer, the place of the last that reads it; its own, where none does. */
function furthestReaders(order: readonly string[], sources: ReadonlyMap<string, ReadonlySet<string>>): number[] {
  const position = new Map(order.map((layer, index) => [layer, index]));
  const furthest = order.map((_, index) => index);
  for (const [to, froms] of sources) {
    for (const from of froms) {
      const at = position.get(from)!;
      furthest[at] = Math.max(furthest[at]!, position.get(to)!);
    }
  }
  return furthest;
}

/** The part of their names that layers share, up to a mark between words. */
function nameOf(layers: readonly string[], taken: ReadonlySet<string>): string {
  // The last one, where the ways come together, has no name of the user's in most networks.
  const [first, ...others] = layers.slice(0, -1);
  let length = first!.length;
  for (const other of others) while (!other.startsWith(first!.slice(0, length))) length--;
  const common = /^(.*)[_.-]/.exec(first!.slice(0, length))?.[1] ?? "";
  return common !== "" && !taken.has(common) ? common : `${first} … ${layers.at(-1)}`;
}
