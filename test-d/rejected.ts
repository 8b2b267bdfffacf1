import {
  acos,
  acosh,
  activation,
  add,
  arange,
  argMax,
  asin,
  asinh,
  at,
  atan,
  atanh,
  averagePooling3d,
  batchNormalization,
  block,
  broadcastTo,
  cast,
  ceil,
  celu,
  compile,
  compileLoss,
  concat,
  constant,
  conv1d,
  conv2d,
  conv3d,
  cosh,
  dense,
  divide,
  dot,
  dropout,
  equal,
  erf,
  exp,
  expandDims,
  expm1,
  exponential,
  extractPatches,
  eye,
  flatten,
  flip,
  gaussianNoise,
  gelu,
  gradients,
  greater,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardTanh,
  input,
  isFinite,
  isInf,
  isNaN,
  layerNormalization,
  less,
  linear,
  linspace,
  log,
  log1p,
  log2,
  log10,
  logSigmoid,
  logSoftmax,
  max,
  maximum,
  maxPool2d,
  maxPooling2d,
  mean,
  meanSquaredError,
  mish,
  model,
  moveAxis,
  multiply,
  neg,
  oneHot,
  pad,
  permute,
  pow,
  reciprocal,
  relu,
  repeat,
  repeatVector,
  reshape,
  roll,
  round,
  rsqrt,
  scan,
  select,
  selu,
  sequential,
  sgd,
  sigmoidCrossEntropyWithLogits,
  silu,
  sinh,
  slice,
  softmax,
  softmaxCrossEntropyWithLogits,
  softplus,
  softShrink,
  softsign,
  sparseCategoricalCrossentropy,
  sparsePlus,
  sparseSoftmaxCrossEntropyWithLogits,
  split,
  sqrt,
  square,
  squareplus,
  squeeze,
  stack,
  subtract,
  sum,
  swapAxes,
  tan,
  tanh,
  tanhShrink,
  threshold,
  tile,
  transpose,
  tril,
  triu,
  trunc,
  unstack,
  variable,
  zeros,
} from "shapewright";

// Rejected programs. A key is the message, and its value the program that is told so. One table serves three checks: any
// compiler sees that each program is an error, test/tools/type-tests.ts that the error's text is the key and stands on the
// argument that is wrong, and test/types/messages.test.ts that the program, run, throws the very same message.

const x = input(["batch", 784]);
const image = input(["batch", 28, 28, 3]);
const text = input(["batch", "time", 64]);
const ids = input(["batch", "time"], "int32");
const labels = input(["batch"], "int32");
const mask = input(["batch", 784], "bool");
const scalar = constant(1);
const W = variable("W", [100, 10], zeros());

