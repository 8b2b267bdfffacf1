import {
  all,
  average,
  broadcastTo,
  constant,
  corrcoef,
  countNonzero,
  cov,
  cross,
  digitize,
  input,
  isIn,
  logSumExp,
  max,
  median,
  min,
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
  norm,
  percentile,
  prod,
  ptp,
  quantile,
  randomKey,
  randomNormal,
  randomUniform,
  searchSorted,
  std,
  sum,
  variance,
} from "shapewright";

// Rejected programs of reductions, as in rejected.ts: each function with each of its messages that no other file has.

export const each = {
  "all: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    all(input([2, 3], "bool"), 1),
  "all: axis -1 of [m] is given twice": () =>
    // @ts-expect-error
    all(input(["m"], "bool"), { axis: [0, -1] }),
  "all: axis 5 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    all(input([], "bool"), { axis: 5 }),
  "average: [2, 2] does not broadcast to [2]: rank 2 is more than 1": () =>
    // @ts-expect-error
    average(input([2]), { weights: input([2, 2]) }),
  "average: axis 0 of [8] is given twice": () =>
    // @ts-expect-error
    average(input([8]), { axis: [0, 0] }),
  "average: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    average(input([], "bool")),
  "corrcoef: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    corrcoef(input([])),
  "countNonzero: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    countNonzero(input([2, 3]), 1),
  "countNonzero: axis 3 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    countNonzero(input([]), { axis: 3 }),
  "cov: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    cov(input([], "bool")),
  "cross: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    cross(input([]), input([])),
  "cross: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    cross(input([], "bool"), input([])),
  "digitize: dtypes int32 and float32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    digitize(input([], "int32"), input([2])),
  "isIn: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    isIn(input([3], "bool"), input([4], "bool")),
  "logSumExp: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    logSumExp(input([2, 3]), 1),
  "logSumExp: axis 0 of [6] is given twice": () =>
    // @ts-expect-error
    logSumExp(input([6]), { axis: [0, 0, 3] }),
  "logSumExp: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    logSumExp(input([], "bool")),
  "max: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    max(input([2, 3]), 1),
  "max: axis -1 of [3] is given twice": () =>
    // @ts-expect-error
    max(input([3]), { axis: [-1, -1] }),
  "median: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    median(input([2, 3]), 1),
  "median: axis 1 of [2, 3] is given twice": () =>
    // @ts-expect-error
    median(input([2, 3]), { axis: [1, 1] }),
  "min: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    min(input([2, 3]), 1),
  "min: axis 1 of [2, 2] is given twice": () =>
    // @ts-expect-error
    min(input([2, 2]), { axis: [-1, 1] }),
  "nanMax: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanMax(input([2, 3]), 1),
  "nanMax: axis 0 of [m, 6] is given twice": () =>
    // @ts-expect-error
    nanMax(input(["m", 6]), { axis: [0, 0, -2] }),
  "nanMax: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    nanMax(input([], "bool")),
  "nanMean: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanMean(input([2, 3]), 1),
  "nanMean: axis 1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    nanMean(input([]), { axis: 1 }),
  "nanMean: axis 1 of [8, 3] is given twice": () =>
    // @ts-expect-error
    nanMean(input([8, 3]), { axis: [-1, 0, 1] }),
  "nanMedian: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanMedian(input([2, 3]), 1),
  "nanMedian: axis 1 of [6, 6, 4] is given twice": () =>
    // @ts-expect-error
    nanMedian(input([6, 6, 4]), { axis: [-2, 1] }),
  "nanMedian: axis 3 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    nanMedian(input([]), { axis: 3 }),
  "nanMin: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanMin(input([2, 3]), 1),
  "nanMin: axis 0 of [n] is given twice": () =>
    // @ts-expect-error
    nanMin(input(["n"]), { axis: [-1, 0, 0] }),
  "nanMin: axis 2 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    nanMin(input([]), { axis: 2 }),
  "nanPercentile: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanPercentile(input([2, 3]), 0.5, 1),
  "nanPercentile: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    nanPercentile(input([]), 0, { axis: 0 }),
  "nanPercentile: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    nanPercentile(input([], "bool"), 0),
  "nanProd: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanProd(input([2, 3]), 1),
  "nanProd: axis -1 of [1] is given twice": () =>
    // @ts-expect-error
    nanProd(input([1]), { axis: [0, -1] }),
  "nanProd: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    nanProd(input([]), { axis: 0 }),
  "nanQuantile: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanQuantile(input([2, 3]), 0.5, 1),
  "nanQuantile: axis 0 of [2, 1] is given twice": () =>
    // @ts-expect-error
    nanQuantile(input([2, 1]), 1, { axis: [-2, 0, 2] }),
  "nanQuantile: axis 7 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    nanQuantile(input([]), 1, { axis: 7 }),
  "nanStd: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanStd(input([2, 3]), 1),
  "nanStd: axis 1 of [1, 2] is given twice": () =>
    // @ts-expect-error
    nanStd(input([1, 2]), { axis: [1, 1] }),
  "nanStd: axis 7 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    nanStd(input([]), { axis: 7 }),
  "nanSum: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanSum(input([2, 3]), 1),
  "nanSum: axis 2 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    nanSum(input([]), { axis: 2 }),
  "nanSum: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    nanSum(input([], "bool")),
  "nanVariance: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    nanVariance(input([2, 3]), 1),
  "nanVariance: axis 0 of [m] is given twice": () =>
    // @ts-expect-error
    nanVariance(input(["m"]), { axis: [-1, 0, 1] }),
  "nanVariance: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    nanVariance(input([], "bool")),
  "norm: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    norm(input([2, 3]), 1),
  "norm: axis -1 of [8, n] is given twice": () =>
    // @ts-expect-error
    norm(input([8, "n"]), { axis: [-1, -1] }),
  "norm: axis 7 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    norm(input([]), { axis: 7 }),
  "percentile: axis 0 of [4, 2, 4] is given twice": () =>
    // @ts-expect-error
    percentile(input([4, 2, 4]), 0.5, { axis: [0, 0], keepDims: false }),
  "percentile: axis 3 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    percentile(input([]), 1, { axis: 3 }),
  "percentile: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    percentile(input([], "int32"), 0),
  "prod: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    prod(input([2, 3]), 1),
  "prod: axis -1 of [6] is given twice": () =>
    // @ts-expect-error
    prod(input([6]), { axis: [0, -1, -4] }),
  "ptp: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    ptp(input([2, 3]), 1),
  "ptp: axis 0 of [8, 6, 1] is given twice": () =>
    // @ts-expect-error
    ptp(input([8, 6, 1]), { axis: [1, -3, 0] }),
  "ptp: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    ptp(input([], "bool")),
  "quantile: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    quantile(input([2, 3]), 0.5, 1),
  "quantile: axis -1 of [3, 8, 3] is given twice": () =>
    // @ts-expect-error
    quantile(input([3, 8, 3]), 0, { axis: [2, -1, 1] }),
  "quantile: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    quantile(input([], "bool"), 1),
  'randomNormal: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    randomNormal(randomKey(1), [2, 0]),
  'randomUniform: 1.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    randomUniform(randomKey(1), [2, 1.5]),
  "searchSorted: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    searchSorted(input([2], "bool"), input([])),
  "std: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    std(input([2, 3]), 1),
  "std: axis 0 of [4] is given twice": () =>
    // @ts-expect-error
    std(input([4]), { axis: [0, 0, 2] }),
  "std: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    std(input([], "bool")),
  "sum: axis 0 of [m, 4, n, ceil(m/2)] is given twice": () =>
    // @ts-expect-error
    sum(broadcastTo(constant(0), ["m", 4, "n", "ceil(m/2)"]), { axis: [-4, 0] }),
  "sum: takes float32 or int32, got uint8; use cast() first": () =>
    // @ts-expect-error
    sum(input([], "uint8"), { axis: -2 }),
  "variance: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    variance(input([2, 3]), 1),
  "variance: axis -1 of [2] is given twice": () =>
    // @ts-expect-error
    variance(input([2]), { axis: [0, -1] }),
  "variance: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    variance(input([]), { axis: 0 }),
};
