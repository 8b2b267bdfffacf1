import {
  adaptiveAveragePooling1d,
  adaptiveAveragePooling2d,
  adaptiveAveragePooling3d,
  adaptiveMaxPooling1d,
  adaptiveMaxPooling2d,
  adaptiveMaxPooling3d,
  averagePool1d,
  averagePool2d,
  averagePool3d,
  averagePooling1d,
  averagePooling2d,
  averagePooling3d,
  broadcastTo,
  centerCrop,
  constant,
  conv1d,
  conv1dTranspose,
  conv2d,
  conv2dTranspose,
  conv3d,
  conv3dTranspose,
  convLstm1d,
  convLstm2d,
  convLstm3d,
  cropping1d,
  cropping2d,
  cropping3d,
  depthwiseConv1d,
  depthwiseConv2d,
  extractPatches,
  globalAveragePooling1d,
  globalAveragePooling3d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  globalMaxPooling3d,
  input,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  maxPooling1d,
  maxPooling2d,
  maxPooling3d,
  randomBrightness,
  randomContrast,
  randomCrop,
  randomRotation,
  randomTranslation,
  resizeImages,
  resizing,
  separableConv1d,
  separableConv2d,
  upSampling1d,
  upSampling2d,
  upSampling3d,
  zeroPadding1d,
  zeroPadding3d,
} from "shapewright";

// Rejected programs of windows and images, as in rejected.ts: each function with each of its messages that no other file has.