/** Shapes that an op does not combine. */
export const shapes = {
  "dot: [batch, 784] · [100, 10]: last axis 784 ≠ first axis 100": () =>
    // @ts-expect-error
    dot(x, W),
  "dot: [batch, time, 64] · [65]: last axis 64 ≠ first axis 65": () =>
    // @ts-expect-error
    dot(text, variable("w", [65], zeros())),
  "dot: [batch, time] · [100, 10]: last axis time ≠ first axis 100": () =>
    // @ts-expect-error
    dot(cast(ids, "float32"), W),
  "dot: [batch, 784] · [batch, time, 64]: the second operand is a vector or a matrix": () =>
    // @ts-expect-error
    relu(add(dot(x, text), image)), // and nothing that follows
  "add: [batch, 784] and [batch, 10] do not broadcast: axis 1 is 784 and 10": () =>
    // @ts-expect-error
    add(x, input(["batch", 10])),
  "add: [batch, time, 64] and [65] do not broadcast: axis 2 is 64 and 65": () =>
    // @ts-expect-error
    add(text, variable("b", [65], zeros())),
  "subtract: [batch, 784] and [samples, 784] do not broadcast: axis 0 is batch and samples": () =>
    // @ts-expect-error
    subtract(x, input(["samples", 784])),
  "multiply: [batch, time, 64] and [3, 64] do not broadcast: axis 1 is time and 3": () =>
    // @ts-expect-error
    multiply(text, variable("gain", [3, 64], zeros())),
  "divide: [batch, 784] and [batch, time, 64] do not broadcast: axis 2 is 784 and 64": () =>
    // @ts-expect-error
    divide(x, text),
  "maximum: [batch, 784] and [2] do not broadcast: axis 1 is 784 and 2": () =>
    // @ts-expect-error
    maximum(x, constant([0, 1])),
  "pow: [batch, 784] and [3] do not broadcast: axis 1 is 784 and 3": () =>
    // @ts-expect-error
    pow(x, constant([1, 2, 3])),
  "greater: [batch, 784] and [batch, 10] do not broadcast: axis 1 is 784 and 10": () =>
    // @ts-expect-error
    greater(x, input(["batch", 10])),
  "select: [batch, 784] and [batch, 10] do not broadcast: axis 1 is 784 and 10": () =>
    // @ts-expect-error
    select(mask, x, input(["batch", 10])),
  "broadcastTo: [3] does not broadcast to [batch, 4]: axis 1 is 3, not 4": () =>
    // @ts-expect-error
    broadcastTo(constant([1, 2, 3]), ["batch", 4]),
  "broadcastTo: [batch, 784] does not broadcast to [784]: rank 2 is more than 1": () =>
    // @ts-expect-error
    broadcastTo(x, [784]),
  "reshape: [batch, 784] has batch*784 elements, [batch, 700] has batch*700": () =>
    // @ts-expect-error
    reshape(x, ["batch", 700]),
  "reshape: [batch, 784] has batch*784 elements, [784] has 784": () =>
    // @ts-expect-error
    reshape(x, [784]),
  "reshape: [batch, 784] does not fit [batch, -1, 100]: batch*784 is not a multiple of batch*100": () =>
    // @ts-expect-error
    reshape(x, ["batch", -1, 100]),
  "reshape: only one axis may be -1, got [-1, -1]": () =>
    // @ts-expect-error
    reshape(x, [-1, -1]),
  "concat: [batch, 784] and [batch, time, 64] differ in rank": () =>
    // @ts-expect-error
    concat([x, text], -1),
  "concat: [batch, 784] and [samples, 10] differ on axis 0": () =>
    // @ts-expect-error
    concat([x, input(["samples", 10])], -1),
  "concat: [batch, time, 64] and [batch, keys, 32] differ on axis 2": () =>
    // @ts-expect-error
    concat([text, text, input(["batch", "keys", 32])], 1),
  "stack: [batch, 784] and [batch, time, 64] differ in rank": () =>
    // @ts-expect-error
    stack([x, text]),
  "stack: [batch, 784] and [batch, 10] differ on axis 1": () =>
    // @ts-expect-error
    stack([x, x, input(["batch", 10])], 1),
  "stack: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    stack([cast(ids, "float32"), ids]),
  "slice: begin [0, 700] and size [-1, 100] are out of range for [batch, 784] on axis 1": () =>
    // @ts-expect-error
    slice(x, [0, 700], [-1, 100]),
  "slice: begin [0] and size [-1] of [batch, 784] must have one entry for each axis": () =>
    // @ts-expect-error
    slice(x, [0], [-1]),
  "at: 200: reaches out of an axis of size 64 in [batch, time, 64]": () =>
    // @ts-expect-error
    at(text, "..., 200:"),
  "at: -65 reaches out of an axis of size 64 in [batch, time, 64]": () =>
    // @ts-expect-error
    at(text, ":, :, -65"),
  "at: :, :, : names more axes than [batch, 784] has": () =>
    // @ts-expect-error
    at(x, ":, :, :"),
  "at: 4:1:-2 steps backwards, which only ::-1 does, over all of an axis": () =>
    // @ts-expect-error
    at(input([6]), "4:1:-2"),
  "at: -2 : : -3 steps backwards, which only ::-1 does, over all of an axis": () =>
    // @ts-expect-error
    at(input([6, 2]), ":, -2 : : -3"),
  'at: "" is not a slice; write a:b, a:b:step, a number, ... or new': () =>
    // @ts-expect-error
    at(input([6]), ""),
  "at: 4:b:-2 is not a slice; write a:b, a:b:step, a number, ... or new": () =>
    // @ts-expect-error
    at(input([6]), "4:b:-2"),
  "at: a is not a slice; write a:b, a:b:step, a number, ... or new": () =>
    // @ts-expect-error
    at(text, "a, b"),
  "at: 5:5 is not a slice; write a:b, a:b:step, a number, ... or new": () =>
    // @ts-expect-error
    at(text, ":, 5:5"),
  "at: ::0 is not a slice; write a:b, a:b:step, a number, ... or new": () =>
    // @ts-expect-error
    at(text, "::0"),
  "split: axis -1 of [batch, time, 64] does not divide into 5 parts": () =>
    // @ts-expect-error
    split(text, 5, -1),
  "split: sizes [30, 30] add up to 60, axis 2 of [batch, time, 64] is 64": () =>
    // @ts-expect-error
    split(text, [30, 30], 2),
  "split: sizes [64, -1] leave nothing of axis -1 of [batch, time, 64]": () =>
    // @ts-expect-error
    split(text, [64, -1], -1),
  "split: axis 3 is out of range for [batch, time, 64] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    split(text, 2, 3),
  "scan: the tensors differ in size along axis 1": () =>
    // @ts-expect-error
    scan({ text, other: input(["batch", 7]) }, broadcastTo(constant(0), ["batch", 8]), (carry) => ({
      carry,
      output: carry,
    })),
  "sparseSoftmaxCrossEntropyWithLogits: logits [batch, time, 64] take labels [batch, time], got [batch]": () =>
    // @ts-expect-error
    sparseSoftmaxCrossEntropyWithLogits(text, labels),
  "softmaxCrossEntropyWithLogits: logits [batch, 784] take labels of the same shape, got [batch, 10]": () =>
    // @ts-expect-error
    softmaxCrossEntropyWithLogits(x, input(["batch", 10])),
  "sigmoidCrossEntropyWithLogits: logits [batch, 784] take labels of the same shape, got [784]": () =>
    // @ts-expect-error
    sigmoidCrossEntropyWithLogits(x, input([784])),
  "gradients: takes a float32 scalar, got float32 [batch, 784]; reduce it with mean() or sum()": () =>
    // @ts-expect-error
    gradients(square(x), { x }),
};

