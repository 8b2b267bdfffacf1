import {
  cholesky,
  choleskyInverse,
  det,
  eigh,
  gcd,
  input,
  inverse,
  kron,
  lcm,
  logDet,
  lstsq,
  matrixRank,
  pinv,
  qr,
  slogdet,
  solve,
  svd,
  triangularSolve,
  vander,
} from "shapewright";

// Rejected programs of linear algebra, as in rejected.ts.

const matrices = input(["batch", 3, 3]);
const oblong = input(["batch", 3, 4]);

/** What is no square matrix. */
export const square = {
  "cholesky: takes square matrices on the last two axes, got [batch, 3, 4]": () =>
    // @ts-expect-error
    cholesky(oblong),
  "choleskyInverse: takes square matrices on the last two axes, got [m, n]": () =>
    // @ts-expect-error
    choleskyInverse(input(["m", "n"])),
  "inverse: takes square matrices on the last two axes, got [3, n]": () =>
    // @ts-expect-error
    inverse(input([3, "n"])),
  "inverse: takes rows and columns on the last two axes, got [3]": () =>
    // @ts-expect-error
    inverse(input([3])),
  "inverse: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    inverse(input([3, 3], "int32")),
  "det: takes square matrices on the last two axes, got [batch, 3, 4]": () =>
    // @ts-expect-error
    det(oblong),
  "det: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    det(input([])),
  "slogdet: takes square matrices on the last two axes, got [batch, 3, 4]": () =>
    // @ts-expect-error
    slogdet(oblong),
  "logDet: takes square matrices on the last two axes, got [batch, 3, 4]": () =>
    // @ts-expect-error
    logDet(oblong),
  "logDet: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    logDet(input([3, 3], "bool")),
};

/** Right sides of other matrices. */
export const sides = {
  "solve: the right sides of [batch, 3, 3] are [batch, 3] or [batch, 3, columns], got [batch, 4]": () =>
    // @ts-expect-error
    solve(matrices, input(["batch", 4])),
  "solve: the right sides of [batch, 3, 3] are [batch, 3] or [batch, 3, columns], got [3, 2]": () =>
    // @ts-expect-error
    solve(matrices, input([3, 2])),
  "solve: the right sides of [n, n] are [n] or [n, columns], got []": () =>
    // @ts-expect-error
    solve(input(["n", "n"]), input([])),
  "solve: takes square matrices on the last two axes, got [batch, 3, 4]": () =>
    // @ts-expect-error
    solve(oblong, input(["batch", 3])),
  "solve: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    solve(matrices, input(["batch", 3], "int32")),
  "triangularSolve: the right sides of [batch, 3, 3] are [batch, 3] or [batch, 3, columns], got [samples, 3, 2]": () =>
    // @ts-expect-error
    triangularSolve(matrices, input(["samples", 3, 2])),
  "triangularSolve: takes square matrices on the last two axes, got [batch, 3, 4]": () =>
    // @ts-expect-error
    triangularSolve(oblong, input(["batch", 3])),
};

/** What cannot be decomposed. */
export const decomposed = {
  "qr: whether the m rows or the 3 columns of [m, 3] are fewer is not known": () =>
    // @ts-expect-error
    qr(input(["m", 3])),
  "svd: whether the m rows or the n columns of [batch, m, n] are fewer is not known": () =>
    // @ts-expect-error
    svd(input(["batch", "m", "n"])),
  "svd: takes rows and columns on the last two axes, got [3]": () =>
    // @ts-expect-error
    svd(input([3])),
  "qr: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    qr(input([3, 3], "int32")),
  "eigh: takes square matrices on the last two axes, got [batch, 3, 4]": () =>
    // @ts-expect-error
    eigh(oblong),
  "lstsq: whether the samples rows or the 2 columns of [samples, 2] are fewer is not known": () =>
    // @ts-expect-error
    lstsq(input(["samples", 2]), input(["samples"])),
  "lstsq: the right sides of [4, 2] are [4] or [4, columns], got [3]": () =>
    // @ts-expect-error
    lstsq(input([4, 2]), input([3])),
};

/** Pseudo-inverses, and what is made of products. */
export const algebra = {
  "pinv: takes rows and columns on the last two axes, got [3]": () =>
    // @ts-expect-error
    pinv(input([3])),
  "pinv: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    pinv(input([3, 2], "int32")),
  "pinv: rcond is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    pinv(input([3, 2]), { rcond: 1 }),
  "pinv: rcond is -0.1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    pinv(input([3, 2]), { rcond: -0.1 }),
  "kron: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    kron(matrices, input([2], "bool")),
  "kron: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    kron(matrices, input([2], "int32")),
  "vander: takes a vector, got [3, 2]": () =>
    // @ts-expect-error
    vander(input([3, 2])),
  'vander: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    vander(input([3]), { N: 0 }),
  "gcd: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    gcd(input([3]), 2),
  "lcm: [3] and [2] do not broadcast: axis 0 is 3 and 2": () =>
    // @ts-expect-error
    lcm(input([3], "int32"), input([2], "int32")),
};

/** What has no rank. */
export const ranks = {
  "matrixRank: takes rows and columns on the last two axes, got [3]": () =>
    // @ts-expect-error
    matrixRank(input([3])),
  "matrixRank: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    matrixRank(input([3, 2], "int32")),
  "matrixRank: whether the n rows or the 3 columns of [n, 3] are fewer is not known": () =>
    // @ts-expect-error
    matrixRank(input(["n", 3])),
};
