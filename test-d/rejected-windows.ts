import {
  adaptiveAveragePooling1d,
  adaptiveAveragePooling3d,
  adaptiveMaxPooling2d,
  cast,
  conv1dTranspose,
  conv2dTranspose,
  conv3dTranspose,
  depthwiseConv1d,
  depthwiseConv2d,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling3d,
  input,
  resizeImages,
  resizing,
  separableConv1d,
  separableConv2d,
  sequential,
  upSampling1d,
  upSampling2d,
  upSampling3d,
  variable,
  zeros,
} from "shapewright";

// Rejected programs of what moves windows over axes, as in rejected.ts.

const text = input(["batch", "time", 64]);
const image = input(["batch", 28, 28, 3]);

/** Transposed convolutions. */
export const transposed = {
  "conv2dTranspose: takes [batch, height, width, channels], got [batch, time, 64]": () =>
    // @ts-expect-error
    conv2dTranspose(text, { filters: 8, kernelSize: 3 }),
  "conv1dTranspose: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    conv1dTranspose(cast(text, "int32"), { filters: 8, kernelSize: 3 }),
  "conv1dTranspose: nothing is left of axis time of size 1 (kernel 3, padding 2)": () =>
    // @ts-expect-error
    conv1dTranspose(input(["batch", 1, 64]), { filters: 8, kernelSize: 3, padding: 2 }),
  "conv2dTranspose: nothing is left of axis width of size 2 (kernel 2 with dilation 3, padding [4, 1])": () =>
    // @ts-expect-error
    conv2dTranspose(input(["batch", 2, 2, 64]), { filters: 8, kernelSize: 2, dilationRate: 3, padding: [1, [4, 1]] }),
  'conv3dTranspose: [batch, 8, 8, 8, channels]: the channels are a weight\'s size, so they are a number, not "channels"':
    () =>
      // @ts-expect-error
      conv3dTranspose(input(["batch", 8, 8, 8, "channels"]), { filters: 8, kernelSize: 3 }),
  "conv2dTranspose: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    conv2dTranspose(image, { filters: 8, kernelSize: 3, strides: 2, dilationRate: 2 }),
  "conv2dTranspose: outputPadding is 0 or more, and less than the stride, got [1, 2] with strides 2": () =>
    // @ts-expect-error
    conv2dTranspose(image, { filters: 8, kernelSize: 3, strides: 2, outputPadding: [1, 2] }),
  "conv1dTranspose: outputPadding is 0 or more, and less than the stride, got -1 with strides 1": () =>
    // @ts-expect-error
    conv1dTranspose(text, { filters: 8, kernelSize: 3, outputPadding: -1 }),
  'conv1dTranspose: nothing is left of axis time of size 1 (kernel 2, padding "same")': () =>
    // @ts-expect-error
    conv1dTranspose(input(["batch", 1, 4]), {
      filters: 8,
      kernelSize: 2,
      strides: 2,
      padding: "same",
      outputPadding: 0,
    }),
  "conv2dTranspose: strides are positive integers, got 0": () =>
    // @ts-expect-error
    conv2dTranspose(image, { filters: 8, kernelSize: 3, strides: 0 }),
  "conv1dTranspose: takes a filter [time, filters, channels], got [64, 8]": () =>
    // @ts-expect-error
    conv1dTranspose(text, variable("filter", [64, 8], zeros()), {}),
  "conv1dTranspose: [batch, time, 64] with filter [3, 64, 8]: 64 input channels ≠ 8 filter channels": () =>
    // @ts-expect-error
    conv1dTranspose(text, variable("filter", [3, 64, 8], zeros()), {}),
  "conv2dTranspose: takes [batch, height, width, channels], got [batch, 784]": () =>
    // @ts-expect-error
    sequential(input(["batch", 784]), conv2dTranspose({ filters: 8, kernelSize: 3 })),
};