/** Images and their windows. */
export const images = {
  "conv2d: takes [batch, height, width, channels], got [batch, 784]": () =>
    // @ts-expect-error
    conv2d(x, { filters: 8, kernelSize: 3 }),
  'conv2d: kernel 29 is larger than axis height of size 28 (padding "valid")': () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: 29 }),
  'conv2d: kernel 31 is larger than axis width of size 28 (padding "valid")': () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: [3, 31] }),
  'conv2d: [batch, 8, 8, channels]: the channels are a weight\'s size, so they are a number, not "channels"': () =>
    // @ts-expect-error
    conv2d(input(["batch", 8, 8, "channels"]), { filters: 8, kernelSize: 3 }),
  "conv2d: a filter is followed by options, which may be an empty record": () =>
    // @ts-expect-error
    conv2d(image, variable("filter", [3, 3, 3, 8], zeros())),
  "conv1d: a filter is followed by options, which may be an empty record": () =>
    // @ts-expect-error
    conv1d(input(["batch", 8, 3]), variable("filter", [3, 3, 8], zeros())),
  "conv3d: a filter is followed by options, which may be an empty record": () =>
    // @ts-expect-error
    conv3d(input(["batch", 8, 8, 8, 3]), variable("filter", [3, 3, 3, 3, 8], zeros())),
  "conv2d: [batch, 28, 28, 3] with filter [3, 3, 1, 8]: 3 input channels ≠ 1 filter channels": () =>
    // @ts-expect-error
    conv2d(image, variable("filter", [3, 3, 1, 8], zeros()), {}),
  "conv2d: takes a filter [height, width, channels, filters], got [3, 3, 3]": () =>
    // @ts-expect-error
    conv2d(image, variable("filter", [3, 3, 3], zeros()), {}),
  "extractPatches: takes [batch, height, width, channels], got [batch, time, 64]": () =>
    // @ts-expect-error
    extractPatches(text, 2),
  'extractPatches: kernel 29 is larger than axis height of size 28 (padding "valid")': () =>
    // @ts-expect-error
    extractPatches(image, 29),
  "extractPatches: size are positive integers, got [2, 0]": () =>
    // @ts-expect-error
    extractPatches(image, [2, 0]),
  "maxPool2d: takes [batch, height, width, channels], got [batch, time, 64]": () =>
    // @ts-expect-error
    maxPool2d(text),
  'maxPool2d: kernel 29 is larger than axis height of size 28 (padding "valid")': () =>
    // @ts-expect-error
    maxPool2d(image, { poolSize: 29 }),
  "maxPooling2d: takes [batch, height, width, channels], got [batch, 784]": () =>
    // @ts-expect-error
    maxPooling2d(x),
  'maxPooling2d: kernel 29 is larger than axis width of size 28 (padding "valid")': () =>
    // @ts-expect-error
    maxPooling2d(image, { poolSize: [2, 29] }),
};

