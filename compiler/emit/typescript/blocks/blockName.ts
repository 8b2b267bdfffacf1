import type { Graph } from "../../../../src/ir/graph.js";
import type { Node } from "../../../../src/ir/node.js";
import { commonText } from "./commonText.js";
import type { Instance } from "./findBlocks.js";

/** What a block is called: what the names of its layers begin with, in all its instances; else a block. */
export function blockName(instances: readonly Instance[], graph: Graph): string {
  const names = instances.map(({ nodes }) => commonStart(layersOf(nodes, graph)));
  return names.every(isName) ? commonText(names) : "block";
}

/** What each instance is called: what the names of its layers begin with, where that is a name of its own; else the block's. */
export function instanceNames(instances: readonly Instance[], graph: Graph): readonly string[] {
  const starts = instances.map(({ nodes }) => commonStart(layersOf(nodes, graph)));
  return areOwn(starts) ? starts : instances.map(() => blockName(instances, graph));
}

/** What the instances are called, each by itself: by what the names of its layers begin with, else by the first and the last of them. */
export function blockNames(instances: readonly Instance[], graph: Graph): string {
  const layers = instances.map(({ nodes }) => layersOf(nodes, graph));
  const starts = layers.map(commonStart);
  if (areOwn(starts)) return listed(starts);
  const ends = layers.map((names) => (names.length > 1 ? `${names[0]} to ${names.at(-1)}` : (names[0] ?? "one")));
  return listed(ends);
}

/** Of many, the first and the last. */
function listed(names: readonly string[]): string {
  if (names.length > 3) return `${names[0]}, ${names[1]}, …, ${names.at(-1)}`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function areOwn(starts: readonly string[]): boolean {
  return starts.every(isName) && new Set(starts).size === starts.length;
}

function isName(text: string): boolean {
  return /^\p{L}/u.test(text);
}

/** The names of the layers that some nodes belong to. */
function layersOf(nodes: readonly Node[], { names }: Graph): string[] {
  return [...new Set(nodes.flatMap(({ scope }) => (scope && names.get(scope)) ?? []))];
}

/** What texts begin with, up to a mark between words; of one, all of it. */
function commonStart([first = "", ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  const isWhole = [first, ...others].some((text) => text.length === length);
  return isWhole ? first.slice(0, length) : (/^(.*)[_./-]/.exec(first.slice(0, length))?.[1] ?? "");
}
