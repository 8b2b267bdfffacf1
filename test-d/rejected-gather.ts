import { embedding, gather, input } from "shapewright";

// Rejected programs of what indices choose, as in rejected.ts.

const table = input([1000, 64]);
const text = input(["batch", "time", 64]);
const ids = input(["batch", "time"], "int32");

/** Indices into tensors. */
export const gathering = {
  "gather: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    gather(table, text),
  "gather: axis 2 is out of range for [1000, 64] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    gather(table, ids, 2),
  "gather: [batch, time, 64] and [samples, 3] differ in the first 1 axes, which batchDims says they share": () =>
    // @ts-expect-error
    gather(text, input(["samples", 3], "int32"), 1, { batchDims: 1 }),
  "gather: 2 batch axes do not stand before axis 1 of [batch, time, 64] and in the indices [batch, time]": () =>
    // @ts-expect-error
    gather(text, ids, 1, { batchDims: 2 }),
  "embedding: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    embedding(text, { inputDim: 10, outputDim: 8 }),
};
