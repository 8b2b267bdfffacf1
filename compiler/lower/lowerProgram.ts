import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import type { Computation } from "../program.js";
import type { Endpoints } from "./endpoints.js";
import { attribute, GraphDefBuilder } from "./graph-def.js";
import { lowerBatches } from "./lowerBatches.js";
import { lowerCall } from "./lowerCall.js";
import { lowerVariables } from "./lowerVariables.js";
import { mapValues, text } from "./nodes.js";
import { savedModelBytes } from "./saved-model/write.js";
import { variableHandle } from "./variables.js";

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

  const variables = lowerVariables(builder, computation.variables, handles);
  const { inputs, outputs } = lowerCall(builder, computation.call, computation.inputs, handles);
  const call = { inputs: mapValues(inputs, text), outputs: mapValues(outputs, (ref) => text(readable(builder, ref))) };
  const batches = computation.batches && lowerBatches(builder, computation.batches, handles);
  return {
    savedModel: savedModelBytes({ graphDef: builder.finish(), signatures: {} }),
    endpoints: { variables, call, ...(batches && { batches }) },
  };
}

/** An output as tfjs-node can read it: it takes bytes, but gives none out. */
function readable(builder: GraphDefBuilder, ref: TensorRef): TensorRef {
  const dtype = builder.dtype(ref);
  if (dtype !== "uint8") return ref;
  return builder.node("Cast", [ref], { SrcT: attribute.type(dtype), DstT: attribute.type("int32") });
}
