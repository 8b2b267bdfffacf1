import {
  argMin,
  argsort,
  embedding,
  gather,
  input,
  segmentMax,
  segmentMin,
  segmentProd,
  segmentSum,
  sort,
  takeAlongAxis,
  topK,
} from "shapewright";

// Rejected programs of what indices choose, as in rejected.ts.

const table = input([1000, 64]);
const text = input(["batch", "time", 64]);
const ids = input(["batch", "time"], "int32");

/** Indices into tensors. */
export const gathering = {
  "gather: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    gather(table, text),
  "gather: axis -3 is out of range for [1000, 64] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    gather(table, ids, -3),
  "gather: [batch, time, 64] and [samples, 3] differ in the first 1 axes, which batchDims says they share": () =>
    // @ts-expect-error
    gather(text, input(["samples", 3], "int32"), 1, { batchDims: 1 }),
  "gather: [batch, time, 64] and [samples, 4] differ in the first 1 axes, which batchDims says they share": () =>
    // @ts-expect-error
    gather(text, input(["samples", 4], "int32"), undefined, { batchDims: 1 }),
  "gather: axis 2 is out of range for [1000, 64] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    gather(table, ids, undefined, { batchDims: 2 }),
  "gather: 2 batch axes do not stand before axis 1 of [batch, time, 64] and in the indices [batch, time]": () =>
    // @ts-expect-error
    gather(text, ids, 1, { batchDims: 2 }),
  "takeAlongAxis: [batch, time, 64] and [batch, time] differ in rank": () =>
    // @ts-expect-error
    takeAlongAxis(text, ids),
  "takeAlongAxis: [batch, time, 64] and [batch, 2, 2] differ on axis 1": () =>
    // @ts-expect-error
    takeAlongAxis(text, input(["batch", 2, 2], "int32")),
  "takeAlongAxis: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    takeAlongAxis(text, text),
  "takeAlongAxis: axis 3 is out of range for [batch, time, 64] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    takeAlongAxis(text, input(["batch", "time", 64], "int32"), 3),
  "argMin: axis 3 is out of range for [batch, time, 64] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    argMin(text, 3),
  "argMin: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    argMin(input([3], "bool")),
  "topK: 65 are more than the last axis of [batch, time, 64] has": () =>
    // @ts-expect-error
    topK(text, 65),
  "topK: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    topK(input([]), 1),
  "topK: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    topK(input([3], "bool"), 1),
  "sort: axis -4 is out of range for [batch, time, 64] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    sort(text, -4),
  "sort: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    sort(input([3], "bool")),
  "argsort: axis 2 is out of range for [1000, 64] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    argsort(table, 2),
  "argsort: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    argsort(input([3], "bool")),
  "segmentSum: [1000, 64] takes one segment for each row, [1000], got [batch]": () =>
    // @ts-expect-error
    segmentSum(table, input(["batch"], "int32"), 8),
  "segmentMax: [1000, 64] takes one segment for each row, [1000], got [batch]": () =>
    // @ts-expect-error
    segmentMax(table, input(["batch"], "int32"), 8),
  "segmentMin: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    segmentMin(input([5, 2], "bool"), input([5], "int32"), 8),
  "segmentProd: numSegments is -1, but must be a positive integer": () =>
    // @ts-expect-error
    segmentProd(table, input([1000], "int32"), -1),
  "segmentMin: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    segmentMin(input([]), input([5], "int32"), 8),
  "segmentProd: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    segmentProd(input([]), input([5], "int32"), 8),
  "segmentSum: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    segmentSum(input([]), input([5], "int32"), 8),
  "segmentSum: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    segmentSum(table, input([1000]), 8),
  "segmentSum: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    segmentSum(input([5, 2], "bool"), input([5], "int32"), 8),
  "embedding: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    embedding(text, { inputDim: 10, outputDim: 8 }),
};
