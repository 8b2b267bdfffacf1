import type { Graph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import { attribute, type GraphDefBuilder } from "./graph-def.js";
import { lowerGraph } from "./lowerGraph.js";
import { mapValues, placeholder, sizesOf } from "./nodes.js";

/** The tensors by which a graph is called: what is fed, and what is fetched. */
export interface LoweredCall {
  readonly inputs: Readonly<Record<string, TensorRef>>;
  readonly outputs: Readonly<Record<string, TensorRef>>;
}

/** Lowers a graph that is fed with its inputs as they are. Fetching its outputs takes its updates. */
export function lowerCall(
  builder: GraphDefBuilder,
  graph: Graph,
  inputs: ReadonlyMap<string, Node>,
  handles: ReadonlyMap<Node, TensorRef>,
): LoweredCall {
  return builder.scope(graph.name, () => {
    const fed = [...inputs].map(
      ([name, node]) => [name, node, placeholder(builder, name, node.dtype, node.shape)] as const,
    );
    const feeds = new Map(fed.map(([, node, ref]) => [node, ref]));
    const sizes = sizesOf(builder, feeds, new Map());
    const { outputs, updates } = lowerGraph(graph, { builder, feeds, handles, sizes });
    return {
      inputs: Object.fromEntries(fed.map(([name, , ref]) => [name, ref])),
      outputs: mapValues(outputs, (ref) => fetched(builder, ref, updates)),
    };
  });
}

/** A tensor of its own: a session fetches each tensor once, and outputs may be one and the same. */
function fetched(builder: GraphDefBuilder, ref: TensorRef, controls: readonly TensorRef[]): TensorRef {
  const T = attribute.type(builder.dtype(ref));
  return builder.node("Identity", [ref], { T }, { unique: true, name: "output", controls });
}