/** Convolutions of each channel by itself. */
export const depthwise = {
  "depthwiseConv2d: takes [batch, height, width, channels], got [batch, time, 64]": () =>
    // @ts-expect-error
    depthwiseConv2d(text, { kernelSize: 3 }),
  "depthwiseConv2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    depthwiseConv2d(cast(image, "int32"), { kernelSize: 3 }),
  'depthwiseConv2d: kernel 29 is larger than axis width of size 28 (padding "valid")': () =>
    // @ts-expect-error
    depthwiseConv2d(image, { kernelSize: [3, 29] }),
  "depthwiseConv2d: depthMultiplier are positive integers, got 0": () =>
    // @ts-expect-error
    depthwiseConv2d(image, { kernelSize: 3, depthMultiplier: 0 }),
  'depthwiseConv1d: [batch, 8, channels]: the channels are a weight\'s size, so they are a number, not "channels"':
    () =>
      // @ts-expect-error
      depthwiseConv1d(input(["batch", 8, "channels"]), { kernelSize: 3 }),
  "depthwiseConv1d: takes a filter [time, channels, multiplier], got [3, 64]": () =>
    // @ts-expect-error
    depthwiseConv1d(text, variable("filter", [3, 64], zeros()), {}),
  "depthwiseConv2d: [batch, 28, 28, 3] with filter [3, 3, 1, 8]: 3 input channels ≠ 1 filter channels": () =>
    // @ts-expect-error
    depthwiseConv2d(image, variable("filter", [3, 3, 1, 8], zeros()), {}),
  "depthwiseConv2d: a filter is followed by options, which may be an empty record": () =>
    // @ts-expect-error
    depthwiseConv2d(image, variable("filter", [3, 3, 3, 8], zeros())),
  "separableConv2d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    separableConv2d(image, { filters: 8, kernelSize: 3, strides: 2, dilationRate: 2 }),
  "separableConv1d: takes a pointwise filter [1, 128, filters], got [1, 64, 8]": () =>
    // @ts-expect-error
    separableConv1d(text, variable("each", [3, 64, 2], zeros()), variable("mixed", [1, 64, 8], zeros())),
  "separableConv2d: takes a pointwise filter [1, 1, 3, filters], got [3, 3, 3, 8]": () =>
    // @ts-expect-error
    separableConv2d(image, variable("each", [3, 3, 3, 1], zeros()), variable("mixed", [3, 3, 3, 8], zeros())),
  "depthwiseConv2d: takes [batch, height, width, channels], got [batch, 784]": () =>
    // @ts-expect-error
    sequential(input(["batch", 784]), depthwiseConv2d({ kernelSize: 3 })),
};

/** Other sizes. */
export const sizes = {
  "upSampling1d: takes [batch, time, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    upSampling1d(image),
  "upSampling2d: size are positive integers, got [2, 0]": () =>
    // @ts-expect-error
    upSampling2d(image, { size: [2, 0] }),
  "upSampling2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    upSampling2d(cast(image, "int32")),
  "upSampling3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    sequential(image, upSampling3d()),
  "resizeImages: takes [batch, height, width, channels], got [batch, time, 64]": () =>
    // @ts-expect-error
    resizeImages(text, [32, 32]),
  'resizeImages: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    resizeImages(image, [32, 0]),
  'resizing: 2.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    resizing(image, { height: 2.5, width: 2 }),
};

/** Pools to a size. */
export const adaptivePools = {
  "adaptiveMaxPooling2d: takes [batch, height, width, channels], got [batch, time, 64]": () =>
    // @ts-expect-error
    adaptiveMaxPooling2d(text, { outputSize: 2 }),
  "adaptiveMaxPooling2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    adaptiveMaxPooling2d(cast(image, "int32"), { outputSize: 2 }),
  'adaptiveAveragePooling1d: axis time is divided into windows, so its size is a number, not "time"': () =>
    // @ts-expect-error
    adaptiveAveragePooling1d(text, { outputSize: 2 }),
  'adaptiveAveragePooling3d: axis height is divided into windows, so its size is a number, not "rows"': () =>
    // @ts-expect-error
    sequential(input(["batch", 4, "rows", 4, 1]), adaptiveAveragePooling3d({ outputSize: 2 })),
  "adaptiveMaxPooling2d: outputSize are positive integers, got [2, -1]": () =>
    // @ts-expect-error
    adaptiveMaxPooling2d(image, { outputSize: [2, -1] }),
};

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