/** Axes, permutations, paddings and sizes that do not fit a tensor. */
export const axes = {
  "mean: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    mean(text, -1),
  "sum: axes are given among options, such as { axis: -1 }": () =>
    // @ts-expect-error
    sum(text, [0, 1]),
  "expandDims: a new axis of [batch, 784] is -3 to 2, not 3": () =>
    // @ts-expect-error
    expandDims(x, 3),
  "stack: a new axis of [batch, 784] is -3 to 2, not -4": () =>
    // @ts-expect-error
    stack([x, x], -4),
  "squeeze: axis -1 of [batch, 784] is 784, not 1": () =>
    // @ts-expect-error
    squeeze(x, -1),
  "squeeze: axis 1 of [batch, time] is time, not 1": () =>
    // @ts-expect-error
    squeeze(ids, 1),
  "squeeze: axis 2 is out of range for [batch, 784] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    squeeze(x, 2),
  "squeeze: axis 0 of [1, batch, 784] is given twice": () =>
    // @ts-expect-error
    squeeze(input([1, "batch", 784]), [-3, 0]),
  "squeeze: axis 2 of [1, batch, 784] is 784, not 1": () =>
    // @ts-expect-error
    squeeze(input([1, "batch", 784]), [0, 2]),
  "unstack: axis 1 of [batch, time, 64] has a name; only a number says how many tensors there are": () =>
    // @ts-expect-error
    unstack(text, 1),
  "unstack: axis 3 is out of range for [batch, time, 64] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    unstack(text, 3),
  "repeat: axis 2 is out of range for [batch, 784] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    repeat(x, 2, 2),
  'repeat: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    repeat(x, 0, 1),
  'repeat: 1.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    repeat(x, 1.5, 1),
  "tile: [batch, 784] takes 2 multiples, got 3": () =>
    // @ts-expect-error
    tile(x, [1, 2, 3]),
  'tile: -2 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    tile(x, [1, -2]),
  "flip: axis 2 is out of range for [batch, 784] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    flip(x, 2),
  "flip: axis -1 of [batch, 784] is given twice": () =>
    // @ts-expect-error
    flip(x, [1, -1]),
  "roll: axis -3 is out of range for [batch, 784] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    roll(x, 1, -3),
  "swapAxes: axis 2 is out of range for [batch, 784] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    swapAxes(x, 0, 2),
  "permute: [0, 1] of [batch, time, 64] must name each axis behind the first once": () =>
    // @ts-expect-error
    permute(text, [0, 1]),
  "permute: [2, 1] of [batch, 784] must name each axis behind the first once": () =>
    // @ts-expect-error
    sequential(x, permute([2, 1])),
  "repeatVector: takes [batch, features], got [batch, time, 64]": () =>
    // @ts-expect-error
    sequential(text, repeatVector(3)),
  "tril: takes rows and columns on the last two axes, got [batch]": () =>
    // @ts-expect-error
    tril(labels),
  "triu: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    triu(scalar),
  'arange: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    arange(0),
  'eye: -3 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    eye(2, -3),
  'linspace: 2.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    linspace(0, 1, 2.5),
  "moveAxis: axis 3 is out of range for [batch, time, 64] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    moveAxis(text, 3, 0),
  "sum: axis 2 is out of range for [batch, 784] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    sum(x, { axis: 2 }),
  "mean: axis -4 is out of range for [batch, time, 64] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    mean(text, { axis: [0, -4] }),
  "mean: axis -1 of [batch, 784] is given twice": () =>
    // @ts-expect-error
    mean(x, { axis: [1, -1] }),
  "max: axis 0 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    max(scalar, { axis: 0 }),
  "argMax: axis 2 is out of range for [batch, 784] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    argMax(x, 2),
  "concat: axis 2 is out of range for [batch, 784] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    concat([x, x], 2),
  "transpose: permutation [0, 0] of [batch, 784] must name each axis once": () =>
    // @ts-expect-error
    transpose(x, [0, 0]),
  "transpose: permutation [0, 1] of [batch, time, 64] must name each axis once": () =>
    // @ts-expect-error
    transpose(text, [0, 1]),
  "pad: [batch, 784] takes 2 pairs of paddings, got 1": () =>
    // @ts-expect-error
    pad(x, [[0, 0]]),
  "pad: axis 1 of [batch, time] cannot be padded by [-1, 0]": () =>
    // @ts-expect-error
    pad(ids, [
      [0, 0],
      [-1, 0],
    ]),
  'input: -1 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    input([-1, 784]),
  'input: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    input(["batch", 0]),
  'input: 2.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    input(["batch", 2.5], "int32"),
};

