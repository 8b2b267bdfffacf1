import { einsum, einsumDense, inner, input, outer, relu, sequential, tensordot, vdot } from "shapewright";

// Rejected programs of Einstein's sums, as in rejected.ts.

const a = input(["batch", 10, 64]);
const b = input(["batch", 64, 32]);
const q = input(["batch", 8, "query", 64]);
const k = input(["batch", 8, "key", 64]);

/** Operands that do not fit an equation. */
export const operands = {
  "einsum: bij,bjk->bik: index j is 64, but 10 in operand 1, [batch, 10, 64]": () =>
    // @ts-expect-error
    einsum("bij,bjk->bik", a, a),
  "einsum: bij,bjk->bik: bij does not name the axes of [batch, 8, query, 64]": () =>
    // @ts-expect-error
    einsum("bij,bjk->bik", q, b),
  "einsum: bij,jk->bik: jk does not name the axes of [batch, 64, 32]": () =>
    // @ts-expect-error
    einsum("bij,jk->bik", a, b),
  "einsum: ...ijkl->...il: ...ijkl does not name the axes of [batch, 10, 64]": () =>
    // @ts-expect-error
    einsum("...ijkl->...il", a),
  "einsum: ...qd,...dk->...qk: index d is 64, but key in operand 1, [batch, 8, key, 64]": () =>
    // @ts-expect-error
    einsum("...qd,...dk->...qk", q, k),
  "einsum: ii->i: index i is 2, but 3 in operand 0, [2, 3]": () =>
    // @ts-expect-error
    einsum("ii->i", input([2, 3])),
  "einsum: i,i->: index i is 3, but 1 in operand 1, [1]": () =>
    // @ts-expect-error
    einsum("i,i->", input([3]), input([1])),
  "einsum: [batch] and [3] do not broadcast: axis 0 is batch and 3": () =>
    // @ts-expect-error
    einsum("...ij,...jk->...ik", a, input([3, 64, 32])),
  "einsum: bij,bjk->bik: index b is batch, but samples in operand 1, [samples, 64, 32]": () =>
    // @ts-expect-error
    einsum("bij->bi", einsum("bij,bjk->bik", a, input(["samples", 64, 32]))), // and nothing that follows
  "einsum: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    einsum("bij,bj->bi", a, input(["batch", 64], "int32")),
};

/** Equations that are none. */
export const equations = {
  "einsum: bij,bjk: says no output; write it at the end, as in ij,jk->ik": () =>
    // @ts-expect-error
    einsum("bij,bjk", a, b),
  "einsum: bij,bjk->biz: index z of the output is in no operand": () =>
    // @ts-expect-error
    einsum("bij,bjk->biz", a, b),
  "einsum: bij->...bij: index ... of the output is in no operand": () =>
    // @ts-expect-error
    einsum("bij->...bij", a),
  "einsum: bij,bjk->bii: index i stands twice in the output": () =>
    // @ts-expect-error
    einsum("bij,bjk->bii", a, b),
  "einsum: ...j,jk->k: the output leaves ... out, which an operand has": () =>
    // @ts-expect-error
    einsum("...j,jk->k", a, input([64, 2])),
  "einsum: ...i...->i...: one operand has ... twice": () =>
    // @ts-expect-error
    einsum("...i...->i...", a),
  "einsum: b1j->bj: an index is a letter or ..., not 1": () =>
    // @ts-expect-error
    einsum("b1j->bj", a),
  "einsum: bij->b-: an index is a letter or ..., not -": () =>
    // @ts-expect-error
    einsum("bij->b-", a),
  "einsum: bij,bjk->bik: names the axes of 2 operands, but there are 1": () =>
    // @ts-expect-error
    einsum("bij,bjk->bik", a),
  "einsum: bij->bi: names the axes of 1 operands, but there are 2": () =>
    // @ts-expect-error
    einsum("bij->bi", a, b),
};

