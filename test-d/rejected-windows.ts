import {
  cast,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling3d,
  input,
  sequential,
} from "shapewright";

// Rejected programs of what moves windows over axes, as in rejected.ts.

const text = input(["batch", "time", 64]);
const image = input(["batch", 28, 28, 3]);

/** Pools over everything. */
export const globalPools = {
  "globalAveragePooling2d: takes [batch, height, width, channels], got [batch, time, 64]": () =>
    // @ts-expect-error
    globalAveragePooling2d(text),
  "globalAveragePooling2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    globalAveragePooling2d(cast(image, "int32")),
  "globalMaxPooling3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    globalMaxPooling3d(image, { keepDims: true }),
  "globalAveragePooling1d: takes [batch, time, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    sequential(image, globalAveragePooling1d()),
};
