import type { Graph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import type { Dim } from "../../src/types/dim.js";
import { attribute, type GraphDefBuilder } from "./graph-def.js";
import { lowerGraph } from "./lowerGraph.js";
import { knownSizes, mapValues, placeholder, sizesOf } from "./nodes.js";

/** The tensors by which a graph is called: what is fed, and what is fetched. */
export interface LoweredCall {
  readonly inputs: Readonly<Record<string, TensorRef>>;
  readonly outputs: Readonly<Record<string, TensorRef>>;
  /** The same outputs as they are best computed of few samples, where our own kernels do that otherwise. */
  readonly ofFew?: Readonly<Record<string, TensorRef>>;
}

/** The most samples that are few. */
export const MOST_FEW = 16;

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
    const samples = new Set([...inputs.values()].map(({ shape }) => shape[0]));
    const mayBeFew = (size: Dim) => samples.has(size) && (typeof size === "string" || size <= MOST_FEW);
    const isFew = (dims: readonly Dim[]) => dims.length === 1 && mayBeFew(dims[0]!);
    let differs = false as boolean;
    const surroundings = { builder, feeds, handles, sizes };
    const { outputs, updates } = lowerGraph(graph, {
      ...surroundings,
      isFew(dims) {
        differs ||= builder.hasOwnKernels && isFew(dims);
        return false;
      },
    });
    const ofFew = differs && graph.updates.size === 0 && lowerGraph(graph, { ...surroundings, isFew }).outputs;
    return {
      inputs: Object.fromEntries(fed.map(([name, , ref]) => [name, ref])),
      outputs: mapValues(outputs, (ref, name) => fetched(builder, ref, graph.outputs[name]!, updates)),
      ...(ofFew && { ofFew: mapValues(ofFew, (ref, name) => fetched(builder, ref, graph.outputs[name]!, [])) }),
    };
  });
}

/** A tensor of its own: a session fetches each tensor once, and outputs may be one and the same. */
function fetched(builder: GraphDefBuilder, ref: TensorRef, node: Node, controls: readonly TensorRef[]): TensorRef {
  const T = attribute.type(builder.dtype(ref));
  const output = builder.node("Identity", [ref], { T }, { unique: true, name: "output", controls });
  builder.sayShape(output, knownSizes(node));
  return output;
}
