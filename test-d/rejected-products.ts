import { all, any, constant, countNonzero, input, matmul, min, norm, std, variance } from "shapewright";

// Rejected programs of products of matrices and of reductions, as in rejected.ts.

const text = input(["batch", "time", 64]);
const ids = input(["batch", "time"], "int32");
const vector = input([64]);

/** Products that there are not. */
export const products = {
  "matmul: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    matmul(text, ids),
  "matmul: [batch, time, 64] · [batch, time, 64]: the axes summed over are 64 and time": () =>
    // @ts-expect-error
    matmul(text, text),
  "matmul: [batch, time, 64] · [65]: the axes summed over are 64 and 65": () =>
    // @ts-expect-error
    matmul(text, input([65])),
  "matmul: [batch, time, 64] · [batch, 64, 3]: the axes summed over are 64 and 3": () =>
    // @ts-expect-error
    matmul(text, input(["batch", 64, 3]), { transposeB: true }),
  "matmul: [batch, time, 64] · [samples, 64, 3]: the batch axes [batch] and [samples] do not broadcast": () =>
    // @ts-expect-error
    matmul(text, input(["samples", 64, 3])),
  "matmul: [5, 2, 3] · [4, 3, 2]: the batch axes [5] and [4] do not broadcast": () =>
    // @ts-expect-error
    matmul(matmul(input([5, 2, 3]), input([4, 3, 2])), input([2])), // and nothing that follows
  "matmul: [batch, time, 64] · []: a scalar has no axis to sum over": () =>
    // @ts-expect-error
    matmul(text, constant(2)),
  "matmul: transposeA swaps the last two axes, but [64] has one": () =>
    // @ts-expect-error
    matmul(vector, input([64, 3]), { transposeA: true }),
  "matmul: transposeB swaps the last two axes, but [64] has one": () =>
    // @ts-expect-error
    matmul(text, vector, { transposeB: true }),
};

/** Reductions that there are not. */
export const reductions = {
  "min: axis 3 is out of range for [batch, time, 64] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    min(text, { axis: 3 }),
  "min: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    min(input(["batch"], "bool")),
  "any: takes bool, got float32; use cast() first": () =>
    // @ts-expect-error
    any(text),
  "all: takes bool, got int32; use cast() first": () =>
    // @ts-expect-error
    all(ids, { axis: -1 }),
  "countNonzero: axis -1 of [batch, time] is given twice": () =>
    // @ts-expect-error
    countNonzero(ids, { axis: [1, -1] }),
  "variance: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    variance(ids),
  "std: axis 1 is out of range for [64] (rank 1: -1 to 0)": () =>
    // @ts-expect-error
    std(vector, { axis: 1 }),
  "norm: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    norm(ids, { axis: 0 }),
};