/** Dtypes that an op does not take. */
export const dtypes = {
  "relu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    relu(ids),
  "tanh: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    tanh(ids),
  "sqrt: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    sqrt(mask),
  "exp: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    exp(ids),
  "log: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    log(mask),
  "softmax: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    softmax(ids),
  "logSoftmax: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    logSoftmax(ids),
  "neg: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    neg(mask),
  "add: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    add(mask, mask),
  "add: dtypes int32 and float32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    add(ids, constant(1)),
  "multiply: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    multiply(x, labels),
  "less: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    less(mask, mask),
  "equal: dtypes int32 and float32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    equal(ids, constant(0)),
  "select: takes bool, got float32; use cast() first": () =>
    // @ts-expect-error
    select(x, x, x),
  "select: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    select(mask, x, constant(0, "int32")),
  "dot: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    dot(ids, W),
  "max: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    max(mask),
  "mean: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    mean(ids),
  "argMax: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    argMax(mask),
  "oneHot: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    oneHot(x, 10),
  "pad: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    pad(mask, [
      [0, 0],
      [1, 1],
    ]),
  "concat: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    concat([cast(ids, "float32"), ids], -1),
  "conv2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    conv2d(cast(image, "int32"), { filters: 8, kernelSize: 3 }),
  "maxPool2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    maxPool2d(cast(image, "int32")),
  "dense: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    dense(input(["batch", 3], "int32"), { units: 10 }),
  "dropout: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    dropout(ids, 0.5),
  'batchNormalization: [batch, channels]: the channels have weights, so their axis, the last one, is a number, not "channels"':
    () =>
      // @ts-expect-error
      batchNormalization(input(["batch", "channels"])),
  "batchNormalization: takes an input with a batch axis and channels, got [3]": () =>
    // @ts-expect-error
    batchNormalization(input([3])),
  "batchNormalization: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    batchNormalization(input(["batch", 3], "int32")),
  'layerNormalization: [batch, channels]: the channels have weights, so their axis, the last one, is a number, not "channels"':
    () =>
      // @ts-expect-error
      layerNormalization(input(["batch", "channels"])),
  "layerNormalization: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    layerNormalization(input(["batch", 3], "int32")),
  "layerNormalization: takes an input with channels, its last axis, got a scalar": () =>
    // @ts-expect-error
    sequential(constant(1), layerNormalization()),
  "gaussianNoise: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    gaussianNoise(ids, 0.5),
  "sparseSoftmaxCrossEntropyWithLogits: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    sparseSoftmaxCrossEntropyWithLogits(x, input(["batch"])),
  "softmaxCrossEntropyWithLogits: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    softmaxCrossEntropyWithLogits(x, cast(x, "int32")),
  "gradients: takes a float32 scalar, got int32 []; reduce it with mean() or sum()": () =>
    // @ts-expect-error
    gradients(sum(ids), { x }),
};

/** Two mistakes on one argument: the first one that the runtime meets is told. */
export const twoMistakes = {
  "dot: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    dot(x, constant([[1, 2]], "int32")),
  "add: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    add(x, constant([1, 2], "int32")),
  "dense: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    dense(ids, { units: 10 }),
  "conv2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    conv2d(ids, { filters: 8, kernelSize: 3 }),
  "maxPool2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    maxPool2d(ids),
  "softmaxCrossEntropyWithLogits: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    softmaxCrossEntropyWithLogits(x, labels),
  "select: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    select(mask, x, ids),
  "sparseSoftmaxCrossEntropyWithLogits: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    sparseSoftmaxCrossEntropyWithLogits(x, input(["samples"])),
  "concat: [batch, 784] and [batch] differ in rank": () =>
    // @ts-expect-error
    concat([x, input(["batch"])], -1),
};

