import { appendTo } from "../../../../src/ir/appendTo.js";
import { elementCount } from "../../../../src/ir/array.js";
import { attributesKey, numbering } from "../../../../src/ir/attributes.js";
import { isOp, type Node } from "../../../../src/ir/node.js";
import { runsOf } from "../../repeats.js";

/** Stretches of statements that compute the same of other values: what one function may do. */
export interface Block {
  readonly instances: readonly Instance[];
}

/** One of them. */
export interface Instance {
  readonly nodes: readonly Node[];
  /** What it reads of what stands outside of it, in an order that equal ones share. */
  readonly externals: readonly Node[];
}

/** What is asked of the nodes among which blocks are looked for. */
export interface BlockSurroundings {
  /** The number that a scalar is, as an expression; none of what is a tensor. */
  numberOf(node: Node): string | undefined;
  /** The results that are read of an op that has several. */
  resultsOf(node: Node): readonly Node[];
  /** The block of an earlier section that a node is of the layers of, as its gradient is; none, where it is of none. */
  blockOf(node: Node): Instance | undefined;
}

/** Fewer statements than this are not worth a function, nor is one that saves fewer than `leastSaved`. */
const leastStatements = 4;
const leastSaved = 5;

/** Constants with more elements are written where they are. */
const fewElements = 8;

/**
 * The blocks among the statements of a section: a network's equal blocks come one after another, forwards and backwards.
 *
 * @param nodes the section's, in their order, without those that are no statements
 */
export function findBlocks(nodes: readonly Node[], surroundings: BlockSurroundings): Block[] {
  const reference = numbering();
  const units = unitsOf(nodes);
  const texts = units.map((unit) => unit.map((node) => coarseText(node, surroundings, reference)).join("\n"));
  const begins = [0];
  for (const { length } of units) begins.push(begins.at(-1)! + length);
  const crossed = crossings(units);
  const divided = dividing(units, surroundings);
  // A block is of the layers that an earlier one is of, its backward pass of those of its forward pass; where that leaves three of more, and one less at
  // the most: behind the last block, more may be computed.
  const others = blocksOf(crossed);
  if (!divided.includes(true)) return others;
  const mirrored = blocksOf(crossed.map((values, i) => (divided[i] ? nodes.length : 0) + values));
  return count(mirrored) > 2 && count(mirrored) >= count(others) - 1 ? mirrored : others;

  /** The blocks that begin where few values cross. */
  function blocksOf(crossing: readonly number[]): Block[] {
    const runs = runsOf(texts, crossing);
    let free = 0;
    return runs.flatMap(({ start, period, times }, i) => {
      const [begin, next, end] = [begins[start]!, begins[start + period]!, begins[start + period * times]!];
      const size = next - begin;
      const limit = begins[runs[i + 1]?.start ?? units.length]!;
      const at = (place: number) => instanceOf(nodes.slice(place, place + size), surroundings, reference);
      const groups = new Map<string, Instance[]>();
      const join = (instance: TextedInstance) => isWhole(instance) && appendTo(groups, instance.text, instance);
      for (let place = begin; place < end; place += size) join(at(place));
      // Where a layer of the next block, or of what is around all, goes on without a break, the units of one more are others.
      const joinAnother = (place: number): boolean => {
        const another = place >= free && place + size <= limit ? at(place) : undefined;
        if (!another || !isWhole(another) || !groups.has(another.text)) return false;
        groups.get(another.text)!.push(another);
        return true;
      };
      joinAnother(begin - size);
      free = joinAnother(end) ? end + size : end;
      return [...groups.values()].filter(isWorthwhile).map((group) => ({ instances: group }));
    });
  }

  function isWhole({ nodes: own, externals }: Instance): boolean {
    const inside = new Set(own);
    const isInside = (node: Node) => inside.has(node);
    return (
      externals.every(({ results }) => !results) && own.every((node) => surroundings.resultsOf(node).every(isInside))
    );
  }
}

