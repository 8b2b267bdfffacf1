import { constant, input, matmul } from "shapewright";

// Rejected programs of products of matrices, as in rejected.ts.

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
