import { type Graph, makeGraph, topologicalOrder } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { builder as b } from "../../../src/ops/builder.js";
import { updatesInPlace } from "../../analysis/in-place.js";
import { withInputs } from "../rewrite.js";
import { type ForwardPass, isComputed } from "./forward.js";

/** A graph whose backward pass computes again what the forward pass does not keep. */
export interface Recomputed {
  readonly graph: Graph;
  /** The values that are computed again. */
  readonly again: readonly Node[];
}

/**
 * Lets the backward pass read what `kept` holds, and copies of everything else. A copy is computed from what is kept, behind
 * a barrier: not before the backward pass has come to where it is needed.
 */
export function recomputed(graph: Graph, forward: ForwardPass, kept: ReadonlySet<Node>): Recomputed {
  // What is kept of an op with several results are these, not the op.
  const isKept = (node: Node) => !isComputed(node) || (kept.has(node) && !node.results);
  const { late } = updatesInPlace(graph);
  const copies = new Map<Node, Node>();
  const rebuilt = new Map<Node, Node>();
  /** The last barrier before each value. */
  const barriers = new Map<Node, Node>();
  let latest: Node | undefined;

  const barrier = (node: Node, after: Node) => {
    const last = barriers.get(node);
    const found = last?.inputs[1] === after ? last : b.op("barrier", [node, after]);
    barriers.set(node, found);
    return found;
  };
  const copy = (root: Node, after: Node): Node => {
    for (const node of topologicalOrder([root], (value) => isKept(value) || copies.has(value))) {
      const inputs = node.inputs.map((input) => {
        if (!isKept(input)) return copies.get(input)!;
        return isFree(input) ? input : barrier(input, after);
      });
      // Of variables alone it would be the same node as in the forward pass.
      const bound = node.inputs.some((input, i) => inputs[i] !== input);
      copies.set(node, withInputs(node, bound ? inputs : [barrier(inputs[0]!, after), ...inputs.slice(1)]));
    }
    return copies.get(root)!;
  };

  for (const node of graph.nodes) {
    if (forward.place.has(node)) continue;
    const own = node.inputs.flatMap((input) => (isComputed(input) ? (rebuilt.get(input) ?? []) : []));
    // A node that reads the forward pass alone waits for the one before it: nothing of what that needs comes later.
    const after = own.at(-1) ?? latest;
    const inputs = node.inputs.map((input) => {
      if (!forward.place.has(input)) return rebuilt.get(input) ?? input;
      return isKept(input) || kept.has(input) || after === undefined ? input : copy(input, after);
    });
    const current = withInputs(node, inputs);
    rebuilt.set(node, current);
    // What is done in place waits for the readers of what it changes, so that nothing may wait for it.
    if (isComputed(node) && !node.results && !late.has(node)) latest = current;
  }
  const now = (node: Node) => rebuilt.get(node) ?? node;
  const outputs = Object.fromEntries(Object.entries(graph.outputs).map(([name, node]) => [name, now(node)]));
  const nextValues = [...graph.updates].map(([variable, next]) => [variable, now(next)] as const);
  const gradientOf = new Map([...graph.gradientOf].map(([gradient, of]) => [now(gradient), of]));
  return {
    graph: makeGraph(graph.name, outputs, nextValues, graph.names, gradientOf),
    again: [...copies.keys()],
  };
}

/** What is there all the time: holding it back would hold nothing back. */
function isFree(node: Node): boolean {
  return isOp(node, "variable") || isOp(node, "constant") || (node.inputs.length === 0 && !isOp(node, "input"));
}
