import type { DiagramNode } from "../../diagram/diagram.js";
import { type GroupItem, groupsAround, type Hierarchy, type Item, type NodeItem } from "./hierarchy.js";
import type { Line } from "./scene.js";

/** What became of a box or a line from one stage of a graph to the next; nothing, where it stays. */
export type Change = "added" | "removed" | "moved" | "absent";
export const changes = ["added", "removed", "moved"] as const;

/** How many nodes of a group came, went, and moved. */
export type Counts = Readonly<Record<(typeof changes)[number], number>>;

/** A graph as a pass found it and left it: what was there before or is there now, and what became of it. */
export class Moment {
  /** Of each value, the readers with the groups around them, before and now. */
  readonly #before: ReadonlyMap<NodeItem, ReadonlySet<string>>;
  readonly #now: ReadonlyMap<NodeItem, ReadonlySet<string>>;

  constructor(
    { nodes }: Hierarchy,
    readonly stage: number,
  ) {
    this.#now = readersAt(nodes, stage);
    this.#before = stage === 0 ? this.#now : readersAt(nodes, stage - 1);
  }

  /** What became of a box. A group is there while one of its nodes is. */
  of(item: Item): Change | undefined {
    if (item.type === "node") return this.ofNode(item.node);
    const all = item.nodes.map(({ node }) => this.ofNode(node));
    return (["absent", "added", "removed"] as const).find((change) =>
      all.every((one) => one === change || one === "absent"),
    );
  }

  ofNode({ from = 0, until = Number.POSITIVE_INFINITY, moved }: DiagramNode): Change | undefined {
    const { stage } = this;
    if (from > stage || until < stage) return "absent";
    if (until === stage) return "removed";
    if (stage > 0 && from === stage) return "added";
    return moved?.includes(stage) ? "moved" : undefined;
  }

  counts({ nodes }: GroupItem): Counts {
    const all = nodes.map(({ node }) => this.ofNode(node));
    const [added = 0, removed = 0, moved = 0] = changes.map((change) => all.filter((one) => one === change).length);
    return { added, removed, moved };
  }

  /** Whether the graph has a node now. */
  isThere(node: DiagramNode): boolean {
    return isThereAt(node, this.stage);
  }

  /** Whether a node reads a value now. */
  reads(user: NodeItem, value: NodeItem): boolean {
    return this.#now.get(value)?.has(user.id) ?? false;
  }

  ofLine({ values, ends: [, end] }: Line): Change | undefined {
    // At a mark, a line's second end is the value itself.
    const goes = (readers: ReadonlyMap<NodeItem, ReadonlySet<string>>) =>
      [...values].some((value) => (value.id === end ? readers.has(value) : readers.get(value)?.has(end)));
    const [before, now] = [goes(this.#before), goes(this.#now)];
    if (before && now) return undefined;
    if (before) return "removed";
    return now ? "added" : "absent";
  }
}

function readersAt(nodes: readonly NodeItem[], stage: number): Map<NodeItem, Set<string>> {
  const readers = new Map<NodeItem, Set<string>>();
  for (const value of nodes) {
    if (!isThereAt(value.node, stage)) continue;
    const index = Number(value.id.slice(1));
    const found = value.users.filter(({ node }) => isThereAt(node, stage) && inputsAt(node, stage).includes(index));
    if (found.length > 0)
      readers.set(value, new Set(found.flatMap((user) => [user, ...groupsAround(user)]).map(({ id }) => id)));
  }
  return readers;
}

function isThereAt({ from = 0, until = Number.POSITIVE_INFINITY }: DiagramNode, stage: number): boolean {
  return from <= stage && stage < until;
}

function inputsAt({ inputs, inputsFrom }: DiagramNode, stage: number): DiagramNode["inputs"] {
  return inputsFrom?.findLast(([from]) => from <= stage)?.[1] ?? inputs;
}
