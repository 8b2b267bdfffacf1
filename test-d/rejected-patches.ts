import {
  correlate,
  elasticTransform,
  extractPatches,
  extractPatches3d,
  fold,
  input,
  nextAfter,
  randomKey,
} from "shapewright";

// Rejected programs of what takes patches of volumes, puts patches together, moves signals along one another and pulls images about, as in rejected.ts.

const image = input(["batch", 28, 28, 3]);
const patches = input(["batch", 4, 4, 147]);
const volume = input(["batch", 8, 16, 16, 3]);
const bytes = input(["batch", 28, 28, 3], "uint8");
const signal = input(["time"]);
const key = randomKey(0);

/** Patches. */
export const ofPatches = {
  "extractPatches3d: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    extractPatches3d(input(["batch", 8, 8, 8, 1], "uint8"), 2),
  "extractPatches3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    extractPatches3d(image, 2),
  'extractPatches3d: kernel 9 is larger than axis depth of size 8 (padding "valid")': () =>
    // @ts-expect-error
    extractPatches3d(volume, 9),
  "extractPatches3d: size are positive integers, got [2, 0, 2]": () =>
    // @ts-expect-error
    extractPatches3d(volume, [2, 0, 2]),
  "extractPatches3d: strides are positive integers, got 0": () =>
    // @ts-expect-error
    extractPatches3d(volume, 2, { strides: 0 }),
  "fold: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    fold(bytes, [28, 28], 1),
  "fold: takes [batch, height, width, channels], got [batch, 28, 28]": () =>
    // @ts-expect-error
    fold(input(["batch", 28, 28]), [28, 28], 1),
  "fold: [batch, 4, 4, 147] and [batch, 5, 4, 147] differ on axis 1": () =>
    // @ts-expect-error
    fold(input(["batch", 5, 4, 147]), [28, 28], 7),
  "fold: [batch, 4, 4, 147] and [batch, 4, 4, 150] differ on axis 3": () =>
    // @ts-expect-error
    fold(input(["batch", 4, 4, 150]), [28, 28], 7),
  "fold: [batch, 22, 22, 147] and [batch, 4, 4, 147] differ on axis 1": () =>
    // @ts-expect-error
    fold(extractPatches(image, 7), [28, 28], 7, { strides: 1 }),
  'fold: kernel 7 is larger than axis height of size 6 (padding "valid")': () =>
    // @ts-expect-error
    fold(patches, [6, 28], 7),
  'fold: -1 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    fold(patches, [28, -1], 7),
  "fold: size are positive integers, got 0": () =>
    // @ts-expect-error
    fold(patches, [28, 28], 0),
  "fold: strides are positive integers, got [1, 0]": () =>
    // @ts-expect-error
    fold(patches, [28, 28], 7, { strides: [1, 0] }),
};

/** Signals and numbers. */
export const ofSignals = {
  "correlate: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    correlate(input(["time"], "int32"), input([3])),
  "correlate: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    correlate(signal, input([3], "bool")),
  "correlate: takes a vector, got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    correlate(image, input([3])),
  "correlate: takes a vector, got [3, 3]": () =>
    // @ts-expect-error
    correlate(signal, input([3, 3])),
  "correlate: the sizes of a filter's windows are numbers, got [steps]": () =>
    // @ts-expect-error
    correlate(signal, input(["steps"])),
  "nextAfter: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    nextAfter(input([3], "int32"), input([3], "int32")),
  "nextAfter: dtypes float32 and bool differ; use cast() on one of them": () =>
    // @ts-expect-error
    nextAfter(input([3]), input([3], "bool")),
  "nextAfter: [8] and [3] do not broadcast: axis 0 is 8 and 3": () =>
    // @ts-expect-error
    nextAfter(input([8]), input([3])),
  "nextAfter: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    nextAfter(1, 2),
  "nextAfter: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    nextAfter(input([3], "int32"), 0.5),
  "nextAfter: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    nextAfter(input([3], "int32"), 3e9),
};

/** Images that are pulled about. */
export const pulled = {
  "elasticTransform: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    elasticTransform(bytes, key),
  "elasticTransform: takes [batch, height, width, channels], got [time]": () =>
    // @ts-expect-error
    elasticTransform(signal, key),
  "elasticTransform: alpha is -1, but must be a number in [0, Infinity)": () =>
    // @ts-expect-error
    elasticTransform(image, key, { alpha: -1 }),
  "elasticTransform: sigma is 0, but must be a positive number of float32": () =>
    // @ts-expect-error
    elasticTransform(image, key, { sigma: 0 }),
};
