import { Graph } from "@dagrejs/dagre";
import type { GroupFlows } from "./flows.js";
import type { GroupItem, Item } from "./hierarchy.js";
import { flowText, headingOf, linesOf, readersText, sourceText } from "./labels.js";
import { isGradient, type Pair, pairsOf } from "./pairs.js";
import { Placer } from "./placer.js";
import type { Box, Line, Point, PortMark, Scene } from "./scene.js";

/** The width of a text, in pixels. */
export type Measure = (text: string, bold: boolean) => number;

const header = 30;
const padding = 14;
const lineHeight = 15;
const portHeight = 18;

/**
 * Places the boxes of a group: an expanded group is laid out by itself first, and stands in the group around it as one
 * box of the size that this takes.
 */
export class Layouter {
  /** What each open group came to, with which groups open in it: most stay as they are when one is opened. */
  readonly #known = new Map<GroupItem, { readonly open: string; readonly scene: Scene }>();
  readonly #placer = new Placer();

  constructor(
    readonly flows: ReadonlyMap<GroupItem, GroupFlows>,
    readonly measure: Measure,
  ) {}

  /** The scene of a group with some of the groups in it open. */
  scene(group: GroupItem, expanded: ReadonlySet<string>): Scene {
    const open = openIn(group, expanded).join();
    const known = this.#known.get(group);
    if (known?.open === open) return known.scene;
    const scene = this.#layOut(group, expanded);
    this.#known.set(group, { open, scene });
    return scene;
  }

  /** The same in steps, one for each group that is open, inside out: then the scene is known. */
  *steps(group: GroupItem, expanded: ReadonlySet<string>): Generator<void> {
    for (const item of group.children)
      if (item.type === "group" && expanded.has(item.id)) yield* this.steps(item, expanded);
    this.scene(group, expanded);
    yield;
  }

  #layOut(group: GroupItem, expanded: ReadonlySet<string>): Scene {
    const inside = new Map<Item, Scene>();
    const graph = new Graph({ multigraph: true })
      .setGraph({ rankdir: "TB", nodesep: 26, edgesep: 14, ranksep: 30, marginx: padding, marginy: padding })
      .setDefaultEdgeLabel(() => ({}));
    for (const item of group.children) {
      if (item.type === "group" && expanded.has(item.id)) inside.set(item, this.scene(item, expanded));
      graph.setNode(item.id, this.#sizeOf(item, inside.get(item)));
    }
    const { inner, ins, outs } = this.flows.get(group)!;
    const pairs = pairsOf(inner);
    for (const pair of pairs)
      this.#connect(
        graph,
        pair.from.id,
        pair.to.id,
        pair.flows.map(({ values }) => flowText(values)),
      );
    const marks = group.parent ? [...this.#marks(group, ins, true), ...this.#marks(group, outs, false)] : [];
    for (const { id, text, port, incoming } of marks) {
      graph.setNode(id, { width: this.#widthOf(text, false) + 18, height: portHeight });
      for (const end of port.ends) {
        this.#connect(graph, incoming ? id : end.id, incoming ? end.id : id, [flowText([port.value])]);
      }
    }
    this.#placer.place(graph);
    return assemble(graph, group, inside, pairs, marks);
  }

  #sizeOf(item: Item, scene: Scene | undefined) {
    if (scene) {
      const title = this.#widthOf(item.type === "group" ? headingOf(item) : item.title, true) + 60;
      return { width: Math.max(scene.width, title), height: scene.height + header };
    }
    const lines = linesOf(item);
    const widths = lines.map((line, i) => this.#widthOf(line, i === 0));
    const chevron = item.type === "group" ? 18 : 0;
    const width = Math.max(72, ...widths) + 26 + chevron;
    return { width, height: lines.length * lineHeight + 15 };
  }

  /** How wide a text is, all numbers of layers up to 99 being taken for equally wide: then equal blocks are of one size, and placed alike. */
  #widthOf(text: string, bold: boolean): number {
    return this.measure(text.replace(/(?<=[a-z_])\d{1,2}(?!\d)/gi, "00"), bold);
  }

  #connect(graph: Graph, from: string, to: string, labels: readonly string[]): void {
    const width = Math.max(...labels.map((label) => this.#widthOf(label, false)));
    graph.setEdge(from, to, { width, height: labels.length * lineHeight, labelpos: "c" });
  }

  #marks(group: GroupItem, ports: GroupFlows["ins"], incoming: boolean): Mark[] {
    return [...ports.values()].map((port) => ({
      id: `${incoming ? "in" : "out"}-${port.value.id}`,
      text: incoming ? sourceText(port) : readersText(group, port),
      port,
      incoming,
    }));
  }
}

/** The groups in a group that are open, at any depth. */
function openIn({ children }: GroupItem, expanded: ReadonlySet<string>): string[] {
  return children.flatMap((item) =>
    item.type === "group" && expanded.has(item.id) ? [item.id, ...openIn(item, expanded)] : [],
  );
}

interface Mark extends Omit<PortMark, "x" | "y" | "width" | "height"> {
  readonly id: string;
}

function assemble(
  graph: Graph,
  group: GroupItem,
  inside: ReadonlyMap<Item, Scene>,
  pairs: readonly Pair[],
  marks: readonly Mark[],
): Scene {
  const boxes: Box[] = [];
  const placedMarks: PortMark[] = [];
  const lines: Line[] = [];
  for (const item of group.children) {
    const box = { ...corner(graph, item.id), item, expanded: inside.has(item) };
    boxes.push(box);
    const scene = inside.get(item);
    if (!scene) continue;
    const by = { x: box.x + (box.width - scene.width) / 2, y: box.y + header };
    boxes.push(...scene.boxes.map((inner) => moved(inner, by)));
    placedMarks.push(...scene.marks.map((mark) => moved(mark, by)));
    lines.push(
      ...scene.lines.map((line) => ({
        ...line,
        points: line.points.map((point) => moved(point, by)),
        label: moved(line.label, by),
      })),
    );
  }
  for (const { from, to, flows } of pairs) {
    const edge = graph.edge(from.id, to.id);
    flows.forEach((flow, index) => {
      const side = flows.length === 1 ? 0 : index === 0 ? -5 : 5;
      const points = edge.points.map((point: Point) => ({ x: point.x + side, y: point.y }));
      const y = edge.y + (index - (flows.length - 1) / 2) * lineHeight;
      lines.push({
        points: flow.from === from ? points : points.reverse(),
        values: flow.values,
        ends: [flow.from.id, flow.to.id],
        gradient: isGradient(flow.values),
        label: { x: edge.x, y, text: flowText(flow.values) },
      });
    });
  }
  for (const { id, port, text, incoming } of marks) {
    placedMarks.push({ ...corner(graph, id), port, text, incoming });
    for (const end of port.ends) {
      const edge = incoming ? graph.edge(id, end.id) : graph.edge(end.id, id);
      const values = new Set([port.value]);
      const label = { x: edge.x, y: edge.y, text: flowText(values) };
      lines.push({ points: edge.points, values, ends: [end.id, port.value.id], gradient: isGradient(values), label });
    }
  }
  const { width = 0, height = 0 } = graph.graph();
  return { boxes, marks: placedMarks, lines, width, height };
}

function corner(graph: Graph, id: string) {
  const { x, y, width, height } = graph.node(id);
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function moved<P extends Point>(point: P, by: Point): P {
  return { ...point, x: point.x + by.x, y: point.y + by.y };
}
