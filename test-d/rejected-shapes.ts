import {
  concat,
  cropping1d,
  cropping2d,
  cropping3d,
  type Dim,
  ensureShape,
  input,
  maxPooling2d,
  pad,
  reshape,
  sequential,
  type Tensor,
  upSampling2d,
  zeroPadding1d,
  zeroPadding2d,
} from "shapewright";

// Rejected programs of what moves elements about, as in rejected.ts.

const three = input([3]);
const image = input(["batch", 28, 28, 3]);
const mask = input(["batch", 28, 28, 3], "bool");

/** What stands around a tensor. */
export const padding = {
  "pad: reflect gives axis 0 of [3] 2 more elements on a side at most, got [0, 3]": () =>
    // @ts-expect-error
    pad(three, [[0, 3]], "reflect"),
  "pad: symmetric gives axis 0 of [3] 3 more elements on a side at most, got [4, 0]": () =>
    // @ts-expect-error
    pad(three, [[4, 0]], "symmetric"),
  "pad: [batch, 28, 28, 3] takes 4 pairs of paddings, got 1": () =>
    // @ts-expect-error
    pad(image, [[1, 1]], "reflect"),
  'pad: value is 1.5, but must be an integer of int32, "reflect" or "symmetric"': () =>
    // @ts-expect-error
    pad(input([3], "int32"), [[1, 1]], 1.5),
  "pad: axis 0 of [3] cannot be padded by [1, -1]": () =>
    // @ts-expect-error
    pad(three, [[1, -1]], "symmetric"),
};

/** Layers that put zeros around or cut edges off. */
export const edges = {
  "zeroPadding1d: takes [batch, time, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    zeroPadding1d(image),
  "zeroPadding2d: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    zeroPadding2d(mask),
  "zeroPadding2d: takes [batch, height, width, channels], got [3]": () =>
    // @ts-expect-error
    sequential(three, zeroPadding2d()),
  "cropping2d: cropping [20, 8] leaves nothing of axis height of size 28": () =>
    // @ts-expect-error
    cropping2d(image, { cropping: [[20, 8], 0] }),
  "cropping2d: cropping 14 leaves nothing of axis width of size 28": () =>
    // @ts-expect-error
    sequential(image, cropping2d({ cropping: [13, 14] })),
  "cropping1d: cropping 1 leaves nothing of axis time of size 2": () =>
    // @ts-expect-error
    cropping1d(input(["batch", 2, 8])),
  "cropping3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    cropping3d(image),
  "reshape: [batch, 28, 28, 3] has batch*2352 elements, [28, 84] has 2352": () =>
    // @ts-expect-error
    sequential(image, reshape([28, 84])),
};

/** Promises about shapes. */
export const ensured = {
  "ensureShape: [batch, 28, 28, 3] cannot be [batch, 28, 27, 3]": () =>
    // @ts-expect-error
    ensureShape(image, ["batch", 28, 27, 3]),
  "ensureShape: [3] cannot be [3, 1]": () =>
    // @ts-expect-error
    ensureShape(three, [3, 1]),
  'ensureShape: -1 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    ensureShape(image, [-1, 28, 28, 3]),
};

/** What calculates a size, where a name is wanted, and a number as text. */
export const calculated = {
  'input: "10" is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    input(["batch", "10"]),
  'input: "m*2" is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    input(["batch", "m*2"]),
};

/** What need not fit for every size in a generic function: TypeScript names what it asks. */
export const inTypeScriptsWords = {
  "& MustJoin<": () => {
    const level = <B extends Dim, H extends Dim, W extends Dim, C extends number>(x: Tensor<[B, H, W, C]>) => {
      const up = upSampling2d(maxPooling2d(x, { poolSize: 2 }), { size: 2 });
      // @ts-expect-error
      return concat([x, up], -1);
    };
    return level;
  },
};
