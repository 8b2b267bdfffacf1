import {
  cholesky,
  choleskyInverse,
  det,
  eigh,
  fft2,
  ifft,
  ifft2,
  input,
  istft,
  logDet,
  lstsq,
  matmul,
  qr,
  slogdet,
  solve,
  stft,
  svd,
  triangularSolve,
  vdot,
} from "shapewright";

// Rejected programs of products, as in rejected.ts: each function with each of its messages that no other file has.

export const each = {
  "cholesky: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    cholesky(input([], "uint8")),
  "cholesky: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    cholesky(input([])),
  "choleskyInverse: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    choleskyInverse(input(["m"], "int32")),
  "choleskyInverse: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    choleskyInverse(input([])),
  "det: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    det(input([4, 3], "bool")),
  "eigh: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    eigh(input([8, 8], "bool")),
  "eigh: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    eigh(input([])),
  "fft2: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    fft2([input([]), input([])]),
  "fft2: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    fft2([input([], "bool"), input([])]),
  "fft2: takes rows and columns on the last two axes, got [4]": () =>
    // @ts-expect-error
    fft2([input([4]), input([4])]),
  "ifft: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    ifft([input([]), input([])]),
  "ifft: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    ifft([input([], "bool"), input([])]),
  "ifft2: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    ifft2([input([]), input([])]),
  "ifft2: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    ifft2([input([], "bool"), input([])]),
  "ifft2: the real parts are [4, 4], but the imaginary ones [4, 3]": () =>
    // @ts-expect-error
    ifft2([input([4, 4]), input([4, 3])]),
  'istft: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    istft([input([6, 5]), input([6, 5])], 4, 0, 8),
  "istft: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    istft([input([6, 5]), input([6, 5], "int32")], 4, 2, 8),
  "logDet: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    logDet(input([])),
  "lstsq: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    lstsq(input([], "bool"), input([], "bool")),
  "lstsq: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    lstsq(input([]), input([])),
  "matmul: [2, 3, 4] · [5, 4, 3]: the batch axes [2] and [5] do not broadcast": () =>
    // @ts-expect-error
    matmul(input([2, 3, 4]), input([5, 4, 3])),
  "qr: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    qr(input([])),
  "slogdet: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    slogdet(input([], "bool")),
  "slogdet: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    slogdet(input([])),
  "solve: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    solve(input([]), input([])),
  "stft: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    stft(input([2], "int32"), 4, 2, 8),
  "svd: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    svd(input([], "bool")),
  "triangularSolve: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    triangularSolve(input([], "bool"), input([], "bool")),
  "triangularSolve: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    triangularSolve(input([]), input([])),
  "vdot: [2] and [] differ in rank": () =>
    // @ts-expect-error
    vdot(input([2]), input([])),
};
