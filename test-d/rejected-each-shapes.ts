import {
  input,
  reduce,
  scatter,
  scatterUpdate,
  segmentMax,
  segmentMin,
  segmentProd,
  sequenceMask,
  trace,
  vander,
} from "shapewright";

// Rejected programs of functions of shapes, as in rejected.ts: each function with each of its messages that no other file has.

export const each = {
  "reduce: (b does not name an axis": () =>
    // @ts-expect-error
    reduce(input([2, 3]), "a (b -> a", "sum"),
  'reduce: -2 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    reduce(input([2, 4]), "a (b c) -> a b", "sum", { b: -2 }),
  'reduce: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    reduce(input([8, 6, "m", 3]), "n (h p) (w q) c -> n h w c", "mean", { p: 2, q: 0 }),
  "reduce: 5 does not name an axis": () =>
    // @ts-expect-error
    reduce(input([2, 3]), "a 5 -> a", "sum"),
  "reduce: a b has no ->": () =>
    // @ts-expect-error
    reduce(input([2, 3]), "a b", "sum"),
  "reduce: axis a is named twice on one side": () =>
    // @ts-expect-error
    reduce(input([2, 3]), "a a -> a", "sum"),
  "reduce: axis c does not come in": () =>
    // @ts-expect-error
    reduce(input([2, 3]), "a b -> a c", "sum"),
  "reduce: b c of [2, 4]: 4 is not a multiple of 3": () =>
    // @ts-expect-error
    reduce(input([2, 4]), "a (b c) -> a b", "sum", { b: 3 }),
  "reduce: b of [2, 3] is 3, not 4": () =>
    // @ts-expect-error
    reduce(input([2, 3]), "a b -> a", "sum", { b: 4 }),
  "reduce: h p of [8, 3, 4, 8]: 3 is not a multiple of 2": () =>
    // @ts-expect-error
    reduce(input([8, 3, 4, 8]), "n (h p) (w q) c -> n h w c", "max", { p: 2, q: 2 }),
  "reduce: the pattern has no axis q": () =>
    // @ts-expect-error
    reduce(input([2, 3]), "a b -> a", "sum", { q: 3 }),
  "reduce: the sizes of b c are not said; say all but one": () =>
    // @ts-expect-error
    reduce(input([2, 4]), "a (b c) -> a b", "sum"),
  "reduce: the sizes of h p are not said; say all but one": () =>
    // @ts-expect-error
    reduce(input([2, 2, 2]), "n (h p) (w q) c -> n h w c", "max"),
  'scatter: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    scatter(input([2, 1], "int32"), input([2]), [0]),
  'scatter: 1.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    scatter(input([2, 1], "int32"), input([2]), [1.5]),
  "scatterUpdate: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    scatterUpdate(input([8]), input([2, 3]), input([])),
  "scatterUpdate: the indices [2, 2] name places along 2 axes, which [3] has not": () =>
    // @ts-expect-error
    scatterUpdate(input([3]), input([2, 2], "int32"), input([2])),
  "scatterUpdate: the indices [4, 2] name places along 2 axes, which [1] has not": () =>
    // @ts-expect-error
    scatterUpdate(input([1]), input([4, 2], "int32"), input([])),
  "scatterUpdate: the last axis of the indices [2, n] has a name; a number says how many axes of [3] they name": () =>
    // @ts-expect-error
    scatterUpdate(input([3]), input([2, "n"], "int32"), input([2])),
  'sequenceMask: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    sequenceMask(input([], "int32"), 0),
  "trace: axis 0 of [2, 2] is given twice": () =>
    // @ts-expect-error
    trace(input([2, 2]), 0, 0, 0),
  "trace: diagonal 1 is outside of the 8 rows and 1 columns of [8, 1]": () =>
    // @ts-expect-error
    trace(input([8, 1]), 1),
  "trace: whether the n rows or the 3 columns of [n, 3] are fewer is not known": () =>
    // @ts-expect-error
    trace(input(["n", 3])),
  "vander: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    vander(input([2], "bool")),
  "segmentMax: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    segmentMax(input([5, 2], "bool"), input([5], "int32"), 8),
  "segmentMax: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    segmentMax(input([]), input([5], "int32"), 8),
  "segmentMax: numSegments is 0, but must be a positive integer": () =>
    // @ts-expect-error
    segmentMax(input([5, 2]), input([5], "int32"), 0),
  "segmentMin: [5, 2] takes one segment for each row, [5], got [4]": () =>
    // @ts-expect-error
    segmentMin(input([5, 2]), input([4], "int32"), 8),
  "segmentMin: numSegments is 0, but must be a positive integer": () =>
    // @ts-expect-error
    segmentMin(input([5, 2]), input([5], "int32"), 0),
  "segmentProd: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    segmentProd(input([5, 2], "bool"), input([5], "int32"), 8),
  "segmentProd: [5, 2] takes one segment for each row, [5], got [4]": () =>
    // @ts-expect-error
    segmentProd(input([5, 2]), input([4], "int32"), 8),
};
