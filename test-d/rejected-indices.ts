import {
  bincount,
  categoryEncoding,
  depthToSpace,
  diag,
  diagonal,
  digitize,
  gatherNd,
  histogram,
  input,
  isIn,
  meshgrid,
  multiHot,
  ptp,
  scatter,
  scatterUpdate,
  searchSorted,
  sequential,
  spaceToDepth,
  trace,
  unravelIndex,
} from "shapewright";

// Rejected programs of places as values, as in rejected.ts.

const images = input(["batch", 27, 28, 6]);
const x = input(["batch", 3]);

/** Pixels and channels. */
export const pixels = {
  "depthToSpace: dy dx channels of [batch, 27, 28, 6]: 6 is not a multiple of 4": () =>
    // @ts-expect-error
    depthToSpace(images, 2),
  "spaceToDepth: height dy of [batch, 27, 28, 6]: 27 is not a multiple of 2": () =>
    // @ts-expect-error
    spaceToDepth(images, 2),
  "depthToSpace: takes [batch, height, width, channels], got [batch, 3]": () =>
    // @ts-expect-error
    depthToSpace(x, 2),
  "spaceToDepth: takes [batch, height, width, channels], got [batch, 3]": () =>
    // @ts-expect-error
    spaceToDepth(x, 1),
};

/** Diagonals, and grids. */
export const diagonals = {
  "diag: takes a vector, got [batch, 3]": () =>
    // @ts-expect-error
    diag(x),
  "diag: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    diag(input([3], "bool")),
  "diagonal: axis 1 is out of range for [3] (rank 1: -1 to 0)": () =>
    // @ts-expect-error
    diagonal(input([3])),
  "diagonal: axis -1 of [batch, 3] is given twice": () =>
    // @ts-expect-error
    diagonal(x, 0, 1, -1),
  "diagonal: diagonal 3 is outside of the 2 rows and 3 columns of [2, 3]": () =>
    // @ts-expect-error
    diagonal(input([2, 3]), 3),
  "diagonal: diagonal -2 is outside of the 2 rows and 3 columns of [2, 3]": () =>
    // @ts-expect-error
    diagonal(input([2, 3]), -2),
  "diagonal: whether the batch rows or the 3 columns of [batch, 3] are fewer is not known": () =>
    // @ts-expect-error
    diagonal(x),
  "trace: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    trace(input([3, 3], "bool")),
  "trace: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    trace(x, 0, 1, 2),
  "meshgrid: takes a vector, got [batch, 3]": () =>
    // @ts-expect-error
    meshgrid([input([2]), x]),
};

/** Categories. */
export const categories = {
  "multiHot: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    multiHot(x, 20),
  "categoryEncoding: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    categoryEncoding(x, { numTokens: 20 }),
  "categoryEncoding: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    sequential(input([], "int32"), categoryEncoding({ numTokens: 20 })),
};

const board = input([8, 8, 12]);
const pairs = input(["pairs", 2], "int32");

/** Places along several axes. */
export const places = {
  "gatherNd: the indices [pairs, 4] name places along 4 axes, which [8, 8, 12] has not": () =>
    // @ts-expect-error
    gatherNd(board, input(["pairs", 4], "int32")),
  "gatherNd: the last axis of the indices [batch, k] has a name; a number says how many axes of [8, 8, 12] they name":
    () =>
      // @ts-expect-error
      gatherNd(board, input(["batch", "k"], "int32")),
  "gatherNd: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    gatherNd(board, input([3, 1])),
  "gatherNd: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    gatherNd(board, input([], "int32")),
  "scatter: the indices [pairs, 2] into [8, 8, 12] take values of [pairs, 12], got [pairs]": () =>
    // @ts-expect-error
    scatter(pairs, input(["pairs"]), [8, 8, 12]),
  "scatter: the indices [pairs, 2] name places along 2 axes, which [8] has not": () =>
    // @ts-expect-error
    scatter(pairs, input(["pairs"]), [8]),
  "scatter: the last axis of the indices [2, k] has a name; a number says how many axes of [8, 8] they name": () =>
    // @ts-expect-error
    scatter(input([2, "k"], "int32"), input([2]), [8, 8]),
  "scatter: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    scatter(pairs, input(["pairs"], "bool"), [8, 8]),
  "scatterUpdate: the indices [pairs, 2] into [8, 8, 12] take values of [pairs, 12], got [batch, 12]": () =>
    // @ts-expect-error
    scatterUpdate(board, pairs, input(["batch", 12])),
  "scatterUpdate: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    scatterUpdate(board, pairs, input(["pairs", 12], "int32")),
};

/** Order, and counts. */
export const counts = {
  "searchSorted: takes a vector, got [8, 8, 12]": () =>
    // @ts-expect-error
    searchSorted(board, board),
  "searchSorted: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    searchSorted(input([5]), pairs),
  "digitize: takes a vector, got [8, 8, 12]": () =>
    // @ts-expect-error
    digitize(board, board),
  "digitize: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    digitize(input([3], "bool"), input([5])),
  "isIn: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    isIn(board, pairs),
  "ptp: axis 3 is out of range for [8, 8, 12] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    ptp(board, { axis: 3 }),
  "bincount: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    bincount(board, 10),
  "bincount: [pairs, 2] and [pairs] differ in rank": () =>
    // @ts-expect-error
    bincount(pairs, 10, { weights: input(["pairs"]) }),
  "bincount: [pairs, 2] and [pairs, 3] differ on axis 1": () =>
    // @ts-expect-error
    bincount(pairs, 10, { weights: input(["pairs", 3]) }),
  "histogram: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    histogram(pairs, 10),
};

/** Places in no shape. */
export const unravelled = {
  "unravelIndex: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    unravelIndex(x, [2, 3]),
  'unravelIndex: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    unravelIndex(input(["batch"], "int32"), [2, 0]),
};