/** Other products. */
export const products = {
  "outer: takes a vector, got [batch, 10, 64]": () =>
    // @ts-expect-error
    outer(input([3]), a),
  "outer: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    outer(input([3], "int32"), input([3])),
  "inner: [batch, 10, 64] · [batch, 64, 32]: the axes summed over together are 64 and 32": () =>
    // @ts-expect-error
    inner(a, b),
  "inner: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    inner(a, input([64], "int32")),
  "vdot: [batch, 10, 64] and [batch, 64, 32] differ on axis 1": () =>
    // @ts-expect-error
    vdot(a, b),
  "vdot: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    vdot(input([2], "bool"), input([2])),
  "tensordot: [batch, 10, 64] · [batch, 64, 32]: the axes summed over together are 10 and batch": () =>
    // @ts-expect-error
    tensordot(a, b),
  "tensordot: [batch, 10, 64] · [batch, 64, 32]: the axes summed over together are 10 and 64": () =>
    // @ts-expect-error
    relu(tensordot(a, b, [[1], [1]])), // and nothing that follows
  "tensordot: 4 axes at the end of [batch, 10, 64] and the beginning of [batch, 64, 32] are more than there are": () =>
    // @ts-expect-error
    tensordot(a, b, 4),
  "tensordot: axes is -1, but must be an integer from 0, or two lists of axes, such as [[1], [0]]": () =>
    // @ts-expect-error
    tensordot(a, b, -1),
  "tensordot: axes is 1.5, but must be an integer from 0, or two lists of axes, such as [[1], [0]]": () =>
    // @ts-expect-error
    tensordot(a, b, 1.5),
  "tensordot: axes [0, 2] and [0] are not pairs": () =>
    // @ts-expect-error
    tensordot(a, b, [[0, 2], [0]]),
  "tensordot: axis 3 is out of range for [batch, 64, 32] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    tensordot(a, b, [[0], [3]]),
  "tensordot: axis -1 of [batch, 10, 64] is given twice": () =>
    // @ts-expect-error
    tensordot(a, b, [
      [2, -1],
      [1, 1],
    ]),
  "tensordot: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    tensordot(input([2], "int32"), input([2]), 1),
};

const text = input(["batch", "time", 64]);

/** Layers whose equation does not fit what they are given. */
export const layers = {
  "einsumDense: btc,cd->btd: btc does not name the axes of [batch, 64]": () =>
    // @ts-expect-error
    einsumDense(input(["batch", 64]), { equation: "btc,cd->btd", outputShape: [null, 8] }),
  "einsumDense: btc,cd->btd: td does not name the axes of [8]": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc,cd->btd", outputShape: [8] }),
  "einsumDense: btc,cd->btd: index t is time, but 5 in outputShape, [5, 8]": () =>
    // @ts-expect-error
    sequential(text, einsumDense({ equation: "btc,cd->btd", outputShape: [5, 8] })),
  "einsumDense: bbc,cd->bd: index b is batch, but time in operand 0, [batch, time, 64]": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "bbc,cd->bd", outputShape: 8 }),
  "einsumDense: btc,tcd->bd: the sizes of the kernel are numbers, but that of t is time": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc,tcd->bd", outputShape: 8 }),
  "einsumDense: btc,cd->btd: the sizes of the kernel are numbers, but that of d is unsaid": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc,cd->btd", outputShape: [null, null] }),
  "einsumDense: btc,...cd->btd...: the sizes of the kernel are numbers, but that of ... is unsaid": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc,...cd->btd...", outputShape: [null, 8] }),
  "einsumDense: btc,cd->btd: the sizes of the bias are numbers, but that of t is time": () =>
    // @ts-expect-error
    sequential(text, einsumDense({ equation: "btc,cd->btd", outputShape: [null, 8], biasAxes: "td" })),
  "einsumDense: btc,cd->btd: the sizes of the bias are numbers, but that of c is unsaid": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc,cd->btd", outputShape: [null, 8], biasAxes: "c" }),
  "einsumDense: btc,cd->btz: index z of the output is in no operand": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc,cd->btz", outputShape: [null, 8] }),
  "einsumDense: btc,cd: says no output; write it at the end, as in ij,jk->ik": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc,cd", outputShape: [null, 8] }),
  "einsumDense: btc->bt: names the axes of 1 operands, but there are 2": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc->bt", outputShape: [null] }),
  "einsumDense: bt1,1d->btd: an index is a letter or ..., not 1": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "bt1,1d->btd", outputShape: [null, 8] }),
  "einsumDense: ...c...,cd->...d: one operand has ... twice": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "...c...,cd->...d", outputShape: 8 }),
  "einsumDense: ...c,cd->d: the output leaves ... out, which an operand has": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "...c,cd->d", outputShape: 8 }),
  "einsumDense: btc,cd->btt: index t stands twice in the output": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc,cd->btt", outputShape: [null, null] }),
  "einsumDense: outputShape is 0, but must be a positive integer": () =>
    // @ts-expect-error
    einsumDense(text, { equation: "btc,cd->btd", outputShape: [null, 0] }),
  "einsumDense: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    einsumDense(input(["batch", "time", 64], "int32"), { equation: "btc,cd->btd", outputShape: [null, 8] }),
};
