import { Body } from "../../src/ir/body.js";
import { graphOfBody, useCounts } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import type { Dim } from "../../src/types/dim.js";
import { sameShape } from "../../src/types/same-shape.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/**
 * Sums that a scan carries, of products or of sums over the first axis, are taken after it, at once for all rounds. The gradient of what
 * every round reads is such a sum: of a recurrent kernel, as many small products as there are steps become a large one.
 *
 *     Σ_t aᵀ_t · b_t = aᵀ · b, where a and b have the rows of all rounds;   Σ_t Σ_rows x_t = Σ_rows x
 */
export const sumAfterLoops: Pass = {
  name: "sumAfterLoops",
  summary: "sums of products that a scan carries are one product after it",
  needs: ["scan"],
  run(graph) {
    const moved = new Map<Node, Moved | undefined>();
    return rewrite(graph, (node, before) => {
      const [scan] = node.inputs;
      if (!isOp(node, "result") || !isOp(scan!, "scan")) return undefined;
      const original = before.inputs[0]!;
      if (!moved.has(original)) moved.set(original, moveSums(scan));
      const found = moved.get(original);
      if (!found) return undefined;
      const { index } = node.attributes;
      const sum = found.sums.get(index);
      if (!sum) return inPlaceOf(node, "result", [found.scan], { index: found.places.indexOf(index) });
      const terms = sum.terms.map((term) => sumOf(term, found));
      return [...(isZero(sum.start) ? [] : [sum.start]), ...terms].reduce((a, c) => b.op("add", [a, c]));
    });
  },
};

/** What one round adds: a product of which the rows are summed over, or a sum over the first axis. */
type Term = Node<"dot"> | Node<"sum">;

interface Moved {
  readonly scan: Node<"scan">;
  /** The numbers that its results had before; those of new ones are behind them. */
  readonly places: readonly number[];
  /** By the number of the result that they were. */
  readonly sums: ReadonlyMap<number, { readonly start: Node; readonly terms: readonly Term[] }>;
  /** What a node of the body is in all rounds, stacked. */
  readonly stacked: (node: Node) => Node;
}

function moveSums(scan: Node<"scan">): Moved | undefined {
  const { body, carries, sequences } = scan.attributes;
  const { parameters, results } = body;
  const uses = useCounts(graphOfBody(body));
  const captured = new Set(parameters.slice(carries + sequences));
  const sums = new Map<number, { start: Node; terms: Term[] }>();
  for (let i = 0; i < carries; i++) {
    if (uses.get(parameters[i]!) !== 1) continue;
    const terms = termsOf(results[i]!, parameters[i]!, uses);
    const isStackable = (node: Node) => !captured.has(node) && !isOp(node, "constant");
    if (terms?.every((term) => term.inputs.every(isStackable))) sums.set(i, { start: scan.inputs[i]!, terms });
  }
  if (sums.size === 0) return undefined;
  const places = results.flatMap((_, i) => (sums.has(i) ? [] : [i]));
  const isSequence = (node: Node) => parameters.indexOf(node, carries) >= 0;
  const outputs = results.slice(carries);
  const rows = [...sums.values()].flatMap(({ terms }) => terms.flatMap(({ inputs }) => inputs));
  const added = [...new Set(rows)].filter((node) => !isSequence(node) && !outputs.includes(node));
  const isLeft = (_: Node, i: number) => !sums.has(i);
  const left = inPlaceOf(scan, "scan", scan.inputs.filter(isLeft), {
    ...scan.attributes,
    body: new Body(parameters.filter(isLeft), [...results.filter(isLeft), ...added]),
    carries: carries - sums.size,
  });
  const all = [...results.filter(isLeft), ...added];
  const stacked = (node: Node) => {
    if (isSequence(node)) return scan.inputs[parameters.indexOf(node)]!;
    return inPlaceOf(scan, "result", [left], { index: all.indexOf(node, left.attributes.carries) });
  };
  return { scan: left, places, sums, stacked };
}

/**
 * What is added to a carry in a round, where each summand is one that can be summed after the loop and is read by nothing else. None
 * where the carry is not among what is added: what takes its place is what the last round gives, no sum of all.
 */
function termsOf(sum: Node, carry: Node, uses: ReadonlyMap<Node, number>): Term[] | undefined {
  const terms: Term[] = [];
  const left = [sum];
  let carried = 0;
  for (let node = left.pop(); node; node = left.pop()) {
    if (node === carry) carried++;
    else if (uses.get(node) !== 1) return undefined;
    else if (isOp(node, "add") && node.inputs.every(({ shape }) => sameShape(shape, carry.shape)))
      left.push(...node.inputs);
    else if (isTerm(node)) terms.push(node);
    else return undefined;
  }
  return carried === 1 && terms.length > 0 ? terms : undefined;
}

function isTerm(node: Node): node is Term {
  if (isOp(node, "sum")) return node.attributes.axes[0] === 0 && !node.attributes.keepDims;
  const { transposeA, transposeB } = isOp(node, "dot") ? node.attributes : {};
  return transposeA === true && !transposeB && node.inputs.every(({ rank }) => rank === 2);
}

/** Of all rounds. */
function sumOf(term: Term, { stacked }: Moved): Node {
  const [x, y] = term.inputs.map((input) => stacked(input));
  if (isOp(term, "sum"))
    return b.op("sum", [x!], { ...term.attributes, axes: [0, ...term.attributes.axes.map((axis) => axis + 1)] });
  return b.op("dot", [rowsOf(x!), rowsOf(y!)], { transposeA: true });
}

function isZero(node: Node): boolean {
  const [filled] = isOp(node, "broadcastTo") ? node.inputs : [node];
  return isOp(filled!, "constant") && filled.attributes.value.data.every((element: number) => element === 0);
}

/** [rounds, rows, n] as [rounds · rows, n]. */
function rowsOf(x: Node): Node {
  const [rounds, rows, columns] = x.shape as [Dim, Dim, Dim];
  return b.op("reshape", [x], { shape: [b.product([rounds, rows]), columns] });
}
