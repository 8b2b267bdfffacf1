import type { Graph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import type { Computation } from "../program.js";
import type { CallEndpoints, Endpoints } from "./endpoints.js";
import { GraphDefBuilder } from "./graph-def.js";
import { lowerBatches } from "./lowerBatches.js";
import { type LoweredCall, lowerCall } from "./lowerCall.js";
import { lowerVariables } from "./lowerVariables.js";
import { cast, mapValues, text } from "./nodes.js";
import type { GraphDef } from "./saved-model/generated/tensorflow_pb.js";
import { savedModelBytes } from "./saved-model/write.js";
import { variableHandle } from "./variables.js";

/** Programs as one TensorFlow graph over one set of variables, to which whoever opens a session gives their values. */
export interface LoweredPrograms {
  readonly graph: GraphDef;
  /** Of each program. */
  readonly endpoints: readonly Endpoints[];
}

/** A program as one TensorFlow graph. */
export interface LoweredProgram {
  /** The content of `saved_model.pb`. It has no signatures: whoever runs it knows the endpoints. */
  readonly savedModel: Uint8Array;
  readonly endpoints: Endpoints;
}

/** Lowers a computation for a session of ours: a call as it is, what runs over batches as loops. */
export function lowerProgram(computation: Computation): LoweredProgram {
  const { graph, endpoints } = lowerPrograms([computation]);
  return { savedModel: savedModelBytes({ graphDef: graph, signatures: {} }), endpoints: endpoints[0]! };
}

/**
 * Lowers several computations, which share the variables that are the same in them.
 *
 * @param steps whether graphs that run over batches can also take one batch as it is fed. Those are as many nodes again, of which the most
 * sessions use none, and each takes its time when a session is loaded.
 * @param hasOwnKernels whether the process that runs them has our own kernels
 */
export function lowerPrograms(
  computations: readonly Computation[],
  { steps = false, hasOwnKernels = false } = {},
): LoweredPrograms {
  const builder = new GraphDefBuilder({ hasOwnKernels });
  const all = variablesOfAll(computations);
  const handles = new Map<Node, TensorRef>();
  for (const [name, node] of all) handles.set(node, variableHandle(builder, name, node));

  const lowered = lowerVariables(builder, all, handles);
  const byNode = new Map([...all].map(([name, node]) => [node, lowered.get(name)!]));
  const endpoints = computations.map((computation): Endpoints => {
    const variables = new Map([...computation.variables].map(([name, node]) => [name, byNode.get(node)!]));
    const call = endpointsOf(builder, lowerCall(builder, computation.call, computation.inputs, handles));
    const batches = computation.batches && lowerBatches(builder, computation.batches, handles);
    return { variables, call, ...(batches && { batches }), ...(steps && stepsOf(builder, computation, handles)) };
  });
  return { graph: builder.finish(), endpoints };
}

/** What runs over batches, as a call on one batch: neither a loop nor a gather stands between what is fed and the graph. */
function stepsOf(
  builder: GraphDefBuilder,
  { batches }: Computation,
  handles: ReadonlyMap<Node, TensorRef>,
): Pick<Endpoints, "steps"> {
  if (!batches) return {};
  const step = (graph: Graph) => endpointsOf(builder, lowerCall(builder, graph, batches.feeds, handles));
  return { steps: builder.scope("step", () => ({ train: step(batches.train), evaluate: step(batches.evaluate) })) };
}

function endpointsOf(builder: GraphDefBuilder, { inputs, outputs, ofFew }: LoweredCall): CallEndpoints {
  const fetched = (refs: LoweredCall["outputs"]) => mapValues(refs, (ref) => text(readable(builder, ref)));
  return { inputs: mapValues(inputs, text), outputs: fetched(outputs), ...(ofFew && { ofFew: fetched(ofFew) }) };
}

/** The variables of all computations, by the name that the first of them has for each; where another has that, by one of its own. */
function variablesOfAll(computations: readonly Computation[]): Map<string, Node<"variable">> {
  const names = new Map<Node<"variable">, string>();
  const taken = new Set<string>();
  for (const [name, node] of computations.flatMap(({ variables }) => [...variables])) {
    if (names.has(node)) continue;
    let free = name;
    for (let count = 1; taken.has(free); count++) free = `${name}_${count}`;
    taken.add(free);
    names.set(node, free);
  }
  return new Map([...names].map(([node, name]) => [name, node]));
}

/** An output as tfjs-node can read it: it takes bytes, but gives none out. */
function readable(builder: GraphDefBuilder, ref: TensorRef): TensorRef {
  return builder.dtype(ref) === "uint8" ? cast(builder, ref, "uint8", "int32") : ref;
}
