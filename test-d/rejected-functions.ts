import {
  allClose,
  average,
  cbrt,
  corrcoef,
  cov,
  cross,
  diff,
  fmax,
  fmin,
  fmod,
  fullLike,
  geomspace,
  heaviside,
  input,
  isClose,
  ldexp,
  logAddExp,
  logAddExp2,
  logSoftmax,
  logspace,
  nanMax,
  nanMean,
  nanMedian,
  nanMin,
  nanPercentile,
  nanProd,
  nanQuantile,
  nanStd,
  nanSum,
  nanVariance,
  percentile,
  quantile,
  sinc,
  softmax,
  trapezoid,
  tri,
} from "shapewright";

// Rejected programs of what Keras's ops have beside plain arithmetic, as in rejected.ts.

const x = input(["batch", 3]);
const ids = input(["batch", 3], "int32");
const flags = input(["batch", 3], "bool");

/** Functions of one tensor, and of two. */
export const functions = {
  "softmax: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    softmax(x, 2),
  "logSoftmax: axis -3 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    logSoftmax(x, -3),
  "logSoftmax: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    logSoftmax(ids, 0),
  "cbrt: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    cbrt(ids),
  "sinc: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    sinc(flags),
  "logAddExp: [batch, 3] and [batch, 4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    logAddExp(x, input(["batch", 4])),
  "logAddExp2: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    logAddExp2(ids, 1),
  "fmod: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    fmod(x, ids),
  "fmod: takes int32, but the value is 2.5": () =>
    // @ts-expect-error
    fmod(ids, 2.5),
  "fmod: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    fmod(ids, 3e9),
  "heaviside: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    heaviside(flags, flags),
  "fmax: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    fmax(1, 2),
  "fmin: [batch, 3] and [time, 3] do not broadcast: axis 0 is batch and time": () =>
    // @ts-expect-error
    fmin(x, input(["time", 3])),
  "isClose: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    isClose(ids, 1),
  "allClose: [batch, 3] and [batch, 4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    allClose(x, input(["batch", 4])),
  "ldexp: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    ldexp(x, x),
  "ldexp: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    ldexp(x, 0.5),
  "ldexp: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    ldexp(x, 3e9),
  "ldexp: [batch, 3] and [4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    ldexp(x, input([4], "int32")),
  "ldexp: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    ldexp(ids, 1),
};

/** Reductions that leave NaN out. */
export const known = {
  "quantile: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    quantile(x, 0.5, { axis: 2 }),
  "percentile: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    percentile(x, 90, -1),
  "nanQuantile: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    nanQuantile(ids, 0.5),
  "nanPercentile: axis -1 of [batch, 3] is given twice": () =>
    // @ts-expect-error
    nanPercentile(x, 5, { axis: [1, -1] }),
  "nanMedian: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    nanMedian(flags),
  "average: [2] does not broadcast to [batch, 3]: axis 1 is 2, not 3": () =>
    // @ts-expect-error
    average(x, { weights: input([2]) }),
  "average: axis 5 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    average(x, { axis: 5 }),
  "cov: takes rows and columns on the last two axes, got [3]": () =>
    // @ts-expect-error
    cov(input([3])),
  "corrcoef: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    corrcoef(flags),
  "cross: takes vectors of three on the last axis, got [batch, 2]": () =>
    // @ts-expect-error
    cross(input(["batch", 2]), input(["batch", 2])),
  "cross: takes vectors of three on the last axis, got [batch, 1]": () =>
    // @ts-expect-error
    cross(x, input(["batch", 1])),
  "cross: [batch, 3] and [7, 3] do not broadcast: axis 0 is batch and 7": () =>
    // @ts-expect-error
    cross(x, input([7, 3])),
  "nanMax: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    nanMax(x, { axis: 2 }),
  "nanMin: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    nanMin(ids),
  "nanSum: axis -1 of [batch, 3] is given twice": () =>
    // @ts-expect-error
    nanSum(x, { axis: [1, -1] }),
  "nanProd: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    nanProd(ids),
  "nanMean: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    nanMean(flags),
  "nanVariance: axis 5 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    nanVariance(x, { axis: 5 }),
  "nanStd: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    nanStd(ids),
};

/** Numbers made, and areas. */
export const made = {
  "fullLike: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    fullLike(ids, 0.5),
  "fullLike: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    fullLike(ids, 3e9),
  'logspace: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    logspace(0, 1, 0),
  'geomspace: 2.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    geomspace(1, 10, 2.5),
  "diff: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    diff(x, { axis: 2 }),
  "diff: axis -1 of [batch, 1] has one place, and differences are of two": () =>
    // @ts-expect-error
    diff(input(["batch", 1])),
  "diff: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    diff(flags),
  'tri: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    tri(3, 0),
  "trapezoid: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    trapezoid(x, { axis: 2 }),
  "trapezoid: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    trapezoid(ids),
};
