import { appendTo } from "../../../src/ir/appendTo.js";
import type { Diagram, DiagramGroup, DiagramNode } from "./diagram.js";

/** What a graph was at some time: before any pass, or after one that changed it. */
export interface Stage {
  readonly title: string;
  readonly about: string;
  readonly diagram: Diagram;
}

/** All stages of a graph in one diagram. */
export interface History {
  /** The nodes of all stages: each says when it came, went and was moved. */
  readonly diagram: Diagram;
  /** The places of the stages given in which something that is drawn has changed, and of the first. */
  readonly stages: readonly number[];
}

/**
 * Joins the stages of a graph: what stays the same is there once. A node that a pass made anew, since it reads something else, is the same node
 * when it computes the same in the same layer; it was moved or changed, when what it read before is still there, or when its shape or an attribute
 * is another now.
 */
export function historyOf(stages: readonly Diagram[]): History {
  const union = new Union();
  const kept = stages.flatMap((diagram, i) => (union.add(diagram) ? [i] : []));
  return { diagram: union.diagram(), stages: kept };
}

type Inputs = DiagramNode["inputs"];

/** A node of all stages. */
interface Kept {
  /** As it is now, its inputs by their places among all. */
  now: DiagramNode;
  readonly first: DiagramNode;
  readonly from: number;
  until?: number;
  readonly inputs: [number, Inputs][];
  readonly moved: number[];
}

class Union {
  readonly #nodes: Kept[] = [];
  readonly #groups: DiagramGroup[] = [];
  readonly #groupIndices = new Map<string, number>();
  #stage = 0;

