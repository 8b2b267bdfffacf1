import {
  categoryEncoding,
  depthToSpace,
  diag,
  diagonal,
  input,
  meshgrid,
  multiHot,
  sequential,
  spaceToDepth,
  trace,
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
  "diagonal: whether the batch rows or the 3 columns of [batch, 3] are fewer is not known, so its diagonal has no size":
    () =>
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
