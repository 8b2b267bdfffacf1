import { Body } from "../../src/ir/body.js";
import { type Graph, makeGraph, topologicalOrder } from "../../src/ir/graph.js";
import { isOp, type Node, type OpName } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { rebuild } from "../../src/ops/rebuild.js";
import { standIn } from "../../src/ops/shared/bodies.js";
import { eliminateCommonSubexpressions } from "./eliminateCommonSubexpressions.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/**
 * The loop of a gradient computes again what rounds have computed that it is the gradient of. Where there are products among it, they give it as outputs
 * instead, if it is no more than what the gradient's rounds read anyway: an LSTM's gates, in place of the product that they are made of.
 */
export const keepRounds: Pass = {
  name: "keepRounds",
  summary: "what rounds compute by products is kept for their gradient's rounds",
  needs: ["scan"],
  run(graph) {
    const kept = keptOf(graph);
    if (kept.size === 0) return graph;
    const giving = new Map([...kept.values()].map(({ scan, results }) => [scan, results]));
    return rewrite(graph, (node, before) => {
      if (!isOp(node, "scan")) return undefined;
      const { attributes } = node;
      const results = giving.get(before as Node<"scan">);
      if (results) {
        const body = new Body(attributes.body.parameters, results);
        return inPlaceOf(node, "scan", node.inputs, { ...attributes, body });
      }
      const found = kept.get(before);
      if (!found) return undefined;
      const scan = node.inputs[found.history]!.inputs[0]!;
      const end = attributes.carries + attributes.sequences;
      const read = found.read.map((index) => inPlaceOf(scan, "result", [scan], { index }));
      return inPlaceOf(node, "scan", node.inputs.toSpliced(end, 0, ...read), {
        ...attributes,
        body: found.body,
        sequences: attributes.sequences + read.length,
      });
    });
  },
};

/** What the loop of a gradient becomes. */
interface Kept {
  /** The loop that it is the gradient of. */
  readonly scan: Node<"scan">;
  /** Which of its own inputs is a stack of that one's. */
  readonly history: number;
  /** The results that the other loop's body is to have. */
  readonly results: readonly Node[];
  /** Which of these it reads besides: its body has parameters for them behind its sequences. */
  readonly read: readonly number[];
  readonly body: Body;
}

const products: ReadonlySet<OpName> = new Set(["dot", "affine", "matmul", "convolution", "affineConvolution"]);

/** By the loops of gradients. A loop that takes part in two changes has the other one in the next run. */
function keptOf(graph: Graph): Map<Node, Kept> {
  const kept = new Map<Node, Kept>();
  const changed = new Set<Node>();
  for (const node of graph.nodes) {
    const found = isOp(node, "scan") && keptBy(node);
    if (!found || changed.has(node) || changed.has(found.scan)) continue;
    kept.set(node, found);
    changed.add(node).add(found.scan);
  }
  return kept;
}

function keptBy(node: Node<"scan">): Kept | undefined {
  const { body, carries, sequences, length } = node.attributes;
  const end = carries + sequences;
  const isStack = (input: Node) => isOp(input, "result") && isOp(input.inputs[0]!, "scan");
  const history = node.inputs.findIndex((input, i) => i >= carries && i < end && isStack(input));
  if (history < 0) return undefined;
  const scan = node.inputs[history]!.inputs[0] as Node<"scan">;
  const round = scan.attributes;
  if (round.length !== length) return undefined;

  // The body in terms of the other one, where it reads the same, and what is equal then as one.
  const parameters = body.parameters.map((parameter) => standIn(b, parameter));
  const same = body.parameters.map((_, i) => sameIn(scan, node, i));
  const own = rebuild(body.results, new Map(body.parameters.map((one, i) => [one, same[i] ?? parameters[i]!])));
  const { results, reached } = joined(round.body.results, own);

  // What is of both, as far as it is one value, need not be computed again.
  const theirs = new Set([...round.body.parameters, ...topologicalOrder(results)]);
  const isThere = (one: Node) => theirs.has(one) && !one.results && !isOp(one, "constant");
  if (!topologicalOrder(reached).some((one) => isThere(one) && products.has(one.op))) return undefined;
  const computed = topologicalOrder(reached, isThere);
  const read = new Set([...computed.flatMap(({ inputs }) => inputs), ...reached].filter(isThere));

  const places = new Map<Node, Node>();
  same.forEach((one, i) => {
    if (one) places.set(results[round.body.results.indexOf(one)] ?? one, parameters[i]!);
  });
  const added = [...read].filter((one) => !places.has(one));
  if (added.length === 0 || elements(added) > elements(body.parameters.slice(carries, end))) return undefined;
  for (const one of added) places.set(one, standIn(b, one));
  const more = added.map((one) => places.get(one)!);
  const all = [...results, ...added.filter((one) => !results.includes(one, round.carries))];
  return {
    scan,
    history,
    results: all,
    read: added.map((one) => all.indexOf(one, round.carries)),
    body: new Body(parameters.toSpliced(end, 0, ...more), rebuild(reached, places)),
  };
}

/** Nodes of two bodies, of which those that are equal are one. */
function joined(first: readonly Node[], second: readonly Node[]) {
  const graph = makeGraph("rounds", Object.fromEntries([...first, ...second].entries()), [], new Map());
  const { outputs } = eliminateCommonSubexpressions.run(graph);
  return {
    results: first.map((_, i) => outputs[i]!),
    reached: second.map((_, i) => outputs[first.length + i]!),
  };
}

/** What a parameter of a loop is in another one's rounds: what that gives of each or is given for each, or what all read. */
function sameIn(scan: Node<"scan">, node: Node<"scan">, i: number): Node | undefined {
  const { carries, sequences, body } = scan.attributes;
  const input = node.inputs[i]!;
  const isSlice = i < node.attributes.carries + node.attributes.sequences;
  if (i < node.attributes.carries) return undefined;
  if (isSlice && isOp(input, "result") && input.inputs[0] === scan)
    return input.attributes.index < carries ? undefined : body.results[input.attributes.index];
  const at = isSlice
    ? scan.inputs.slice(0, carries + sequences).indexOf(input, carries)
    : scan.inputs.indexOf(input, carries + sequences);
  return at < 0 ? undefined : body.parameters[at];
}

/** How many there are of a round, where sizes that are not known are alike. */
function elements(nodes: readonly Node[]): number {
  const sizes = nodes.map(({ shape }) => shape.map((dim) => (typeof dim === "number" ? dim : 32)));
  return sizes.reduce((sum, shape) => sum + shape.reduce((product, dim) => product * dim, 1), 0);
}