  /** Adds a stage; one in which nothing differs from the last is none. */
  add(diagram: Diagram): boolean {
    const groups = this.#add(diagram.groups);
    const nodes = diagram.nodes.map(({ group, ...node }) =>
      group === undefined ? node : { ...node, group: groups[group]! },
    );
    const present = this.#nodes.filter(({ until }) => until === undefined);
    const found = matched(nodes, this.#nodes, present);
    const isSame =
      found.size === nodes.length &&
      found.size === present.length &&
      nodes.every(({ inputs }, i) => same(places(inputs, found), this.#nodes[found.get(i)!]!.now.inputs));
    if (isSame) return false;
    this.#take(nodes, found, present);
    this.#stage++;
    return true;
  }

  /** Writes down what has come, gone and moved. */
  #take(nodes: readonly DiagramNode[], found: Map<number, number>, present: readonly Kept[]): void {
    const stage = this.#stage;
    const stays = new Set([...found.values()].map((place) => this.#nodes[place]!));
    for (const kept of present) if (!stays.has(kept)) kept.until = stage;
    for (const [i, node] of nodes.entries()) {
      const inputs = places(node.inputs, found);
      const gradientOf = node.gradientOf?.flatMap((value) => found.get(value) ?? []);
      const now = { ...node, inputs, ...(gradientOf && { gradientOf }) };
      const known = this.#nodes[found.get(i) ?? -1];
      if (!known) {
        found.set(i, this.#nodes.length);
        this.#nodes.push({ now, first: now, from: stage, inputs: [[stage, inputs]], moved: [] });
        continue;
      }
      const left = known.now.inputs.filter((input) => !inputs.includes(input));
      const isThere = (input: number | string) => typeof input === "number" && this.#nodes[input]!.until === undefined;
      const isOther = asItIs(known.now) !== asItIs(now) || known.now.type !== node.type;
      if (isOther || left.some(isThere)) known.moved.push(stage);
      if (!same(known.now.inputs, inputs)) known.inputs.push([stage, inputs]);
      known.now = now;
    }
  }

  /** The places of a stage's groups among all. */
  #add(groups: readonly DiagramGroup[]): number[] {
    const indices: number[] = [];
    for (const { parent, ...group } of groups) {
      const within = parent === undefined ? undefined : indices[parent]!;
      const key = `${within} ${group.name}`;
      const known = this.#groupIndices.get(key);
      indices.push(known ?? this.#groups.length);
      if (known !== undefined) continue;
      this.#groupIndices.set(key, this.#groups.length);
      this.#groups.push({ ...group, ...(within !== undefined && { parent: within }) });
    }
    return indices;
  }

  diagram(): Diagram {
    const nodes = this.#nodes.map(({ first, from, until, inputs, moved }): DiagramNode => {
      const all = [...new Set(inputs.flatMap(([, some]) => some))];
      return {
        ...first,
        inputs: inputs.length > 1 ? all : first.inputs,
        ...(from > 0 && { from }),
        ...(until !== undefined && { until }),
        ...(inputs.length > 1 && { inputsFrom: inputs }),
        ...(moved.length > 0 && { moved }),
      };
    });
    return { nodes, groups: this.#groups };
  }
}

/**
 * The places, among all, of a stage's nodes that were there before: first of those that are all the same, down from the inputs; then, in
 * their order, of those that are alike and read most of what they read before.
 */
function matched(nodes: readonly DiagramNode[], all: readonly Kept[], present: readonly Kept[]): Map<number, number> {
  const found = new Map<number, number>();
  const free = new Set(present);
  const placeOf = new Map(all.map((kept, place) => [kept, place]));
  const [exact, alike, kin] = [exactly, asItIs, byOp].map((keyOf) => {
    const groups = new Map<string, Kept[]>();
    for (const kept of present) appendTo(groups, keyOf(kept.now), kept);
    return groups;
  });
  const take = (i: number, kept: Kept | undefined) => {
    if (!kept) return false;
    free.delete(kept);
    found.set(i, placeOf.get(kept)!);
    return true;
  };
  const takeSame = (i: number, node: DiagramNode, inputs: Inputs) =>
    take(
      i,
      exact!.get(exactly({ ...node, inputs }))?.find((kept) => free.has(kept)),
    );
  for (const [i, node] of nodes.entries()) {
    const inputs = node.inputs.map((input) => (typeof input === "number" ? found.get(input) : input));
    if (inputs.every((input) => input !== undefined)) takeSame(i, node, inputs);
  }
  for (const [i, node] of nodes.entries()) {
    if (found.has(i)) continue;
    const inputs = places(node.inputs, found);
    if (takeSame(i, node, inputs)) continue;
    const isFree = (kept: Kept) => free.has(kept);
    if (take(i, nearest(inputs, alike!.get(asItIs(node))?.filter(isFree) ?? [], 0))) continue;
    take(i, nearest(inputs, kin!.get(byOp(node))?.filter(isFree) ?? [], 1));
  }
  return found;
}

function exactly(node: DiagramNode): string {
  return `${asItIs(node)} ${node.inputs.join()}`;
}

/** What a node is but for what it reads. What has a name is known by that. */
function asItIs(node: DiagramNode): string {
  const { type, attributes, name } = node;
  return name === undefined ? `${byOp(node)} ${type} ${JSON.stringify(attributes)}` : byOp(node);
}

function byOp({ kind, op, group, name }: DiagramNode): string {
  return `${kind} ${op} ${name ?? `in ${group}`}`;
}

/** That which reads most of some values, and no fewer than `least`. */
function nearest(inputs: Inputs, candidates: readonly Kept[], least: number): Kept | undefined {
  let best: Kept | undefined;
  let most = least - 1;
  for (const candidate of candidates) {
    const shared = candidate.now.inputs.filter((input) => inputs.includes(input)).length;
    if (shared <= most) continue;
    most = shared;
    best = candidate;
  }
  return best;
}

/** Inputs by their places among all; of what is new, by none. */
function places(inputs: Inputs, found: ReadonlyMap<number, number>): Inputs {
  return inputs.map((input) => (typeof input === "number" ? (found.get(input) ?? -1) : input));
}

function same(a: Inputs, b: Inputs): boolean {
  return a.length === b.length && a.every((input, i) => input === b[i]);
}
