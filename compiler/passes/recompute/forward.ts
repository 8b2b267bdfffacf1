import type { Graph } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";
import { isLater } from "../../../src/ir/place.js";
import { bytesOf, type DimSizes, isSource, isView } from "../../analysis/sizes.js";

/** The forward pass of a train graph, with the loss, the metrics and the state of layers. */
export interface ForwardPass {
  /** In the graph's order, which begins with them. */
  readonly nodes: readonly Node[];
  /** Where each stands. */
  readonly place: ReadonlyMap<Node, number>;
  /** The last place at which the forward pass itself reads each value. */
  readonly lastRead: ReadonlyMap<Node, number>;
  /** The values that the backward pass reads and that could be computed again. */
  readonly held: ReadonlySet<Node>;
}

/** Finds the forward pass of a graph, and what of it is held for the backward pass. */
export function forwardPassOf(graph: Graph): ForwardPass {
  const nodes = graph.nodes.filter(({ part }) => !isLater(part, "state"));
  const place = new Map(nodes.map((node, i) => [node, i]));
  const lastRead = new Map<Node, number>();
  nodes.forEach((node, i) => {
    for (const input of node.inputs) lastRead.set(input, i);
  });
  const outputs = new Set(Object.values(graph.outputs));
  const backward = graph.nodes.filter((node) => !place.has(node));
  const read = backward.flatMap((node) => node.inputs);
  const held = new Set(read.filter((node) => place.has(node) && isComputed(node) && !outputs.has(node)));
  return { nodes, place, lastRead, held };
}

/** Whether a value is computed from others. What is fed, a variable, a constant or a size is there anyhow. */
export function isComputed(node: Node): boolean {
  return !isSource(node) && node.inputs.length > 0;
}

/** The bytes that holding a value takes; a view holds what it is a view of. */
export function heldBytes(node: Node, dims: DimSizes): number {
  let owner = node;
  while (isView(owner)) owner = owner.inputs[0]!;
  return isComputed(owner) ? bytesOf(owner, dims) : 0;
}
