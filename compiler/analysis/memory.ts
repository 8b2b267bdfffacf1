import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { isUpdate } from "../../src/ir/op.js";
import { definitionOf } from "../../src/ops/registry.js";
import { lastUses } from "./liveness.js";
import { bytesOf, type DimSizes, isView } from "./sizes.js";

/** The most memory that a graph's values take at once, and where. */
export interface PeakMemory {
  readonly bytes: number;
  /** The node at which it is reached; none in a graph without values. */
  readonly at: Node | undefined;
}

/**
 * The most memory that values take at once when the graph's nodes run in their order and each value is freed after its
 * last use. Variables and constants are not counted, since they are there all the time, and updates happen in place. It
 * is what the values themselves take: a kernel's scratch memory is not in it, and neither is what a backend saves by
 * computing in place.
 */
export function peakMemory(graph: Graph, dims: DimSizes): PeakMemory {
  const dying = lastUses(graph);
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
    if (count === 0) live += ownBytes(owner, dims);
    if (live > peak.bytes) peak = { bytes: live, at: node };
    for (const dead of dying.get(node) ?? []) {
      const held = owners.get(dead)!;
      const left = holders.get(held)! - 1;
      holders.set(held, left);
      if (left === 0) live -= ownBytes(held, dims);
    }
  }
  return peak;
}

function ownBytes(node: Node, dims: DimSizes): number {
  return isOp(node, "variable") || isOp(node, "constant") || isUpdate(definitionOf(node.op)) ? 0 : bytesOf(node, dims);
}
