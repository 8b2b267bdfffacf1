import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import { savedModelBytes } from "../emit/saved-model/write.js";
import type { Computation } from "../program.js";
import type { Endpoints } from "./endpoints.js";
import { GraphDefBuilder } from "./graph-def.js";
import { lowerBatches } from "./lowerBatches.js";
import { lowerCall } from "./lowerCall.js";
import { int32, mapValues, placeholder, text } from "./nodes.js";
import { assignVariable, readVariable, variableHandle } from "./variables.js";

/** A program as one TensorFlow graph over one set of variables. */
export interface LoweredProgram {
  /** The content of `saved_model.pb`. It has no signatures: our own sessions know the endpoints, and give variables their values. */
  readonly savedModel: Uint8Array;
  readonly endpoints: Endpoints;
}

/** Lowers a computation for a session of ours: a call as it is, what runs over batches as loops. */
export function lowerProgram(computation: Computation): LoweredProgram {
  const builder = new GraphDefBuilder();
  const handles = new Map<Node, TensorRef>();
  for (const [name, node] of computation.variables) handles.set(node, variableHandle(builder, name, node));

  const assign = new Map<string, { value: string; done: string }>();
  const read = new Map<string, string>();
  for (const [name, node] of computation.variables) {
    assign.set(name, assignment(builder, name, node, handles.get(node)!));
    read.set(name, text(readVariable(builder, name, node, handles.get(node)!)));
  }
  const { inputs, outputs } = lowerCall(builder, computation.call, computation.inputs, handles);
  const call = { inputs: mapValues(inputs, text), outputs: mapValues(outputs, text) };
  const batches = computation.batches && lowerBatches(builder, computation, computation.batches, handles);
  return {
    savedModel: savedModelBytes({ graphDef: builder.finish(), signatures: {} }),
    endpoints: { assign, read, call, ...(batches && { batches }) },
  };
}

function assignment(builder: GraphDefBuilder, name: string, node: Node, handle: TensorRef) {
  return builder.scope("assign", () => {
    const value = placeholder(builder, name, node.dtype, node.shape);
    const set = assignVariable(builder, node, handle, value);
    // A session fetches tensors, and an assignment has none of its own.
    const done = builder.node("Identity", [builder.constant([1], [], "int32")], int32, {
      controls: [set],
      unique: true,
      name: "done",
    });
    return { value: text(value), done: text(done) };
  });
}
