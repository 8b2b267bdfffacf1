import type { Tensor } from "@tensorflow/tfjs-core";
import type { NdArray } from "../../src/ir/array.js";
import { internalError } from "../../src/ir/errors.js";
import type { Node } from "../../src/ir/node.js";
import type { Tfjs } from "../native/index.js";
import type { Dataset } from "./backend.js";

/** Makes a tensor on TensorFlow's backend by name: another may be active in this process. */
export function makeTensor(tf: Tfjs, { data, shape, dtype }: NdArray): Tensor {
  return tf.engine().makeTensor(data, shape, dtype, tf.engine().findBackend("tensorflow"));
}

export type Feeds = Readonly<Record<string, Tensor>>;

/** Samples on TensorFlow, by the names that they are fed under, and the order that batches take them in. */
export class TensorflowDataset implements Dataset {
  #order: Tensor | undefined;
  constructor(
    readonly tf: Tfjs,
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
    this.#order = makeTensor(this.tf, { data: order, shape: [order.length], dtype: "int32" });
  }

  dispose(): void {
    this.#order?.dispose();
    for (const tensor of Object.values(this.feeds)) tensor.dispose();
  }
}