/** Layers, also within `sequential`, where the error stands on the one layer that is wrong. */
export const layers = {
  'dense: [batch, time]: the last axis is a weight\'s, so it is a number, not "time"': () =>
    // @ts-expect-error
    dense(cast(ids, "float32"), { units: 10 }),
  'dense: [batch, time*64]: the last axis is a weight\'s, so it is a number, not "time*64"': () =>
    // @ts-expect-error
    dense(flatten(text), { units: 10 }),
  "flatten: takes an input with a batch axis, got a scalar": () =>
    // @ts-expect-error
    flatten(scalar),
  "conv2d: takes [batch, height, width, channels], got [batch, 10]": () =>
    // @ts-expect-error
    sequential(x, dense({ units: 10 }), conv2d({ filters: 8, kernelSize: 3 }), dense({ units: 10 })),
  "maxPooling2d: takes [batch, height, width, channels], got [batch, 2352]": () =>
    // @ts-expect-error
    sequential(image, flatten(), maxPooling2d(), dense({ units: 10 })),
  'maxPooling2d: kernel 30 is larger than axis height of size 26 (padding "valid")': () =>
    // @ts-expect-error
    sequential(image, conv2d({ filters: 8, kernelSize: 3 }), maxPooling2d({ poolSize: 30 })),
  'dense: [batch, time*3]: the last axis is a weight\'s, so it is a number, not "time*3"': () =>
    // @ts-expect-error
    sequential(input(["batch", 3, "time"]), flatten(), dense({ units: 10 })),
  "dense: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sequential(cast(image, "int32"), flatten(), dense({ units: 10 })),
  "conv2d: takes [batch, height, width, channels], got [batch, 784]": () =>
    // @ts-expect-error
    conv2d({ filters: 8, kernelSize: 3 })(x),
  "maxPooling2d: takes [batch, height, width, channels], got [batch, 10]": () =>
    // @ts-expect-error
    sequential(x, block(dense({ units: 10 }), maxPooling2d()), dense({ units: 10 })),
};

const twoHeads = () =>
  model({ x: input(["batch", 4]) }, ({ x }) => ({ kind: dense(x, { units: 3 }), place: dense(x, { units: 2 }) }));

/** Models that cannot be trained, or not with this loss. */
export const models = {
  'compile: image has the shape [32, 784]; its first axis counts samples and must be a name such as "batch"': () =>
    compile(
      // @ts-expect-error
      model({ image: input([32, 784]) }, ({ image }) => dense(image, { units: 10 })),
      { optimizer: sgd(), loss: meanSquaredError() },
    ),
  'compile: image has the shape [2, 784]; its first axis counts samples and must be a name such as "batch"': () =>
    compileLoss(
      // @ts-expect-error
      model({ image: input([2, 784]) }, ({ image }) => mean(dense(image, { units: 10 }))),
      { optimizer: sgd() },
    ),
  'compile: rate has the shape []; its first axis counts samples and must be a name such as "batch"': () =>
    compile(
      // @ts-expect-error
      model({ x: input(["batch", 4]), rate: input([]) }, ({ x, rate }) => multiply(dense(x, { units: 1 }), rate)),
      { optimizer: sgd(), loss: meanSquaredError() },
    ),
  'compile: the output has the shape []; its first axis counts samples and must be a name such as "batch"': () =>
    compile(
      // @ts-expect-error
      model({ x: input(["batch", 4]) }, ({ x }) => mean(dense(x, { units: 1 }))),
      { optimizer: sgd(), loss: meanSquaredError() },
    ),
  'compile: initial has the shape [points, 1]; its first axis counts samples and must be "batch", like the others':
    () =>
      compile(
        // @ts-expect-error
        model({ initial: input(["points", 1]), inner: input(["batch", 1]) }, ({ inner }) => dense(inner, { units: 1 })),
        { optimizer: sgd(), loss: meanSquaredError() },
      ),
  'compile: the output has the shape [batch*4, 2]; its first axis counts samples and must be "batch", like the others':
    () =>
      compile(
        // @ts-expect-error
        model({ x: input(["batch", 4, 2]) }, ({ x }) => dense(reshape(x, [-1, 2]), { units: 2 })),
        { optimizer: sgd(), loss: meanSquaredError() },
      ),
  "compile: a loss takes a float32 output, got int32": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => argMax(dense(x, { units: 3 }), -1)),
      // @ts-expect-error
      { optimizer: sgd(), loss: meanSquaredError() },
    ),
  "compile: the model has outputs by name, so it takes losses by their names": () =>
    // @ts-expect-error
    compile(twoHeads(), { optimizer: sgd(), loss: meanSquaredError() }),
  "compile: the model has one output, so it takes one loss, not losses by name": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 3 })),
      // @ts-expect-error
      { optimizer: sgd(), loss: { x: meanSquaredError() } },
    ),
  "compile: the model has one output, so it takes no lossWeights": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => dense(x, { units: 3 })),
      // @ts-expect-error
      { optimizer: sgd(), loss: meanSquaredError(), lossWeights: { output: 2 } },
    ),
  'compile: there are metrics, but no loss that says what targets are, for the output "kind"': () =>
    compile(twoHeads(), {
      optimizer: sgd(),
      loss: { place: meanSquaredError() },
      // @ts-expect-error
      metrics: { kind: [meanSquaredError()] },
    }),
  'compile: there are metrics, but no loss that says what targets are, for the output "place"': () =>
    compile(twoHeads(), {
      optimizer: sgd(),
      loss: { kind: (target, output) => subtract(target, output) },
      // @ts-expect-error
      metrics: { place: [meanSquaredError()] },
    }),
  "sparseCategoricalCrossentropy: takes an output [..., classes], got [batch]": () =>
    compile(
      model({ x: input(["batch", 4]) }, ({ x }) => mean(dense(x, { units: 3 }), { axis: -1 })),
      // @ts-expect-error
      { optimizer: sgd(), loss: sparseCategoricalCrossentropy() },
    ),
};

