import type { NdArray } from "../../src/ir/array.js";
import type { Dataset } from "../backends/backend.js";
import { takeRows } from "../data/rows.js";

/** Data that is kept on the host, too: the batch of a step may be looked at once more. */
export interface KeptDataset extends Dataset {
  readonly uploaded: Dataset;
  readonly feeds: Readonly<Record<string, NdArray>>;
  order: Int32Array;
}

export function keptDataset(uploaded: Dataset, feeds: KeptDataset["feeds"]): KeptDataset {
  return {
    uploaded,
    feeds,
    order: new Int32Array(),
    setOrder(order) {
      this.order = order;
      uploaded.setOrder(order);
    },
    dispose: () => uploaded.dispose(),
  };
}

/** The samples between two places of the order, as they are fed. */
export function batchOf({ order, feeds }: KeptDataset, begin: number, end: number): Record<string, NdArray> {
  const rows = order.subarray(begin, end);
  return Object.fromEntries(Object.entries(feeds).map(([key, all]) => [key, takeRows(all, rows)]));
}
