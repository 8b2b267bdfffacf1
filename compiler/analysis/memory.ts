import { type Body, bodiesOf } from "../../src/ir/body.js";
import { type Control, firstCaptured, firstParameter } from "../../src/ir/control.js";
import { type Graph, graphOfBody, resultsRead } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { controlOf } from "../../src/ops/registry.js";
import { newValueOf, updatesInPlace } from "./in-place.js";
import { lastUses } from "./liveness.js";
import { bytesOf, bytesOfResults, type DimSizes, isView, total } from "./sizes.js";

/** The most memory that a graph's values take at once, and where. */
export interface PeakMemory {
  readonly bytes: number;
  /** The node at which it is reached; none in a graph without values. */
  readonly at: Node | undefined;
}

/**
 * The most memory that values take at once when the graph's nodes run in their order and each value is freed after its
 * last use. Variables and constants are not counted, since they are there all the time, and neither is what is changed in place. It
 * is what the values themselves take: a kernel's scratch memory is not in it, and neither is what a backend saves by
 * computing in place.
 */
export function peakMemory(graph: Graph, dims: DimSizes): PeakMemory {
  return peakBeside(new Set(), graph, dims);
}

/** The same, where some of the inputs are there all the time: another graph's values. */
function peakBeside(there: ReadonlySet<Node>, graph: Graph, dims: DimSizes): PeakMemory {
  const dying = lastUses(graph);
  const updates = updatesInPlace(graph);
  const results = resultsRead(graph);
  const ownBytes = (node: Node) => {
    const isKept = isOp(node, "variable") || isOp(node, "constant") || there.has(node);
    return isKept || newValueOf(node, updates) ? 0 : bytesOf(node, dims);
  };
  // Views share the memory of what they are views of, which is freed with the last of them.
  const owners = new Map<Node, Node>();
  const holders = new Map<Node, number>();
  let live = 0;
  let peak: PeakMemory = { bytes: 0, at: undefined };
  for (const node of graph.nodes) {
    const owner = isView(node) ? owners.get(node.inputs[0]!)! : node;
    owners.set(node, owner);
    const count = holders.get(owner) ?? 0;
    holders.set(owner, count + 1);
    // The results of an op are all there when it has run; those that nothing reads are freed at once.
    if (node.results) live += total(results.get(node) ?? [], ownBytes);
    else if (count === 0 && !isOp(node, "result")) live += ownBytes(owner);
    const unread = node.results && !updates.nodes.has(node) ? unreadBytes(node, results.get(node) ?? [], dims) : 0;
    const within = Math.max(0, ...bodiesOf(node).map(([, body]) => bytesWithin(body, controlOf(node)!, dims)));
    const bytes = live + unread + within;
    if (bytes > peak.bytes) peak = { bytes, at: node };
    for (const dead of dying.get(node) ?? []) {
      const held = owners.get(dead)!;
      const left = holders.get(held)! - 1;
      holders.set(held, left);
      if (left === 0) live -= ownBytes(held);
    }
  }
  return peak;
}

/** What a body takes besides what it reads from outside, which is counted there. */
function bytesWithin(body: Body, control: Control, dims: DimSizes): number {
  const captured = body.parameters.slice(firstCaptured(control) - firstParameter(control));
  return peakBeside(new Set(captured), graphOfBody(body), dims).bytes;
}

function unreadBytes(node: Node, read: readonly Node[], dims: DimSizes): number {
  return Math.max(0, bytesOfResults(node, dims) - total(read, (result) => bytesOf(result, dims)));
}
