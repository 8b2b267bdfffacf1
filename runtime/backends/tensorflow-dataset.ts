import type { Tensor } from "@tensorflow/tfjs-core";
import type { NdArray } from "../../src/ir/array.js";
import { internalError } from "../../src/ir/errors.js";
import type { Node } from "../../src/ir/node.js";
import type { LoadedTfjsNode } from "../native/index.js";
import type { Dataset } from "./backend.js";
import { withTensorflowActive } from "./withTensorflowActive.js";

/** tfjs-node, with its backend. */
export type Native = Pick<LoadedTfjsNode, "tf" | "backend">;

/** Makes a tensor on TensorFlow's backend by name: another may be active in this process. */
export function makeTensor({ tf, backend }: Native, { data, shape, dtype }: NdArray): Tensor {
  // tfjs has no bytes, but TensorFlow has: here they stay what they are.
  if (dtype === "uint8") {
    const { binding } = backend;
    const id = binding.createTensor(shape, binding.TF_UINT8, data);
    return withTensorflowActive(tf, () => backend.createOutputTensor({ id, shape, dtype: binding.TF_UINT8 }));
  }
  return tf.engine().makeTensor(data, shape, dtype, tf.engine().findBackend("tensorflow"));
}

export type Feeds = Readonly<Record<string, Tensor>>;

/** Samples on TensorFlow, by the keys that they are fed by, and the order that batches take them in. */
export class TensorflowDataset implements Dataset {
  #order: Tensor | undefined;
  constructor(
    readonly native: Native,
    readonly feeds: Feeds,
    /** The nodes that are fed, with their samples' shapes. */
    readonly samples: ReadonlyMap<Node, Pick<NdArray, "shape">>,
  ) {}

  get order(): Tensor {
    if (!this.#order) throw internalError("a dataset is run before its order is set");
    return this.#order;
  }

  setOrder(order: Int32Array): void {
    this.#order?.dispose();
    this.#order = makeTensor(this.native, { data: order, shape: [order.length], dtype: "int32" });
  }

  dispose(): void {
    this.#order?.dispose();
    for (const tensor of Object.values(this.feeds)) tensor.dispose();
  }
}