function count(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { instances }) => sum + instances.length, 0);
}

/** Whether a constant is one of few numbers, which equal blocks may have others of: what is drawn with, for example. */
export function isSmallConstant(node: Node): node is Node<"constant"> {
  return isOp(node, "constant") && elementCount(node.attributes.value.shape) <= fewElements;
}

function isWorthwhile(group: readonly Instance[]): boolean {
  const statements = group[0]!.nodes.filter((node) => !isOp(node, "result")).length;
  return statements >= leastStatements && statements * (group.length - 1) >= leastSaved;
}

/** Nodes of one layer that stand one after another; those of none are each by itself. */
function unitsOf(nodes: readonly Node[]): Node[][] {
  const units: Node[][] = [];
  let before: Node | undefined;
  for (const node of nodes) {
    if (node.scope === undefined || before?.scope !== node.scope) units.push([]);
    units.at(-1)!.push(node);
    before = node;
  }
  return units;
}

/** How many of the values that units give pass from before each to it and those after it. */
function crossings(units: readonly (readonly Node[])[]): number[] {
  const unitOf = new Map(units.flatMap((unit, i) => unit.map((node) => [node, i] as const)));
  const furthest = new Map<Node, number>();
  for (const [i, unit] of units.entries()) {
    for (const { inputs } of unit) for (const input of inputs) if (unitOf.has(input)) furthest.set(input, i);
  }
  const changes = new Int32Array(units.length + 1);
  for (const [node, last] of furthest) {
    changes[unitOf.get(node)! + 1]!++;
    changes[last + 1]!--;
  }
  let open = 0;
  return units.map((_, i) => (open += changes[i]!));
}

/** Before which units a block of an earlier section is not at its end: it has layers before them, and in them or after them. */
function dividing(units: readonly (readonly Node[])[], { blockOf }: BlockSurroundings): boolean[] {
  const own = units.map((unit) => unit.map(blockOf).find((block) => block !== undefined));
  const next = [...own];
  for (let i = next.length - 2; i >= 0; i--) next[i] ??= next[i + 1];
  const last = [...own];
  for (let i = 1; i < last.length; i++) last[i] ??= last[i - 1];
  return own.map((_, i) => i > 0 && last[i - 1] !== undefined && last[i - 1] === next[i]);
}

interface TextedInstance extends Instance {
  /** The same for instances that compute the same. */
  readonly text: string;
}

function instanceOf(
  nodes: readonly Node[],
  surroundings: BlockSurroundings,
  reference: (value: object) => string,
): TextedInstance {
  const places = new Map(nodes.map((node, i) => [node, i]));
  const externals = new Map<Node, number>();
  const operand = (node: Node): string => {
    const place = places.get(node);
    if (place !== undefined) return `#${place}`;
    const number = surroundings.numberOf(node);
    if (number !== undefined) return number;
    if (!externals.has(node)) externals.set(node, externals.size);
    return `$${externals.get(node)}${typeText(node)}`;
  };
  const text = nodes.map((node) => {
    const read = surroundings.resultsOf(node).map((result) => places.get(result));
    return `${nodeText(node, reference)} ${read} (${node.inputs.map(operand)})`;
  });
  return { nodes, text: text.join("\n"), externals: [...externals.keys()] };
}

/** What a node computes, but for which values it reads. */
function coarseText(node: Node, { numberOf }: BlockSurroundings, reference: (value: object) => string): string {
  const operands = node.inputs.map((input) => numberOf(input) ?? typeText(input));
  return `${nodeText(node, reference)} (${operands})`;
}

function nodeText(node: Node, reference: (value: object) => string): string {
  const attributes = isSmallConstant(node) ? "" : attributesKey(node.attributes, reference);
  return `${node.op} ${typeText(node)} ${attributes}`;
}

function typeText({ dtype, shape }: Node): string {
  return `${dtype}${JSON.stringify(shape)}`;
}
