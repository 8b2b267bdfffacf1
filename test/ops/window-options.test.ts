import { expect, test } from "vitest";
import {
  adaptiveMaxPooling2d,
  averagePooling1d,
  conv1d,
  conv1dTranspose,
  conv2d,
  conv2dTranspose,
  conv3d,
  depthwiseConv2d,
  globalAveragePooling2d,
  input,
  maxPool2d,
  maxPooling1d,
  maxPooling2d,
  maxPooling3d,
  resizeImages,
  resizing,
  separableConv2d,
  upSampling2d,
} from "../../compiler/language.js";

// What types refuse, and what comes from where there are none. The rejected programs in test-d are refused here, too.

const image = input(["batch", 8, 8, 2]);
const sound = input(["batch", 8, 2]);

/** Calls a function as a program without types does. */
function call(f: (...args: never[]) => unknown, ...args: readonly unknown[]): unknown {
  return (f as (...args: readonly unknown[]) => unknown)(...args);
}

const refused: readonly [message: string, program: () => unknown][] = [
  [
    'conv2d: padding is "same", "valid" or a number of places, got "SAME"',
    () => call(conv2d, image, { filters: 1, kernelSize: 3, padding: "SAME" }),
  ],
  [
    'conv2d: padding is "same", "valid" or a number of places, got null',
    () => call(conv2d, image, { filters: 1, kernelSize: 3, padding: null }),
  ],
  [
    'conv2d: padding is "same", "valid" or a number of places, got -1',
    () => call(conv2d, image, { filters: 1, kernelSize: 3, padding: -1 }),
  ],
  [
    'conv2d: padding is "same", "valid" or a number of places, got [1,2,3]',
    () => call(conv2d, image, { filters: 1, kernelSize: 3, padding: [1, 2, 3] }),
  ],
  [
    'conv3d: padding is "same", "valid" or a number of places, got [1,[0.5,1],1]',
    () => call(conv3d, input(["batch", 4, 4, 4, 1]), { filters: 1, kernelSize: 3, padding: [1, [0.5, 1], 1] }),
  ],
  [
    'maxPooling2d: padding is "same", "valid" or a number of places, got "Same"',
    () => call(maxPooling2d, image, { padding: "Same" }),
  ],
  [
    'conv1d: strides are positive integers, got "2"',
    () => call(conv1d, sound, { filters: 1, kernelSize: 3, strides: "2" }),
  ],
  [
    "conv1d: strides are positive integers, got null",
    () => call(conv1d, sound, { filters: 1, kernelSize: 3, strides: null }),
  ],
  [
    "conv2d: kernelSize are one number or [height, width], got [3, 3, 3]",
    () => call(conv2d, image, { filters: 1, kernelSize: [3, 3, 3] }),
  ],
  [
    "maxPooling3d: poolSize are one number or [depth, height, width], got [2, 2]",
    () => call(maxPooling3d, input(["batch", 4, 4, 4, 1]), { poolSize: [2, 2] }),
  ],
  [
    "maxPool2d: a window of 2 lies in the padding of [2, 2]",
    () => call(maxPool2d, image, { poolSize: [3, 2], padding: 2 }),
  ],
  [
    "averagePooling1d: a window of 2 lies in the padding of [0, 3]",
    () => call(averagePooling1d, sound, { padding: [0, 3] }),
  ],
  [
    'conv1d: padding is "same", "valid", "causal" or a number of places, got ""',
    () => call(conv1d, sound, { filters: 1, kernelSize: 3, padding: "" }),
  ],
  [
    'conv2d: padding is "same", "valid" or a number of places, got "causal"',
    () => call(conv2d, image, { filters: 1, kernelSize: 3, padding: "causal" }),
  ],
  [
    'maxPooling1d: padding is "same", "valid" or a number of places, got "causal"',
    () => call(maxPooling1d, sound, { padding: "causal" }),
  ],
  [
    'conv1dTranspose: padding is "same", "valid" or a number of places, got "causal"',
    () => call(conv1dTranspose, sound, { filters: 1, kernelSize: 3, padding: "causal" }),
  ],
  [
    'conv2dTranspose: no option is named "groups"; there are name, trainable, activityRegularizer, activation, useBias, ' +
      "biasInitializer, biasRegularizer, biasConstraint, kernelInitializer, kernelRegularizer, kernelConstraint, " +
      "kernelSize, strides, padding, dilationRate, outputPadding, filters",
    () => call(conv2dTranspose, image, { filters: 1, kernelSize: 3, groups: 2 }),
  ],
  [
    'conv2dTranspose: outputPadding is 0 or more, and less than the stride, got ["1", null] with strides 2',
    () => call(conv2dTranspose, image, { filters: 1, kernelSize: 3, strides: 2, outputPadding: ["1", null] }),
  ],
  [
    "conv2dTranspose: outputPadding are one number or [height, width], got [0, 1, 0]",
    () => call(conv2dTranspose, image, { filters: 1, kernelSize: 3, strides: 2, outputPadding: [0, 1, 0] }),
  ],
  [
    "conv2dTranspose: filters is 1.5, but must be a positive integer",
    () => call(conv2dTranspose, image, { filters: 1.5, kernelSize: 3 }),
  ],
  [
    "conv2dTranspose: a filter is followed by options, which may be an empty record",
    () => call(conv2dTranspose, image, input([3, 3, 1, 2])),
  ],
  [
    "conv2dTranspose: dilations are positive integers, got NaN",
    () => call(conv2dTranspose, image, input([3, 3, 1, 2]), { dilations: NaN }),
  ],
  [
    "depthwiseConv2d: depthMultiplier are positive integers, got null",
    () => call(depthwiseConv2d, image, { kernelSize: 3, depthMultiplier: null }),
  ],
  [
    "depthwiseConv2d: depthMultiplier are one number or [time], got [1, 2]",
    () => call(depthwiseConv2d, image, { kernelSize: 3, depthMultiplier: [1, 2] }),
  ],
  [
    "depthwiseConv2d: the multiplier is a number, got [3, 3, 2, m]",
    () => call(depthwiseConv2d, image, input([3, 3, 2, "m"]), {}),
  ],
  [
    'separableConv2d: padding is "same", "valid" or a number of places, got "causal"',
    () => call(separableConv2d, image, { filters: 1, kernelSize: 3, padding: "causal" }),
  ],
  [
    "separableConv2d: filters is undefined, but must be a positive integer",
    () => call(separableConv2d, image, { kernelSize: 3 }),
  ],
  [
    'upSampling2d: interpolation is "cubic", but must be "nearest", "bilinear" or "bicubic"',
    () => call(upSampling2d, image, { interpolation: "cubic" }),
  ],
  [
    "upSampling2d: size are one number or [height, width], got [1, 2, 3]",
    () => call(upSampling2d, image, { size: [1, 2, 3] }),
  ],
  ["resizeImages: size is [height, width], got [8]", () => call(resizeImages, image, [8])],
  ['resizeImages: a shape is an array of dims, such as ["batch", 10], got 8', () => call(resizeImages, image, 8)],
  [
    'resizeImages: interpolation is null, but must be "nearest", "bilinear" or "bicubic"',
    () => call(resizeImages, image, [8, 8], { interpolation: null }),
  ],
  [
    'resizing: undefined is not a dim; write a positive integer, or a name such as "batch"',
    () => call(resizing, image, { height: 8 }),
  ],
  [
    "adaptiveMaxPooling2d: outputSize are positive integers, got null",
    () => call(adaptiveMaxPooling2d, image, { outputSize: null }),
  ],
  [
    "adaptiveMaxPooling2d: outputSize is missing; write { outputSize: 3 }, or a number for each axis",
    () => call(adaptiveMaxPooling2d, image, {}),
  ],
  [
    "globalAveragePooling2d: keepDims is 1, but must be true or false",
    () => call(globalAveragePooling2d, image, { keepDims: 1 }),
  ],
  [
    'globalAveragePooling2d: no option is named "keepdims"; did you mean "keepDims"?',
    () => call(globalAveragePooling2d, image, { keepdims: true }),
  ],
];

test.each(refused)("%s", (message, program) => {
  expect(program).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
});
