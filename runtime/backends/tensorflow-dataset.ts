import type { NdArray } from "../../src/ir/array.js";
import { internalError } from "../../src/ir/errors.js";
import type { Node } from "../../src/ir/node.js";
import type { Dataset } from "./backend.js";
import type { Held } from "./graph-session.js";

/** Samples on TensorFlow, by the keys that they are fed by, and the order that batches take them in. */
export class TensorflowDataset implements Dataset {
  #order: Held | undefined;
  constructor(
    readonly hold: (value: NdArray) => Held,
    readonly feeds: Readonly<Record<string, Held>>,
    /** The nodes that are fed, with their samples' shapes. */
    readonly samples: ReadonlyMap<Node, Pick<NdArray, "shape">>,
  ) {}

  get order(): Held {
    if (!this.#order) throw internalError("a dataset is run before its order is set");
    return this.#order;
  }

  setOrder(order: Int32Array): void {
    this.#order?.release();
    this.#order = this.hold({ data: order, shape: [order.length], dtype: "int32" });
  }

  dispose(): void {
    this.#order?.release();
    for (const held of Object.values(this.feeds)) held.release();
  }
}
