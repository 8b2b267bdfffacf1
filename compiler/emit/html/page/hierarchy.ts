import type { Diagram, DiagramNode } from "../../diagram/diagram.js";
import type { Kind } from "../../diagram/kinds.js";

/** A box of the drawing: a node, or a group that holds others. */
export type Item = NodeItem | GroupItem;

export interface NodeItem {
  readonly type: "node";
  readonly id: string;
  readonly title: string;
  readonly node: DiagramNode;
  readonly parent: GroupItem;
  /** The layer's name; empty outside of every layer. A node that stands for its layer has this for its title too. */
  readonly layer: string;
  /** The nodes that read it. */
  readonly users: NodeItem[];
  /** The nodes that it reads, and scalars as text. */
  readonly inputs: (NodeItem | string)[];
  /** The nodes of which it is the gradient. */
  readonly gradientOf: NodeItem[];
}

export interface GroupItem {
  readonly type: "group";
  readonly id: string;
  readonly title: string;
  /** How many equal blocks it holds, where it holds such. */
  readonly times?: number;
  /** Absent at the top. */
  readonly parent?: GroupItem;
  readonly children: Item[];
  /** Every node in it, at any depth. */
  readonly nodes: NodeItem[];
  /** The same, with those that are left out of the drawing: of these it is said what they cost. */
  readonly all: DiagramNode[];
}

/** What nodes cost in all. */
export interface Totals {
  parameters: number;
  bytes: number;
  flops: number;
  readonly flopsOf: Partial<Record<Kind, number>>;
}

/** A diagram as a tree of boxes. */
export interface Hierarchy {
  readonly root: GroupItem;
  readonly nodes: readonly NodeItem[];
  /** Those that are drawn. */
  readonly groups: readonly GroupItem[];
  /** All nodes of each layer, by its name, whether it is drawn or not. */
  readonly nodesOf: ReadonlyMap<string, readonly DiagramNode[]>;
  readonly items: ReadonlyMap<string, Item>;
}

/**
 * Makes the tree. A group of one node is not drawn around it: the node stands for it.
 *
 * @param hidden kinds of nodes that are left out, with their lines
 */
export function hierarchyOf({ nodes, groups }: Diagram, hidden: ReadonlySet<Kind> = new Set()): Hierarchy {
  const root: GroupItem = { type: "group", id: "root", title: "", children: [], nodes: [], all: [...nodes] };
  const sizes = new Array<number>(groups.length).fill(0);
  const shown = shownOf(nodes, hidden);
  const isShown = (node: DiagramNode) => shown.has(node);
  for (const { group } of nodes.filter(isShown)) for (const g of chain(groups, group)) sizes[g]!++;
  const boxes: GroupItem[] = [];
  groups.forEach(({ name: title, parent, times }, index) => {
    const within = parent === undefined ? root : boxes[parent]!;
    const repeated = times !== undefined && { times };
    boxes.push({
      type: "group",
      id: `g${index}`,
      title,
      ...repeated,
      parent: within,
      children: [],
      nodes: [],
      all: [],
    });
    if (sizes[index]! > 1) within.children.push(boxes[index]!);
  });
  for (const node of nodes) for (const g of chain(groups, node.group)) boxes[g]!.all.push(node);
  const all = nodes.map((node, index): NodeItem | undefined => {
    if (!isShown(node)) return undefined;
    const around = chain(groups, node.group);
    const drawn = around.find((group) => sizes[group]! > 1);
    const parent = drawn === undefined ? root : boxes[drawn]!;
    const within = around.find((group) => !groups[group]!.isUpdate);
    const layer = within === undefined ? "" : groups[within]!.name;
    const stands = drawn !== node.group && drawn !== within && node.name === undefined;
    const title = stands ? layer : titleOf(node, layer);
    const item: NodeItem = {
      type: "node",
      id: `n${index}`,
      title,
      node,
      parent,
      layer,
      users: [],
      inputs: [],
      gradientOf: [],
    };
    parent.children.push(item);
    for (let g: GroupItem | undefined = parent; g; g = g.parent) g.nodes.push(item);
    return item;
  });
  const items = all.filter((item) => item !== undefined);
  for (const item of items) {
    item.gradientOf.push(...(item.node.gradientOf ?? []).flatMap((value) => all[value] ?? []));
    item.inputs.push(...item.node.inputs.flatMap((input) => (typeof input === "string" ? input : (all[input] ?? []))));
    // x · x reads x twice, and is one user of it.
    for (const input of new Set(item.inputs)) if (typeof input !== "string") input.users.push(item);
  }
  const drawn = boxes.filter((box) => box.nodes.length > 0);
  const byId = new Map<string, Item>([...drawn, ...items].map((item) => [item.id, item]));
  const layers = boxes.filter((_, index) => !groups[index]!.isUpdate);
  const nodesOf = new Map(layers.map(({ title, all }) => [title, all]));
  return { root, nodes: items, groups: drawn, nodesOf, items: byId };
}

/** What is drawn where kinds are left out: with them goes what only they read, such as what an optimizer keeps. */
function shownOf(nodes: readonly DiagramNode[], hidden: ReadonlySet<Kind>): Set<DiagramNode> {
  const kept = nodes.filter(({ kind }) => !hidden.has(kind));
  const readBy = (readers: readonly DiagramNode[]) => new Set(readers.flatMap(({ inputs }) => inputs));
  const [read, stillRead] = [readBy(nodes), readBy(kept)];
  const places = new Map(nodes.map((node, index) => [node, index]));
  const isLeft = (node: DiagramNode) => {
    const place = places.get(node)!;
    return (node.kind === "variable" || node.kind === "constant") && read.has(place) && !stillRead.has(place);
  };
  return new Set(kept.filter((node) => !isLeft(node)));
}

/** A group and those around it, by their places, innermost first. */
export function chain(groups: Diagram["groups"], group: number | undefined): number[] {
  const found: number[] = [];
  for (let g = group; g !== undefined; g = groups[g]!.parent) found.push(g);
  return found;
}

/**
 * A node's name, without the layer's where it has that in it: "kernel", and "kernel/momentum" for an optimizer's. A node of the
 * backward pass is called as in generated code, which says what it is the gradient of.
 */
function titleOf({ name, op, kind, written }: DiagramNode, layer: string): string {
  if (name === undefined) return (kind === "backward" && written) || op;
  const at = layer === "" ? -1 : `/${name}`.indexOf(`/${layer}/`);
  return at < 0 ? name : name.slice(at + layer.length + 1);
}

/** The groups around an item, innermost first, without the top. */
export function groupsAround(item: Item): GroupItem[] {
  const found: GroupItem[] = [];
  for (let group = item.parent; group?.parent; group = group.parent) found.push(group);
  return found;
}

export function totalsOf(nodes: readonly DiagramNode[]): Totals {
  const totals: Totals = { parameters: 0, bytes: 0, flops: 0, flopsOf: {} };
  for (const node of nodes) {
    totals.parameters += node.parameters ?? 0;
    totals.bytes += node.bytes;
    totals.flops += node.flops;
    totals.flopsOf[node.kind] = (totals.flopsOf[node.kind] ?? 0) + node.flops;
  }
  return totals;
}
