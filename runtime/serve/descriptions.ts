import type { DType } from "../../src/ir/dtype.js";
import type { Node } from "../../src/ir/node.js";
import type { Dim } from "../../src/types/dim.js";
import type { Served } from "./served.js";

// Source: https://www.tensorflow.org/tfx/serving/api_rest, "Model status API" and "Model Metadata API".

const types: Readonly<Record<DType, string>> = {
  float32: "DT_FLOAT",
  int32: "DT_INT32",
  bool: "DT_BOOL",
  uint8: "DT_UINT8",
};

/** What is said of a model's versions. */
export function statusOf({ version }: Served): object {
  return { model_version_status: [{ version, state: "AVAILABLE", status: { error_code: "OK", error_message: "" } }] };
}

/** What is said of what a model takes and gives. A dim that is a name has the size -1, and its name. */
export function metadataOf({ name, version, inputs, outputs }: Served): object {
  const signature = {
    inputs: tensorsOf(inputs),
    outputs: tensorsOf(outputs),
    method_name: "tensorflow/serving/predict",
  };
  return {
    model_spec: { name, signature_name: "", version },
    metadata: { signature_def: { signature_def: { serving_default: signature } } },
  };
}

function tensorsOf(nodes: ReadonlyMap<string, Node>): object {
  const dimOf = (dim: Dim) => (typeof dim === "number" ? { size: String(dim), name: "" } : { size: "-1", name: dim });
  return Object.fromEntries(
    [...nodes].map(([name, { dtype, shape }]) => [
      name,
      { dtype: types[dtype], tensor_shape: { dim: shape.map(dimOf), unknown_rank: false }, name: `${name}:0` },
    ]),
  );
}
