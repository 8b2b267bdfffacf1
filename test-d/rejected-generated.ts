import {
  activation,
  averagePool2d,
  bidirectional,
  conv1d,
  conv2d,
  dense,
  depthwiseConv2d,
  gather,
  groupNormalization,
  input,
  maxPool1d,
  maxPooling2d,
  prelu,
  relu,
  scaledDotProductAttention,
  sequential,
  softmax,
  sort,
  split,
  takeAlongAxis,
  tensordot,
  unstack,
} from "shapewright";

// Rejected programs that generated ones found to pass: see test/fuzz/types.

const scalar = input([]);
const image = input(["batch", 28, 28, 3]);

/** An axis that is left out, of a scalar. */
export const defaults = {
  "softmax: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    softmax(scalar),
  "sort: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    sort(scalar),
  "sort: axis 1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    sort(scalar, 1),
  "gather: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    gather(scalar, input([2], "int32")),
  "unstack: axis 0 of [batch, 3] has a name; only a number says how many tensors there are": () =>
    // @ts-expect-error
    unstack(input(["batch", 3])),
  "tensordot: 2 axes at the end of [3] and the beginning of [3, 3] are more than there are": () =>
    // @ts-expect-error
    tensordot(input([3]), input([3, 3])),
  "groupNormalization: 4 channels do not divide into 32 groups": () =>
    // @ts-expect-error
    groupNormalization(input(["batch", 4])),
  "split: sizes [] must be positive integers, of which one may be -1": () =>
    // @ts-expect-error
    split(image, [], 1),
};

/** What is said first of two shapes. */
export const first = {
  "takeAlongAxis: [2, 3, 4] and [3, 4] differ in rank": () =>
    // @ts-expect-error
    takeAlongAxis(input([2, 3, 4]), input([3, 4], "int32"), -1),
  "scaledDotProductAttention: [5, 4] and [6, 1, 4] differ in rank": () =>
    // @ts-expect-error
    scaledDotProductAttention(input([5, 4]), input([6, 1, 4]), input([6, 8])),
};

/** Windows. */
export const windows = {
  "conv1d: the sizes of a filter's windows are numbers, got [n, 3, 8]": () =>
    // @ts-expect-error
    conv1d(input(["batch", 9, 3]), input(["n", 3, 8]), {}),
  "conv2d: n filters do not divide into 3 groups": () =>
    // @ts-expect-error
    conv2d(image, input([3, 3, 1, "n"]), { groups: 3 }),
  "depthwiseConv2d: the multiplier is a number, got [3, 3, 3, n]": () =>
    // @ts-expect-error
    depthwiseConv2d(image, input([3, 3, 3, "n"]), {}),
  "maxPool1d: a window of 2 lies in the padding of [2, 0]": () =>
    // @ts-expect-error
    maxPool1d(input(["batch", 9, 3]), { padding: [2, 0] }),
  "averagePool2d: a window of 3 lies in the padding of [3, 3]": () =>
    // @ts-expect-error
    averagePool2d(image, { poolSize: 3, padding: [1, 3] }),
  "maxPooling2d: a window of 2 lies in the padding of [2, 2]": () =>
    // @ts-expect-error
    sequential(image, maxPooling2d({ padding: 2 })),
  "maxPooling2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    maxPooling2d(input(["batch", 28, 28, 3], "int32")),
};

/** Layers: one error for one mistake, on the option that is wrong. */
export const layers = {
  "conv2d: 6 filters do not divide into 4 groups": () =>
    // @ts-expect-error
    sequential(input(["batch", 28, 28, 4]), conv2d({ filters: 6, kernelSize: 3, groups: 4 })),
  "conv2d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    conv2d({ filters: 6, kernelSize: 3, strides: 2, dilationRate: 2 })(image),
  "bidirectional: takes lstm(), gru(), simpleRnn() or rnn(), got dense": () =>
    // @ts-expect-error
    sequential(input(["batch", 9, "n"]), bidirectional(dense({ units: 4 }))),
  "prelu: sharedAxes has 3, which is no axis of [batch, 5] behind the first: they count from 1": () =>
    // @ts-expect-error
    prelu(input(["batch", 5]), { sharedAxes: [1, 3] }),
  "activation: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sequential(input(["batch", 5], "int32"), activation(relu)),
};