export const each = {
  "adaptiveAveragePooling1d: outputSize are positive integers, got -1": () =>
    // @ts-expect-error
    adaptiveAveragePooling1d({ outputSize: -1 })(input([2, 8, 4])),
  "adaptiveAveragePooling1d: takes [batch, time, channels], got []": () =>
    // @ts-expect-error
    adaptiveAveragePooling1d(input([]), { outputSize: [1] }),
  "adaptiveAveragePooling1d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    adaptiveAveragePooling1d(input([2, 3], "bool"), { outputSize: 3 }),
  'adaptiveAveragePooling2d: axis height is divided into windows, so its size is a number, not "h"': () =>
    // @ts-expect-error
    adaptiveAveragePooling2d(input([2, "h", 1, 3]), { outputSize: 2 }),
  "adaptiveAveragePooling2d: outputSize are positive integers, got 0": () =>
    // @ts-expect-error
    adaptiveAveragePooling2d({ outputSize: 0 })(input([2, 8, 8, 8])),
  "adaptiveAveragePooling2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    adaptiveAveragePooling2d({ outputSize: 3 })(input([2, "n"], "int32")),
  "adaptiveAveragePooling3d: outputSize are positive integers, got 1e+21": () =>
    // @ts-expect-error
    adaptiveAveragePooling3d({ outputSize: 1e21 })(input(["batch", 5, 1, 28, 4])),
  "adaptiveAveragePooling3d: takes [batch, depth, height, width, channels], got []": () =>
    // @ts-expect-error
    adaptiveAveragePooling3d({ outputSize: 3 })(input([])),
  "adaptiveAveragePooling3d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    adaptiveAveragePooling3d({ outputSize: 2 })(input([6], "int32")),
  'adaptiveMaxPooling1d: axis time is divided into windows, so its size is a number, not "w"': () =>
    // @ts-expect-error
    adaptiveMaxPooling1d(input([2, "w", 4]), { outputSize: 2 }),
  "adaptiveMaxPooling1d: outputSize are positive integers, got 0": () =>
    // @ts-expect-error
    adaptiveMaxPooling1d(input(["batch", 1, 4]), { outputSize: 0 }),
  "adaptiveMaxPooling1d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    adaptiveMaxPooling1d(input([2, 7, 4], "bool"), { outputSize: 3 }),
  'adaptiveMaxPooling2d: axis height is divided into windows, so its size is a number, not "h"': () =>
    // @ts-expect-error
    adaptiveMaxPooling2d({ outputSize: 3 })(input([2, "h", 2, 1])),
  'adaptiveMaxPooling3d: axis height is divided into windows, so its size is a number, not "h"': () =>
    // @ts-expect-error
    adaptiveMaxPooling3d({ outputSize: 2 })(input([2, 2, "h", 7, 4])),
  "adaptiveMaxPooling3d: outputSize are positive integers, got 0": () =>
    // @ts-expect-error
    adaptiveMaxPooling3d({ outputSize: 0 })(input([2, 28, 5, 7, 8])),
  "adaptiveMaxPooling3d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    adaptiveMaxPooling3d({ outputSize: 2 })(input([], "bool")),
  "averagePool1d: a window of 2 lies in the padding of [3, 3]": () =>
    // @ts-expect-error
    averagePool1d(input([2, 7, 1]), { padding: 3 }),
  'averagePool1d: kernel 2 is larger than axis time of size 1 (padding "valid")': () =>
    // @ts-expect-error
    averagePool1d(input([2, 1, 1])),
  'averagePool1d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    averagePool1d(input(["batch", 8, 4]), { padding: -1 }),
  "averagePool1d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    averagePool1d(input(["batch", 8, 4]), { poolSize: 0 }),
  "averagePool1d: strides are positive integers, got 1.5": () =>
    // @ts-expect-error
    averagePool1d(input([2, 5, 4]), { strides: 1.5 }),
  "averagePool1d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    averagePool1d(input([2, 8, 4], "int32")),
  'averagePool2d: kernel 2 is larger than axis height of size 1 (padding "valid")': () =>
    // @ts-expect-error
    averagePool2d(input([2, 1, 7, 4])),
  'averagePool2d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    averagePool2d(input(["batch", 8, 8, 4]), { padding: -1 }),
  "averagePool2d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    averagePool2d(broadcastTo(constant(0), ["batch", "h+1", 7, 8]), { poolSize: 0 }),
  "averagePool2d: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    averagePool2d(input([2, 7, "h", 4], "uint8")),
  "averagePool3d: a window of 2 lies in the padding of [2, 2]": () =>
    // @ts-expect-error
    averagePool3d(input([2, 28, 2, 5, "c"]), { padding: 2 }),
  'averagePool3d: kernel 2 is larger than axis depth of size 1 (padding "valid")': () =>
    // @ts-expect-error
    averagePool3d(input([2, 1, 5, 7, 3])),
  'averagePool3d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    averagePool3d(input(["batch", 8, 8, 8, 4]), { padding: -1 }),
  "averagePool3d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    averagePool3d(input(["batch", 8, 8, 8, 4]), { poolSize: 0 }),
  "averagePool3d: strides are positive integers, got 0": () =>
    // @ts-expect-error
    averagePool3d(input(["batch", 28, "h", 5, 3]), { strides: 0 }),
  "averagePool3d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    averagePool3d(input([2], "bool")),
  "averagePooling1d: a window of 2 lies in the padding of [3, 3]": () =>
    // @ts-expect-error
    averagePooling1d({ padding: 3 })(input([2, "w", 1])),
  'averagePooling1d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    averagePooling1d(input(["batch", 8, 4]), { padding: -1 }),
  "averagePooling1d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    averagePooling1d(input(["batch", 8, 4]), { poolSize: 0 }),
  "averagePooling1d: strides are positive integers, got 0": () =>
    // @ts-expect-error
    averagePooling1d(input([2, "w", 4]), { strides: 0 }),
  "averagePooling1d: takes [batch, time, channels], got [3]": () =>
    // @ts-expect-error
    averagePooling1d(input([3])),
  "averagePooling1d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    averagePooling1d()(input([2], "int32")),
  "averagePooling2d: a window of 2 lies in the padding of [2, 2]": () =>
    // @ts-expect-error
    averagePooling2d(input(["batch", 5, 7, 4]), { padding: 2 }),
  'averagePooling2d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    averagePooling2d(input(["batch", 8, 8, 4]), { padding: -1 }),
  "averagePooling2d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    averagePooling2d(input(["batch", 8, 8, 4]), { poolSize: 0 }),
  "averagePooling2d: takes [batch, height, width, channels], got [2]": () =>
    // @ts-expect-error
    averagePooling2d(input([2])),
  "averagePooling2d: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    averagePooling2d(input([2, 2, "h", 3], "uint8")),
  "averagePooling3d: a window of 2 lies in the padding of [2, 2]": () =>
    // @ts-expect-error
    averagePooling3d({ padding: [2, 1, 3] })(input([2, 7, 2, 1, 8])),
  'averagePooling3d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    averagePooling3d(input(["batch", 8, 8, 8, 4]), { padding: -1 }),
  "averagePooling3d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    averagePooling3d(input(["batch", 8, 8, 8, 4]), { poolSize: 0 }),
  "averagePooling3d: takes [batch, depth, height, width, channels], got []": () =>
    // @ts-expect-error
    averagePooling3d(input([])),
  "averagePooling3d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    averagePooling3d(input([2, 1, 7, 7, 3], "int32")),
  "centerCrop: takes [batch, height, width, channels], got []": () =>
    // @ts-expect-error
    centerCrop(input([]), { height: "h", width: 9 }),
  "centerCrop: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    centerCrop({ height: 4, width: 9 })(input([2, 7, 7, 4], "uint8")),
  'conv1d: [batch, 8, c]: the channels are a weight\'s size, so they are a number, not "c"': () =>
    // @ts-expect-error
    conv1d({ filters: 8, kernelSize: 2, groups: 1 })(input(["batch", 8, "c"])),
  "conv1d: filters is 0, but must be a positive integer": () =>
    // @ts-expect-error
    conv1d(input(["batch", 8, 4]), { filters: 0, kernelSize: 3 }),
  "conv1d: groups are positive integers, got -3": () =>
    // @ts-expect-error
    conv1d(input(["batch", 8, 4]), input([3, 4, 2]), { groups: -3 }),
  "conv1d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    conv1d(input([2, 8, 8]), input([2, 8, 8]), { strides: [3], dilations: [2], groups: 1 }),
  "conv1d: strides are positive integers, got 0": () =>
    // @ts-expect-error
    conv1d(input(["batch", 8, 4]), input([3, 4, 2]), { strides: 0 }),
  "conv1d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    conv1d(input(["batch", 8, 3], "bool"), input([6]), {}),
  'conv1dTranspose: [batch, w, c]: the channels are a weight\'s size, so they are a number, not "c"': () =>
    // @ts-expect-error
    conv1dTranspose({ filters: 8, kernelSize: 1 })(input(["batch", "w", "c"])),
  "conv1dTranspose: a filter is followed by options, which may be an empty record": () =>
    // @ts-expect-error
    conv1dTranspose(input(["batch", 8, 4]), input([3, 2, 4])),
  'conv1dTranspose: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    conv1dTranspose(input(["batch", 8, 4]), input([3, 2, 4]), { padding: -1 }),
  "conv1dTranspose: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    conv1dTranspose(input(["batch", 8, 4]), input([2, 8, 4]), { strides: 3, dilations: 2 }),
  "conv1dTranspose: strides are positive integers, got -1": () =>
    // @ts-expect-error
    conv1dTranspose(input(["batch", 7, 1]), input([2, 6, 1]), { strides: -1 }),
  "conv1dTranspose: takes [batch, time, channels], got [n, 8]": () =>
    // @ts-expect-error
    conv1dTranspose(input(["n", 8]), input([5, 4, 8]), {}),
  "conv1dTranspose: the sizes of a filter's windows are numbers, got [n, 6, 4]": () =>
    // @ts-expect-error
    conv1dTranspose(input([2, 2, 4]), input(["n", 6, 4]), {}),
  "conv2d: filters is 0, but must be a positive integer": () =>
    // @ts-expect-error
    conv2d(input(["batch", 8, 8, 4]), { filters: 0, kernelSize: 3 }),
  "conv2d: the sizes of a filter's windows are numbers, got [4, n, 4, 6]": () =>
    // @ts-expect-error
    conv2d(input([2, 1, 5, 8]), input([4, "n", 4, 6]), { padding: 0, groups: 2 }),
  'conv2dTranspose: [2, 2, 5, c]: the channels are a weight\'s size, so they are a number, not "c"': () =>
    // @ts-expect-error
    conv2dTranspose({ filters: 8, kernelSize: 3, useBias: true })(input([2, 2, 5, "c"])),
  "conv2dTranspose: [2, 2, 7, c] with filter [2, 2, 6, 3]: c input channels ≠ 3 filter channels": () =>
    // @ts-expect-error
    conv2dTranspose(input([2, 2, 7, "c"]), input([2, 2, 6, 3]), {}),
  "conv2dTranspose: a filter is followed by options, which may be an empty record": () =>
    // @ts-expect-error
    conv2dTranspose(input(["batch", 8, 8, 4]), input([3, 3, 2, 4])),
  "conv2dTranspose: filters is 0, but must be a positive integer": () =>
    // @ts-expect-error
    conv2dTranspose(input(["batch", 8, 8, 4]), { filters: 0, kernelSize: 3 }),
  'conv2dTranspose: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    conv2dTranspose(input(["batch", 8, 8, 4]), input([3, 3, 2, 4]), { padding: -1 }),
  "conv2dTranspose: takes a filter [height, width, filters, channels], got [6, 4]": () =>
    // @ts-expect-error
    conv2dTranspose(input([2, 5, 5, 4]), input([6, 4]), {}),
  "conv2dTranspose: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    conv2dTranspose(input([], "bool"), { filters: 4, kernelSize: 2 }),
  "conv2dTranspose: the sizes of a filter's windows are numbers, got [1, m, 8, 4]": () =>
    // @ts-expect-error
    conv2dTranspose(input([2, 1, 5, 4]), input([1, "m", 8, 4]), {}),
  'conv3d: [2, 5, 5, 28, c]: the channels are a weight\'s size, so they are a number, not "c"': () =>
    // @ts-expect-error
    conv3d(input([2, 5, 5, 28, "c"]), { filters: 6, kernelSize: 5, groups: 4 }),
  "conv3d: [batch, 7, 2, w, 1] with filter [1, 6, 3, 4, 6]: 1 input channels ≠ 4 filter channels": () =>
    // @ts-expect-error
    conv3d(input(["batch", 7, 2, "w", 1]), input([1, 6, 3, 4, 6]), {}),
  "conv3d: f filters do not divide into 2 groups": () =>
    // @ts-expect-error
    conv3d(input([2, "w", 28, 1, 8]), input([3, 5, 1, 4, "f"]), { groups: 2 }),
  "conv3d: filters is 0, but must be a positive integer": () =>
    // @ts-expect-error
    conv3d(input(["batch", 8, 8, 8, 4]), { filters: 0, kernelSize: 3 }),
  "conv3d: groups are positive integers, got -3": () =>
    // @ts-expect-error
    conv3d(input(["batch", 8, 8, 8, 4]), input([3, 3, 3, 4, 2]), { groups: -3 }),
  'conv3d: kernel 5 is larger than axis height of size 1 (padding "valid")': () =>
    // @ts-expect-error
    conv3d(input([2, "w", 1, 2, 8]), input([5, 5, 1, 8, 6]), {}),
  'conv3d: padding is "same", "valid" or a number of places, got -0.5': () =>
    // @ts-expect-error
    conv3d({ filters: 8, kernelSize: [1, 1, 5], strides: [1, 2, 3], padding: -0.5 })(input(["batch", "w", "w", 1, 1])),
  "conv3d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    conv3d(input([2, "h", 5, "h", 8]), input([1, 3, 5, 8, "f"]), { strides: 2, dilations: 2, groups: 1 }),
  "conv3d: strides are positive integers, got 0": () =>
    // @ts-expect-error
    conv3d(input(["batch", 8, 8, 8, 4]), input([3, 3, 3, 4, 2]), { strides: 0 }),
  "conv3d: takes a filter [depth, height, width, channels, filters], got [1, 1, 4]": () =>
    // @ts-expect-error
    conv3d(input([2, 1, 5, 28, 1]), input([1, 1, 4]), { groups: 1 }),
  "conv3d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    conv3d(input([2, 2, 5, 2, 8], "bool"), input([1, 3, 8, 8]), { padding: 2 }),
  "conv3d: the sizes of a filter's windows are numbers, got [m+1, 1, 2, 8, 4]": () =>
    // @ts-expect-error
    conv3d(input([2, 8, 2, "h", 8]), broadcastTo(constant(0), ["m+1", 1, 2, 8, 4]), {}),
  "conv3dTranspose: [2, 1, 7, 8, 4] with filter [1, 5, 1, 6, 6]: 4 input channels ≠ 6 filter channels": () =>
    // @ts-expect-error
    conv3dTranspose(input([2, 1, 7, 8, 4]), input([1, 5, 1, 6, 6]), {}),
  "conv3dTranspose: a filter is followed by options, which may be an empty record": () =>
    // @ts-expect-error
    conv3dTranspose(input(["batch", 8, 8, 8, 4]), input([3, 3, 3, 2, 4])),
  "conv3dTranspose: filters is 0, but must be a positive integer": () =>
    // @ts-expect-error
    conv3dTranspose(input(["batch", 8, 8, 8, 4]), { filters: 0, kernelSize: 3 }),
  "conv3dTranspose: filters is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    conv3dTranspose(input(["batch", 2, "w", 7, 8]), { filters: 1.5, kernelSize: 3, strides: 2, useBias: true }),
  "conv3dTranspose: nothing is left of axis width of size 2 (kernel 1, padding 1)": () =>
    // @ts-expect-error
    conv3dTranspose(input([2, 2, 1, 2, 1]), input([3, 3, 1, 4, 1]), { padding: 1 }),
  "conv3dTranspose: outputPadding is 0 or more, and less than the stride, got 2 with strides 1": () =>
    // @ts-expect-error
    conv3dTranspose(input([2, 2, 5, 2, 3]), input([2, 3, 1, 8, 3]), { outputPadding: 2 }),
  'conv3dTranspose: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    conv3dTranspose(input(["batch", 8, 8, 8, 4]), input([3, 3, 3, 2, 4]), { padding: -1 }),
  'conv3dTranspose: padding is "same", "valid" or a number of places, got -3': () =>
    // @ts-expect-error
    conv3dTranspose(input([2, "w", "w", "w", 4]), input([3, 3, 1, 8, 4]), { padding: -3 }),
  "conv3dTranspose: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    conv3dTranspose(input([2, 8, 5, 28, 3]), input([3, 5, 1, "f", 3]), { strides: 3, dilations: 2 }),
  "conv3dTranspose: strides are positive integers, got 0": () =>
    // @ts-expect-error
    conv3dTranspose(input([2, 5, 1, 8, 4]), input([2, 1, 3, 6, 4]), { strides: 0 }),
  "conv3dTranspose: takes [batch, depth, height, width, channels], got [3]": () =>
    // @ts-expect-error
    conv3dTranspose(input([3]), input([2, 1, 3, 8, 3]), {}),
  "conv3dTranspose: takes a filter [depth, height, width, filters, channels], got [2, f, 4]": () =>
    // @ts-expect-error
    conv3dTranspose(input([2, 8, 7, 2, 4]), input([2, "f", 4]), {}),
  "conv3dTranspose: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    conv3dTranspose(input([2, 5, 28, 2, 8], "bool"), input([3, 8, 8]), {}),
  "conv3dTranspose: the sizes of a filter's windows are numbers, got [5, n, 3, 8, 8]": () =>
    // @ts-expect-error
    conv3dTranspose(input([2, "h", 8, 5, 8]), input([5, "n", 3, 8, 8]), {}),
  "convLstm1d: filters is -3, but must be a positive integer": () =>
    // @ts-expect-error
    convLstm1d({ filters: -3, kernelSize: 2 }),
  'convLstm1d: padding is "same", "valid", "causal" or a number of places, got -1': () =>
    // @ts-expect-error
    convLstm1d(input([3, 3, 3, 2]), { filters: 3, kernelSize: 2, strides: 2, padding: -1, returnSequences: false }),
  "convLstm1d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    convLstm1d({ filters: 2, kernelSize: 2, strides: 2, dilationRate: 2 })(input([3, 2, 6, 4])),
  "convLstm1d: strides are positive integers, got 2.5": () =>
    // @ts-expect-error
    convLstm1d({ filters: 2, kernelSize: 1, strides: 2.5, padding: "same" })(input(["m", "m", 4, 2])),
  "convLstm1d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    convLstm1d({ filters: 2, kernelSize: 2, padding: 1, returnSequences: true })(input([2, 2, 3, "m"], "bool")),
  'convLstm2d: [6, 1, n*2, m, n]: the channels are a weight\'s size, so they are a number, not "n"': () =>
    // @ts-expect-error
    convLstm2d(broadcastTo(constant(0), [6, 1, "n*2", "m", "n"]), { filters: 2, kernelSize: 2, padding: "valid" }),
  'convLstm2d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    convLstm2d(input(["batch", 5, 8, 8, 4]), { filters: 2, kernelSize: 3, padding: -1 }),
  "convLstm2d: strides are positive integers, got 0": () =>
    // @ts-expect-error
    convLstm2d({ filters: 3, kernelSize: 2, strides: 0, returnSequences: true })(input([2, 2, "m", 2, 8])),
  'convLstm3d: [2, n, 3, 6, m, n]: the channels are a weight\'s size, so they are a number, not "n"': () =>
    // @ts-expect-error
    convLstm3d(input([2, "n", 3, 6, "m", "n"]), { filters: 3, kernelSize: 2, strides: [2, 2, 2], padding: 1 }),
  "convLstm3d: filters is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    convLstm3d(input([3, 1, 2, 3, 4, 2]), { filters: 1.5, kernelSize: 1 }),
  'convLstm3d: kernel 2 with dilation 2 is larger than axis height of size 2 (padding "valid")': () =>
    // @ts-expect-error
    convLstm3d(input([6, 1, 4, 2, 4, 3]), { filters: 3, kernelSize: 2, dilationRate: 2 }),
  'convLstm3d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    convLstm3d(input(["batch", 5, 8, 8, 8, 4]), { filters: 2, kernelSize: 3, padding: -1 }),
  "convLstm3d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    convLstm3d(input([1, 2, 3, 3, 3, 4]), { filters: 3, kernelSize: 2, strides: 2, dilationRate: 2 }),
  "convLstm3d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    convLstm3d(input([3, 1, 2, 2, 2, 2], "bool"), { filters: 3, kernelSize: 1 }),
  "cropping1d: takes [batch, time, channels], got []": () =>
    // @ts-expect-error
    cropping1d()(input([])),
  "cropping2d: cropping is a number of places, got -1": () =>
    // @ts-expect-error
    cropping2d(input(["batch", 8, 8, 4]), { cropping: -1 }),
  "cropping2d: takes [batch, height, width, channels], got []": () =>
    // @ts-expect-error
    cropping2d(input([])),
  "cropping3d: cropping 1 leaves nothing of axis depth of size 1": () =>
    // @ts-expect-error
    cropping3d(input([2, 1, 2, 7, 3])),
  "cropping3d: cropping is a number of places, got -1": () =>
    // @ts-expect-error
    cropping3d(input(["batch", 8, 8, 8, 4]), { cropping: -1 }),
  "depthwiseConv1d: [2, 1, 8] with filter [3, 2, 2]: 8 input channels ≠ 2 filter channels": () =>
    // @ts-expect-error
    depthwiseConv1d(input([2, 1, 8]), input([3, 2, 2]), {}),
  "depthwiseConv1d: a filter is followed by options, which may be an empty record": () =>
    // @ts-expect-error
    depthwiseConv1d(input(["batch", 8, 4]), input([3, 4, 1])),
  'depthwiseConv1d: kernel 3 is larger than axis time of size 1 (padding "valid")': () =>
    // @ts-expect-error
    depthwiseConv1d(input([2, 1, 1]), input([3, 1, 2]), {}),
  "depthwiseConv1d: kernelSize are positive integers, got -0.5": () =>
    // @ts-expect-error
    depthwiseConv1d({ kernelSize: -0.5, padding: 3 })(input([2, 28, 4])),
  'depthwiseConv1d: padding is "same", "valid", "causal" or a number of places, got -0.5': () =>
    // @ts-expect-error
    depthwiseConv1d(input([2, 2, 4]), input([2, 4, 2]), { padding: -0.5 }),
  "depthwiseConv1d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    depthwiseConv1d(input([2, 7, 4]), input([3, 4, 2]), { strides: 2, dilations: 2 }),
  "depthwiseConv1d: takes [batch, time, channels], got []": () =>
    // @ts-expect-error
    depthwiseConv1d(input([]), input([2]), {}),
  "depthwiseConv1d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    depthwiseConv1d(input([], "int32"), input([2, 3, 2]), {}),
  "depthwiseConv1d: the multiplier is a number, got [5, 4, n]": () =>
    // @ts-expect-error
    depthwiseConv1d(input([2, 2, 4]), input([5, 4, "n"]), {}),
  "depthwiseConv1d: the sizes of a filter's windows are numbers, got [m, 8, 2]": () =>
    // @ts-expect-error
    depthwiseConv1d(input([2, 8, 8]), input(["m", 8, 2]), {}),
  'depthwiseConv2d: [batch, 8, 1, c]: the channels are a weight\'s size, so they are a number, not "c"': () =>
    // @ts-expect-error
    depthwiseConv2d({ kernelSize: 2 })(input(["batch", 8, 1, "c"])),
  'depthwiseConv2d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    depthwiseConv2d(input(["batch", 2, "h", 1]), { kernelSize: 2, padding: -1, useBias: false }),
  "depthwiseConv2d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    depthwiseConv2d(input([2, "h", 2, 3]), input([1, 2, 3, 2]), { strides: [2, 2], padding: 1, dilations: 2 }),
  "depthwiseConv2d: takes a filter [height, width, channels, multiplier], got [1, 2]": () =>
    // @ts-expect-error
    depthwiseConv2d(input([2, "h", "w", 1]), input([1, 2]), {}),
  "depthwiseConv2d: the sizes of a filter's windows are numbers, got [m, 2, 1, 2]": () =>
    // @ts-expect-error
    depthwiseConv2d(input(["batch", "w", "w", 1]), input(["m", 2, 1, 2]), { strides: 3 }),
  "extractPatches: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    extractPatches(input(["batch", 5, 1, 4], "int32"), 2, { strides: 2 }),
  "globalAveragePooling1d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    globalAveragePooling1d(input([2, 28, 4], "int32")),
  "globalAveragePooling3d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    globalAveragePooling3d(input([], "int32")),
  "globalMaxPooling1d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    globalMaxPooling1d(input(["batch", "w", 4], "int32")),
  "globalMaxPooling2d: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    globalMaxPooling2d({ keepDims: false })(input([3], "uint8")),
  "globalMaxPooling3d: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    globalMaxPooling3d(input([2, 5, 28, "h", "c"], "uint8")),
  'maxPool1d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    maxPool1d(input(["batch", 8, 4]), { padding: -1 }),
  "maxPool1d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    maxPool1d(input([2, 2, 3]), { poolSize: 0 }),
  "maxPool1d: takes [batch, time, channels], got []": () =>
    // @ts-expect-error
    maxPool1d(input([])),
  "maxPool1d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    maxPool1d(input([], "bool")),
  "maxPool2d: a window of 2 lies in the padding of [2, 2]": () =>
    // @ts-expect-error
    maxPool2d(input([2, "h", 1, 8]), { padding: 2 }),
  'maxPool2d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    maxPool2d(input(["batch", 8, 8, 4]), { padding: -1 }),
  "maxPool2d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    maxPool2d(input(["batch", 8, 8, 4]), { poolSize: 0 }),
  "maxPool3d: a window of 2 lies in the padding of [2, 2]": () =>
    // @ts-expect-error
    maxPool3d(input([2, 28, 7, "h", 1]), { padding: 2 }),
  'maxPool3d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    maxPool3d(input(["batch", 8, 8, 8, 4]), { padding: -1 }),
  "maxPool3d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    maxPool3d(input(["batch", 8, 8, 8, 4]), { poolSize: 0 }),
  "maxPool3d: strides are positive integers, got 1e+21": () =>
    // @ts-expect-error
    maxPool3d(input(["batch", 7, 8, 5, 1]), { strides: 1e21 }),
  "maxPool3d: takes [batch, depth, height, width, channels], got []": () =>
    // @ts-expect-error
    maxPool3d(input([])),
  "maxPool3d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    maxPool3d(input([2, 2, 5, 7, 4], "bool")),
  "maxPooling1d: a window of 2 lies in the padding of [3, 3]": () =>
    // @ts-expect-error
    maxPooling1d(input([2, 2, 4]), { padding: 3 }),
  'maxPooling1d: kernel 2 is larger than axis time of size 1 (padding "valid")': () =>
    // @ts-expect-error
    maxPooling1d(input([2, 1, 8])),
  'maxPooling1d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    maxPooling1d(input(["batch", 8, 4]), { padding: -1 }),
  "maxPooling1d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    maxPooling1d(input(["batch", 8, 4]), { poolSize: 0 }),
  "maxPooling1d: strides are positive integers, got 1.5": () =>
    // @ts-expect-error
    maxPooling1d(broadcastTo(constant(0), [2, "h+1", 3]), { strides: 1.5 }),
  "maxPooling1d: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    maxPooling1d(input([2, 5, 4], "uint8")),
  'maxPooling2d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    maxPooling2d(input(["batch", 8, 8, 4]), { padding: -1 }),
  "maxPooling2d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    maxPooling2d(input(["batch", 8, 8, 4]), { poolSize: 0 }),
  "maxPooling2d: strides are positive integers, got -1": () =>
    // @ts-expect-error
    maxPooling2d(input(["batch", 2, "h", 4]), { poolSize: 2, strides: -1 }),
  "maxPooling3d: a window of 2 lies in the padding of [2, 2]": () =>
    // @ts-expect-error
    maxPooling3d({ padding: 2 })(input([2, 8, "h", "w", 1])),
  'maxPooling3d: kernel 2 is larger than axis height of size 1 (padding "valid")': () =>
    // @ts-expect-error
    maxPooling3d(input([2, 7, 1, 7, 8])),
  'maxPooling3d: padding is "same", "valid" or a number of places, got -1': () =>
    // @ts-expect-error
    maxPooling3d(input(["batch", 8, 8, 8, 4]), { padding: -1 }),
  "maxPooling3d: poolSize are positive integers, got 0": () =>
    // @ts-expect-error
    maxPooling3d(input(["batch", 8, 8, 8, 4]), { poolSize: 0 }),
  "maxPooling3d: strides are positive integers, got 0": () =>
    // @ts-expect-error
    maxPooling3d(input([2, "h", 7, 8, 4]), { strides: 0 }),
  "maxPooling3d: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    maxPooling3d(input([2, 8, 5, 7, 3], "uint8")),
  "randomBrightness: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    randomBrightness({ factor: 0.1 })(input([8, "n", 6], "bool")),
  "randomContrast: takes [batch, height, width, channels], got []": () =>
    // @ts-expect-error
    randomContrast({ factor: 0.5 })(input([])),
  "randomCrop: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    randomCrop({ height: 4, width: 9 })(input([2, 8, 1, 4], "bool")),
  "randomRotation: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    randomRotation({ factor: 0.1, interpolation: "bilinear" })(input([2, 28, 2, 4], "bool")),
  "randomTranslation: takes [batch, height, width, channels], got [m, 2]": () =>
    // @ts-expect-error
    randomTranslation({ heightFactor: 0.1, widthFactor: 0.2, interpolation: "nearest" })(input(["m", 2])),
  "resizeImages: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    resizeImages(input([2, 28, "h", 3], "int32"), -1, { interpolation: "nearest" }),
  "resizing: takes [batch, height, width, channels], got [2, 8]": () =>
    // @ts-expect-error
    resizing({ height: 7, width: 4, interpolation: "bicubic" })(input([2, 8])),
  "resizing: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    resizing(input(["batch", 5, 5, 4], "bool"), { height: 7, width: 4 }),
  "separableConv1d: [2, 28, 1] with filter [1, 3, 2]: 1 input channels ≠ 3 filter channels": () =>
    // @ts-expect-error
    separableConv1d(input([2, 28, 1]), input([1, 3, 2]), input([1, 2, 8]), {}),
  'separableConv1d: [2, 7, c]: the channels are a weight\'s size, so they are a number, not "c"': () =>
    // @ts-expect-error
    separableConv1d(input([2, 7, "c"]), input([2]), input([1, "c", "f"]), {}),
  "separableConv1d: dilations are positive integers, got -3": () =>
    // @ts-expect-error
    separableConv1d(input(["batch", 8, 8]), input([3, 8, 2]), input([1, 16, 8]), { strides: 1, dilations: -3 }),
  "separableConv1d: filters is -0.5, but must be a positive integer": () =>
    // @ts-expect-error
    separableConv1d(input(["batch", 5, 8]), { filters: -0.5, kernelSize: 3 }),
  'separableConv1d: kernel 5 is larger than axis time of size 2 (padding "valid")': () =>
    // @ts-expect-error
    separableConv1d(input([2, 2, 1]), input([5, 1, 2]), input([1, 2, 6]), {}),
  'separableConv1d: padding is "same", "valid", "causal" or a number of places, got -3': () =>
    // @ts-expect-error
    separableConv1d(input(["batch", 1, 4]), input([2, 4, 2]), input([1, 8, 8]), { strides: [3], padding: -3 }),
  "separableConv1d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    separableConv1d(input([2, 1, 3]), input([1, 3, 2]), input([1, 6, "f"]), { strides: 2, dilations: [2] }),
  "separableConv1d: takes [batch, time, channels], got []": () =>
    // @ts-expect-error
    separableConv1d(input([]), input([2]), input([1, 6, 8]), {}),
  "separableConv1d: takes a filter [time, channels, multiplier], got [2]": () =>
    // @ts-expect-error
    separableConv1d(input([2, 7, 3]), input([2]), input([1, 6, 8]), {}),
  "separableConv1d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    separableConv1d(input([2, 5, 4]), input([2, 4, 2]), input([1, 8, 4], "bool")),
  "separableConv1d: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    separableConv1d(input([], "uint8"), input([1, 3, 2]), input([1, 6, 4]), {}),
  "separableConv1d: the multiplier is a number, got [1, 4, m]": () =>
    // @ts-expect-error
    separableConv1d(input([2, 8, 4]), input([1, 4, "m"]), input([1, 8, 8]), {}),
  "separableConv1d: the sizes of a filter's windows are numbers, got [n, 4, 3]": () =>
    // @ts-expect-error
    separableConv1d(broadcastTo(constant(0), [2, "h+1", 4]), input(["n", 4, 3]), input([1, 8, 4]), {}),
  "separableConv2d: [2, 5, 28, 4] with filter [2, 1, 1, 2]: 4 input channels ≠ 1 filter channels": () =>
    // @ts-expect-error
    separableConv2d(input([2, 5, 28, 4]), input([2, 1, 1, 2]), input([1, 1, 8, 8]), {}),
  'separableConv2d: [2, 5, 7, c]: the channels are a weight\'s size, so they are a number, not "c"': () =>
    // @ts-expect-error
    separableConv2d(input([2, 5, 7, "c"]), input(["c", 2]), input([1, 1, "c", "f"]), {}),
  "separableConv2d: depthMultiplier are positive integers, got -0.5": () =>
    // @ts-expect-error
    separableConv2d({ filters: 4, kernelSize: 2, depthMultiplier: -0.5, useBias: true })(input(["batch", 2, "h", 4])),
  'separableConv2d: kernel 3 is larger than axis height of size 2 (padding "valid")': () =>
    // @ts-expect-error
    separableConv2d(input([2, 2, 5, 4]), input([3, 5, 4, 2]), input([1, 1, 8, 4]), {}),
  'separableConv2d: padding is "same", "valid" or a number of places, got 1.5': () =>
    // @ts-expect-error
    separableConv2d(input([2, 28, "h", 4]), input([2, 3, 4, 2]), input([1, 1, 8, "f"]), { padding: 1.5 }),
  "separableConv2d: takes [batch, height, width, channels], got []": () =>
    // @ts-expect-error
    separableConv2d(input([]), input([3, 2]), input([1, 1, 6, 4]), {}),
  "separableConv2d: takes a filter [height, width, channels, multiplier], got [8, 2]": () =>
    // @ts-expect-error
    separableConv2d(input([2, "h", 2, 8]), input([8, 2]), input([1, 1, 16, 8]), {}),
  "separableConv2d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    separableConv2d(input([2, 5, 5, 4]), input([3, 5, 4, 2]), input([1, 1, 8, 4], "bool")),
  "separableConv2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    separableConv2d(input([2, "w", 8, 3], "int32"), input([3, 5, 3, 2]), input([1, 1, 6, 6]), {}),
  "separableConv2d: the multiplier is a number, got [2, 1, 1, n]": () =>
    // @ts-expect-error
    separableConv2d(input(["batch", 2, 1, 1]), input([2, 1, 1, "n"]), input([1, 1, 2, 4]), { padding: "same" }),
  "separableConv2d: the sizes of a filter's windows are numbers, got [4, m, 4, 2]": () =>
    // @ts-expect-error
    separableConv2d(input(["batch", 5, 7, 4]), input([4, "m", 4, 2]), input([1, 1, 8, 6]), {}),
  "upSampling1d: size are positive integers, got 1.5": () =>
    // @ts-expect-error
    upSampling1d(input([2, 8, 4]), { size: 1.5 }),
  "upSampling1d: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    upSampling1d(input([2, 2, 4], "bool")),
  "upSampling2d: takes [batch, height, width, channels], got []": () =>
    // @ts-expect-error
    upSampling2d(input([])),
  "upSampling3d: size are positive integers, got 0": () =>
    // @ts-expect-error
    upSampling3d(input(["batch", 8, 8, "w", 8]), { size: 0 }),
  "upSampling3d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    upSampling3d()(input([], "int32")),
  "zeroPadding1d: padding is a number of places, got -3": () =>
    // @ts-expect-error
    zeroPadding1d(input([2, 1, 8]), { padding: -3 }),
  "zeroPadding1d: takes float32 or int32, got uint8; use cast() first": () =>
    // @ts-expect-error
    zeroPadding1d(input([2, 8, 8], "uint8")),
  "zeroPadding3d: padding is a number of places, got -0.5": () =>
    // @ts-expect-error
    zeroPadding3d(input(["batch", 5, 2, "w", 8]), { padding: -0.5 }),
  "zeroPadding3d: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    zeroPadding3d()(input([2, 7, 8, 5, 4], "bool")),
};