/** Windows over one to three axes, and their options. */
/** Where the runtime says more: its messages begin with theirs. */
export const begun = {
  'compile: no output is named "places"': () =>
    // @ts-expect-error
    compile(twoHeads(), { optimizer: sgd(), loss: { places: meanSquaredError() } }),
};

export const windows = {
  "conv1d: takes [batch, time, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    conv1d(image, { filters: 8, kernelSize: 3 }),
  "conv3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    conv3d(image, { filters: 8, kernelSize: 3 }),
  'conv1d: kernel 34 with dilation 4 is larger than axis time of size 100 (padding "valid")': () =>
    // @ts-expect-error
    conv1d(input(["batch", 100, 64]), { filters: 8, kernelSize: 34, dilationRate: 4 }),
  "conv2d: kernel 31 is larger than axis height of size 28 (padding 1)": () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: 31, padding: 1 }),
  "conv2d: kernel 32 is larger than axis width of size 28 (padding [0, 3])": () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: [3, 32], padding: [1, [0, 3]] }),
  'averagePooling3d: kernel 9 is larger than axis depth of size 8 (padding "valid")': () =>
    // @ts-expect-error
    averagePooling3d(input(["batch", 8, 28, 28, 3]), { poolSize: 9 }),
  "conv1d: [batch, time, 64] with filter [3, 32, 8]: 64 input channels ≠ 32 filter channels": () =>
    // @ts-expect-error
    conv1d(text, variable("filter", [3, 32, 8], zeros()), {}),
  "conv1d: [batch, time, 64] with filter [3, 64, 8]: 64 input channels in 4 groups ≠ 64 filter channels": () =>
    // @ts-expect-error
    conv1d(text, variable("filter", [3, 64, 8], zeros()), { groups: 4 }),
  "conv1d: takes a filter [time, channels, filters], got [64, 8]": () =>
    // @ts-expect-error
    conv1d(text, variable("filter", [64, 8], zeros()), {}),
  "conv2d: strides are positive integers, got 0": () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: 3, strides: 0 }),
  "conv2d: strides are positive integers, got [2, -1]": () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: 3, strides: [2, -1] }),
  "conv2d: kernelSize are positive integers, got 2.5": () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: 2.5 }),
  "conv2d: dilations are positive integers, got 0": () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: 3, dilationRate: 0 }),
  "conv2d: groups are positive integers, got -3": () =>
    // @ts-expect-error
    conv2d(image, { filters: 9, kernelSize: 3, groups: -3 }),
  "maxPool2d: poolSize are positive integers, got [2, 0]": () =>
    // @ts-expect-error
    maxPool2d(image, { poolSize: [2, 0] }),
  "conv1d: 64 channels do not divide into 3 groups": () =>
    // @ts-expect-error
    conv1d(text, { filters: 9, kernelSize: 3, groups: 3 }),
  "conv1d: 30 filters do not divide into 8 groups": () =>
    // @ts-expect-error
    conv1d(text, { filters: 30, kernelSize: 3, groups: 8 }),
  "conv2d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: 3, strides: 2, dilationRate: 2 }),
};

/** Numbers in the place of a tensor. */
export const numbers = {
  "multiply: takes int32, but the value is 2.7": () =>
    // @ts-expect-error
    multiply(ids, 2.7),
  "multiply: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    multiply(ids, 3e9),
  "subtract: takes int32, but the value is 1e-7": () =>
    // @ts-expect-error
    subtract(1e-7, ids),
  "subtract: takes int32 (-2147483648 to 2147483647), but the value is -3000000000": () =>
    // @ts-expect-error
    subtract(-3e9, ids),
  "greater: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    greater(ids, 0.5),
  "greater: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    greater(ids, 3e9),
  "select: takes int32, but the value is -1.5": () =>
    // @ts-expect-error
    select(equal(ids, 1), ids, -1.5),
  "select: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    select(equal(ids, 1), ids, 3e9),
  "select: takes int32, but the value is 0.25": () =>
    // @ts-expect-error
    select(equal(ids, 1), 0.25, ids),
  "add: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    add(2, 3),
  "less: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    less(ids.rank, 3),
  "select: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    select(equal(ids, 1), 0, 1),
  "maximum: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    maximum(mask, 1),
  "divide: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    divide(1, ids),
};

