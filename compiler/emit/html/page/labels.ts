import { inPrefixes, inThousands } from "../../../units.js";
import type { DiagramNode } from "../../diagram/diagram.js";
import type { Kind } from "../../diagram/kinds.js";
import type { Port } from "./flows.js";
import { type GroupItem, type Item, type NodeItem, totalsOf } from "./hierarchy.js";
import { type Counts, changes, type Moment } from "./moment.js";

/** The lines of text in a box: the first is its title. Of a group, what it has at a moment. */
export function linesOf(item: Item, moment?: Moment): string[] {
  if (item.type === "node") return [item.title, secondLine(item)].filter(Boolean);
  const isThere = (node: DiagramNode) => moment?.isThere(node) ?? true;
  const nodes = item.nodes.filter(({ node }) => isThere(node));
  return [headingOf(item), opsOf(nodes), costsOf(item.all.filter(isThere))].filter(Boolean);
}

const signs = { added: "+", removed: "−", moved: "↷" } as const;
const words = { added: "added", removed: "removed", moved: "moved or changed" } as const;

/** What became of a box, as is written at its corner: `+ added`; of a group's nodes, `+2 −3`. */
export function changeText(item: Item, moment: Moment): string {
  if (item.type === "group") return countsText(moment.counts(item));
  const change = moment.of(item);
  return change === undefined || change === "absent" ? "" : `${signs[change]} ${words[change]}`;
}

export function countsText(counts: Counts): string {
  return changes.flatMap((change) => (counts[change] > 0 ? `${signs[change]}${counts[change]}` : [])).join(" ");
}

/** A change in words. */
export function changeWord(change: keyof Counts): string {
  return words[change];
}

/** A group's title, with how many equal blocks it holds. */
export function headingOf({ title, times }: GroupItem): string {
  return times === undefined ? title : `${title} × ${times}`;
}

/** float32 is what is meant where nothing is said. Of the results of an op that has several, it is said how many there are. */
export function shortType(type: string): string {
  const results = typesIn(type);
  return results.length > 1 ? `${results.length} results` : type.replace(/^float32/, "");
}

/** The types in the signature of a node, which of an op with several results is "(float32[2], int32[batch, 3])". */
export function typesIn(signature: string): string[] {
  return signature.match(/\w+\[[^\]]*\]/g) ?? [];
}

/** The one shape of some values, or how many there are. */
export function flowText(values: Iterable<NodeItem>): string {
  const types = new Map<string, number>();
  for (const { node } of values) types.set(node.type, (types.get(node.type) ?? 0) + 1);
  if (types.size > 1) return `${[...types.values()].reduce((a, b) => a + b)} tensors`;
  const [[type, count]] = types as unknown as [[string, number]];
  return count === 1 ? shortType(type) : `${count} × ${shortType(type)}`;
}

/** Where a value that a group reads comes from. */
export function sourceText({ value }: Port): string {
  return value.layer && value.node.name === undefined ? value.layer : value.title;
}

/** Where a value that a group gives goes to. */
export function readersText(group: GroupItem, { value }: Port): string {
  const outside = value.users.filter((user) => !group.nodes.includes(user));
  const names = [...new Set(outside.map((user) => user.layer || user.title))];
  return names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(", ");
}

const kindWords: Readonly<Record<Kind, string>> = {
  input: "input",
  variable: "variable",
  constant: "constant",
  forward: "forward pass",
  backward: "backward pass",
  update: "update",
  output: "output",
};

/** A kind as the legend and the details call it. */
export function kindText(kind: Kind): string {
  return kindWords[kind];
}

/** The ops of a layer's forward pass in their order; of all its nodes, where it has no such. */
function opsOf(nodes: readonly NodeItem[]): string {
  const forward = nodes.filter(({ node }) => node.kind === "forward");
  const computed = nodes.filter(({ node }) => node.kind === "backward" || node.kind === "update");
  const all = [...new Set((forward.length > 0 ? forward : computed).map(({ node }) => node.op))];
  // What only hands values on says nothing of what is computed.
  const ops = all.filter((op) => op !== "parameter" && op !== "result");
  return ops.length > 3 ? `${ops.slice(0, 3).join(", ")}, …` : ops.join(", ");
}

function costsOf(all: readonly DiagramNode[]): string {
  const { parameters, flops } = totalsOf(all);
  const parts = [`${all.length} nodes`];
  if (parameters > 0) parts.push(`${inThousands(parameters)} parameters`);
  if (flops > 0) parts.push(inPrefixes(flops, "FLOP"));
  return parts.join(" · ");
}

function secondLine({ node, title }: NodeItem): string {
  const parts: string[] = [];
  if (node.kind === "variable" || node.kind === "input" || node.kind === "constant") parts.push(shortType(node.type));
  if (node.role !== undefined) parts.push(node.role);
  // A node that stands for its layer has the layer's name for its title.
  if (node.name === undefined && node.op !== title) parts.push(node.op);
  if (node.parameters !== undefined) parts.push(`${inThousands(node.parameters)} parameters`);
  if (node.flops > 0) parts.push(inPrefixes(node.flops, "FLOP"));
  return parts.join(" · ");
}