/** Elementwise functions and activations. */
export const elementwise = {
  "threshold: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    threshold(ids, 1, 0),
  "isNaN: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    isNaN(ids),
  "isInf: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    isInf(ids),
  "isFinite: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    isFinite(ids),
  "expm1: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    expm1(ids),
  "log1p: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    log1p(ids),
  "rsqrt: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    rsqrt(ids),
  "tan: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    tan(ids),
  "asin: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    asin(ids),
  "acos: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    acos(ids),
  "atan: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    atan(ids),
  "sinh: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sinh(ids),
  "cosh: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    cosh(ids),
  "asinh: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    asinh(ids),
  "acosh: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    acosh(ids),
  "atanh: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    atanh(ids),
  "erf: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    erf(ids),
  "ceil: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    ceil(ids),
  "round: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    round(ids),
  "log2: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    log2(ids),
  "log10: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    log10(ids),
  "reciprocal: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    reciprocal(ids),
  "trunc: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    trunc(ids),
  "exponential: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    exponential(ids),
  "linear: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    linear(ids),
  "silu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    silu(ids),
  "softsign: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    softsign(ids),
  "hardSigmoid: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    hardSigmoid(ids),
  "hardSilu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    hardSilu(ids),
  "hardTanh: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    hardTanh(ids),
  "tanhShrink: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    tanhShrink(ids),
  "mish: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    mish(ids),
  "logSigmoid: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    logSigmoid(ids),
  "sparsePlus: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sparsePlus(ids),
  "softplus: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    softplus(ids),
  "selu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    selu(ids),
  "gelu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    gelu(ids),
  "celu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    celu(ids),
  "hardShrink: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    hardShrink(ids),
  "softShrink: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    softShrink(ids),
  "squareplus: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    squareplus(ids),
};

/** What TypeScript says in its own words; a part of it is enough. */
export const inTypeScriptsWords = {
  "Type '[]' is not assignable to type '[...Dim[], Dim]'": () =>
    // @ts-expect-error
    dot(scalar, W),
  "Type '[]' is not assignable to type '[Dim, ...Dim[]]'": () =>
    // @ts-expect-error
    dot(x, scalar),
  "'unit' does not exist in type 'DenseOptions<number, boolean>'. Did you mean to write 'units'?": () =>
    // @ts-expect-error
    dense(x, { unit: 10 }),
  "Property 'units' is missing in type '{}'": () =>
    // @ts-expect-error
    dense(x, {}),
  "Property 'kernelSize' is missing": () =>
    // @ts-expect-error
    conv2d(image, { filters: 8 }),
  "Type '\"full\"' is not assignable to type 'PairPadding'": () =>
    // @ts-expect-error
    conv2d(image, { filters: 8, kernelSize: 3, padding: "full" }),
  "is not assignable to type 'KeepsShape'": () =>
    // @ts-expect-error
    dense(x, { units: 10, activation: sum }),
  "Type '\"int32\"' is not assignable to type '\"float32\"'": () =>
    // @ts-expect-error
    activation(ids, relu),
  "Argument of type '\"float64\"' is not assignable to parameter of type 'DType'": () =>
    // @ts-expect-error
    cast(x, "float64"),
  "Argument of type 'string' is not assignable to parameter of type 'number | Tensor<[], any>'": () =>
    // @ts-expect-error
    add(x, "1"),
  "Type 'string' is not assignable to type 'number'": () =>
    // @ts-expect-error
    variable("W", ["batch", 10], zeros()),
  "'learning_rate' does not exist in type 'SgdOptions<number, number>'. Did you mean to write 'learningRate'?": () =>
    // @ts-expect-error
    sgd({ learning_rate: 0.1 }),
  "Property 'picture' does not exist on type '{ readonly image: Tensor<[\"batch\", 784], \"float32\">; }'": () =>
    // @ts-expect-error
    model({ image: input(["batch", 784]) }, ({ picture }) => dense(picture, { units: 10 })),
  "Property 'dW' does not exist on type '{ W: Tensor<[100, 10], \"float32\">; }'": () =>
    // @ts-expect-error
    gradients(sum(W), { W }).dW,
};
