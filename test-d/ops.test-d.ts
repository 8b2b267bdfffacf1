import {
  abs,
  acos,
  acosh,
  add,
  argMax,
  array,
  asin,
  asinh,
  atan,
  atanh,
  broadcastTo,
  cast,
  ceil,
  celu,
  concat,
  constant,
  conv2d,
  correlate,
  cosh,
  dense,
  divide,
  dot,
  elasticTransform,
  elu,
  equal,
  erf,
  exp,
  expm1,
  exponential,
  extractPatches,
  extractPatches3d,
  fold,
  foldIn,
  gelu,
  gradients,
  greater,
  greaterEqual,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardTanh,
  input,
  isFinite,
  isInf,
  isNaN,
  leakyRelu,
  less,
  lessEqual,
  linear,
  log,
  log1p,
  log2,
  log10,
  logSigmoid,
  logSoftmax,
  logSumExp,
  max,
  maximum,
  maxPool2d,
  mean,
  minimum,
  mish,
  multiply,
  neg,
  nextAfter,
  notEqual,
  oneHot,
  ones,
  pad,
  pow,
  randomKey,
  randomNormal,
  randomUniform,
  reciprocal,
  relu,
  relu6,
  reshape,
  round,
  rsqrt,
  scan,
  select,
  selu,
  sigmoid,
  sigmoidCrossEntropyWithLogits,
  sign,
  silu,
  sinh,
  slice,
  softmax,
  softmaxCrossEntropyWithLogits,
  softplus,
  softShrink,
  softsign,
  sparsePlus,
  sparseSoftmaxCrossEntropyWithLogits,
  split,
  sqrt,
  square,
  squareplus,
  subtract,
  sum,
  type Tensor,
  tan,
  tanh,
  tanhShrink,
  threshold,
  transpose,
  trunc,
  variable,
  zeros,
} from "shapewright";
import { expectType } from "tsd";

// The exact type of every op's result: literal and named dims. Hovers show what stands here.

const x = input(["batch", 784]);
const image = input(["batch", 28, 28, 3]);
const photo = input(["batch", "height", "width", 3]);
const text = input(["batch", "time", 64]);
const ids = input(["batch", "time"], "int32");
const labels = input(["batch"], "int32");
const mask = input(["batch", 784], "bool");
const one = constant(1);

// Where values come from
expectType<Tensor<["batch", 784], "float32">>(input(["batch", 784]));
expectType<Tensor<["batch", 100], "int32">>(input(["batch", 100], "int32"));
expectType<Tensor<[], "float32">>(input([]));
expectType<Tensor<[784, 512]>>(variable("W", [784, 512], zeros()));
expectType<Tensor<[]>>(variable("scale", [], ones(), { trainable: false }));
expectType<Tensor<[]>>(constant(3));
expectType<Tensor<[], "bool">>(constant(true, "bool"));
expectType<Tensor<[3]>>(constant([1, 2, 3]));
expectType<Tensor<[0]>>(constant([]));
expectType<Tensor<[2, 2], "int32">>(
  constant(
    [
      [1, 2],
      [3, 4],
    ],
    "int32",
  ),
);
expectType<Tensor<[2, 3]>>(constant(array(new Float32Array(6), [2, 3])));
expectType<Tensor<[6], "int32">>(constant(array(new Uint8Array(6), [6])));

// One argument, element by element
expectType<Tensor<["batch", 784]>>(relu(x));
expectType<Tensor<["batch"]>>(logSumExp(x, { axis: -1 }));
expectType<Tensor<["batch", 784]>>(relu6(x));
expectType<Tensor<["batch", 784]>>(elu(x));
expectType<Tensor<["batch", 784]>>(leakyRelu(x, 0.1));
expectType<Tensor<["batch", 64]>>(dense(x, { units: 64, activation: leakyRelu }));
expectType<Tensor<["batch", 784]>>(sigmoid(x));
expectType<Tensor<["batch", 784]>>(tanh(x));
expectType<Tensor<["batch", 784]>>(exp(x));
expectType<Tensor<["batch", 784]>>(log(x));
expectType<Tensor<["batch", 784]>>(sqrt(x));
expectType<Tensor<["batch", 784]>>(square(x));
expectType<Tensor<["batch", 784]>>(softmax(x));
expectType<Tensor<["batch", 784]>>(logSoftmax(x));
expectType<Tensor<["batch", "time"], "int32">>(abs(ids));
expectType<Tensor<["batch", "time"], "int32">>(neg(ids));
expectType<Tensor<["batch", 784]>>(sign(x));
expectType<Tensor<[3], "int32">>(sign(input([3], "int32")));
expectType<Tensor<["batch", 784], "int32">>(cast(x, "int32"));
expectType<Tensor<["batch", 784]>>(cast(mask, "float32"));

// Two arguments, with broadcasting
expectType<Tensor<["batch", 784]>>(add(x, x));
expectType<Tensor<["batch", 784]>>(add(x, constant(1)));
expectType<Tensor<["batch", 784]>>(subtract(constant(1), x));
expectType<Tensor<["batch", 784]>>(add(x, 1));
expectType<Tensor<["batch", 784]>>(subtract(0.5, x));
expectType<Tensor<["batch", "time"], "int32">>(multiply(-2, ids));
expectType<Tensor<["batch", "time"], "bool">>(greaterEqual(ids, 3));
expectType<Tensor<["batch", "time"], "int32">>(select(equal(ids, 0), -1, ids));
expectType<Tensor<any, any>>(add(input(["batch"]) as Tensor<any, any>, 1.5));
/** Of `any` nothing is known: it may be a tensor as well. */
add(JSON.parse("1"), 2);
add(2, JSON.parse("1"));
/** A number whose value is not known is looked at when the op is built. */
expectType<Tensor<["batch", "time"], "int32">>(maximum(ids, Number("3")));
expectType<Tensor<["batch", "time", 64]>>(multiply(text, variable("gain", [64], ones())));
expectType<Tensor<["batch", "time", 64]>>(divide(variable("gain", [64], ones()), text));
expectType<Tensor<["batch", "time", 64]>>(add(text, input(["batch", 1, 1])));
expectType<Tensor<["batch", "time", "keys"]>>(add(input(["batch", "time", 1]), input([1, "keys"])));
expectType<Tensor<["batch", 784]>>(maximum(x, constant(0)));
expectType<Tensor<["batch", "time"], "int32">>(minimum(ids, constant(9, "int32")));
expectType<Tensor<["batch", 784]>>(pow(x, constant(2)));
expectType<Tensor<["batch", 784], "bool">>(greater(x, one));
expectType<Tensor<["batch", 784], "bool">>(greaterEqual(x, one));
expectType<Tensor<["batch", 784], "bool">>(less(one, x));
expectType<Tensor<["batch", 784], "bool">>(lessEqual(x, x));
expectType<Tensor<["batch", "time"], "bool">>(equal(ids, constant(0, "int32")));
expectType<Tensor<["batch", "time"], "bool">>(notEqual(ids, ids));
expectType<Tensor<["batch", 784]>>(select(mask, x, constant(0)));
expectType<Tensor<["batch", 784], "int32">>(select(mask, constant(1, "int32"), constant(0, "int32")));

// Reductions
expectType<Tensor<[]>>(sum(x));
expectType<Tensor<[]>>(mean(text));
expectType<Tensor<["batch"]>>(sum(x, { axis: -1 }));
expectType<Tensor<["batch"]>>(max(x, { axis: 1 }));
expectType<Tensor<["time", 64]>>(mean(text, { axis: 0 }));
expectType<Tensor<["batch", 3]>>(mean(image, { axis: [1, 2] }));
expectType<Tensor<["batch", 1, 1, 3]>>(mean(image, { axis: [2, 1], keepDims: true }));
expectType<Tensor<[1, 1]>>(sum(x, { keepDims: true }));
expectType<Tensor<["batch", "time"]>>(sum(text, { axis: -1, keepDims: false }));
expectType<Tensor<["batch"], "int32">>(max(ids, { axis: -1 }));
expectType<Tensor<["batch"], "int32">>(argMax(x));
expectType<Tensor<["batch", 64], "int32">>(argMax(text, 1));

// Products
expectType<Tensor<["batch", 10]>>(dot(x, variable("W", [784, 10], zeros())));
expectType<Tensor<["batch", "time", 10]>>(dot(text, variable("W", [64, 10], zeros())));
expectType<Tensor<["batch"]>>(dot(x, variable("w", [784], zeros())));
expectType<Tensor<[]>>(dot(constant([1, 2]), constant([3, 4])));
expectType<Tensor<["users", "items"]>>(dot(input(["users", 8]), input([8, "items"])));

// Images
expectType<Tensor<["batch", 26, 26, 32]>>(conv2d(image, variable("F", [3, 3, 3, 32], zeros()), {}));
expectType<Tensor<["batch", 14, 10, 8]>>(
  conv2d(image, variable("F", [3, 5, 3, 8], zeros()), { strides: [2, 3], padding: "same" }),
);
expectType<Tensor<["batch", "ceil(height/2)", "ceil(width/2)", 8]>>(
  conv2d(photo, variable("F", [3, 3, 3, 8], zeros()), { strides: 2, padding: "same" }),
);
expectType<Tensor<["batch", "height-2", "width-2", 8]>>(conv2d(photo, variable("F", [3, 3, 3, 8], zeros()), {}));
expectType<Tensor<["batch", 14, 14, 3]>>(maxPool2d(image));
expectType<Tensor<["batch", 4, 4, 147]>>(extractPatches(image, 7));
expectType<Tensor<["batch", 28, 10, 18]>>(extractPatches(image, [2, 3], { strides: [1, 3], padding: "same" }));
expectType<Tensor<["batch", 8, 4, 4, 294]>>(extractPatches3d(input(["batch", 16, 28, 28, 3]), [2, 7, 7]));
expectType<Tensor<["batch", "ceil(frames/2)", "height", 4, 24]>>(
  extractPatches3d(input(["batch", "frames", "height", 8, 3]), 2, { strides: [2, 1, 2], padding: "same" }),
);
expectType<Tensor<["batch", 28, 28, 3]>>(fold(extractPatches(image, 7), [28, 28], 7));
expectType<Tensor<["batch", "height", "width", 3]>>(
  fold(extractPatches(photo, 3, { strides: 1 }), ["height", "width"], 3, { strides: 1 }),
);
expectType<Tensor<["n"]>>(correlate(input(["n"]), input([3]), { mode: "same" }));
expectType<Tensor<["n+2"]>>(correlate(input(["n"]), input([3]), { mode: "full" }));
expectType<Tensor<["n-2"]>>(correlate(input(["n"]), input([3])));
expectType<Tensor<[4]>>(correlate(input([2]), input([5])));
expectType<Tensor<[5]>>(correlate(input([2]), input([5]), { mode: "same" }));
expectType<Tensor<[6]>>(correlate(input([5]), input([2]), { mode: "full" }));
expectType<Tensor<["batch", 3]>>(nextAfter(input(["batch", 1]), input([3])));
expectType<Tensor<["batch", 3]>>(nextAfter(input(["batch", 3]), Infinity));
expectType<Tensor<["batch", 28, 28, 3]>>(elasticTransform(image, randomKey(0), { alpha: 8, fillMode: "mirror" }));
expectType<Tensor<["batch", "height-2", "width-2", 27]>>(extractPatches(photo, 3, { strides: 1 }));
expectType<Tensor<["batch", 27, 9, 3]>>(maxPool2d(image, { poolSize: [2, 3], strides: [1, 3] }));
expectType<Tensor<["batch", "floor(height/2)", "floor(width/2)", 3]>>(maxPool2d(photo));

// Moving elements about
expectType<Tensor<["batch", 2352]>>(reshape(image, ["batch", -1]));
expectType<Tensor<["batch*2352"]>>(reshape(image, [-1]));
expectType<Tensor<["batch*28", 84]>>(reshape(image, [-1, 84]));
expectType<Tensor<["batch", 28, 28, 1]>>(reshape(x, ["batch", 28, 28, 1]));
expectType<Tensor<["batch", "time", 8, 8]>>(reshape(text, ["batch", "time", 8, -1]));
expectType<Tensor<["batch*time"], "int32">>(reshape(input(["time", "batch"], "int32"), [-1]));
expectType<Tensor<[3, 28, 28, "batch"]>>(transpose(image));
expectType<Tensor<["batch", 3, 28, 28]>>(transpose(image, [0, 3, 1, 2]));
expectType<Tensor<["batch", 32, 32, 3]>>(
  pad(image, [
    [0, 0],
    [2, 2],
    [2, 2],
    [0, 0],
  ]),
);
expectType<Tensor<["batch", "time+3", 64]>>(
  pad(text, [
    [0, 0],
    [1, 2],
    [0, 0],
  ]),
);
expectType<Tensor<["batch", 1, 64]>>(slice(text, [0, 0, 0], [-1, 1, -1]));
expectType<Tensor<["batch", 24, 24, 1]>>(slice(image, [0, 2, 2, 1], [-1, 24, 24, 1]));
expectType<Tensor<["batch", "time-1"], "int32">>(slice(ids, [0, 1], [-1, -1]));
const [q, , v] = split(input(["batch", "time", 192]), 3, -1);
expectType<Tensor<["batch", "time", 64]>>(q);
expectType<Tensor<["batch", "time", 64]>>(v);
const [head, tail] = split(ids, [1, -1], 1);
expectType<Tensor<["batch", 1], "int32">>(head);
expectType<Tensor<["batch", "time-1"], "int32">>(tail);
expectType<[Tensor<["batch", "floor(time/2)"], "int32">, Tensor<["batch", "floor(time/2)"], "int32">]>(
  split(ids, 2, 1),
);
expectType<Tensor<["batch", 96]>>(concat([input(["batch", 64]), input(["batch", 32])], -1));
expectType<Tensor<["batch", "keys+time", 64]>>(concat([text, input(["batch", "keys", 64])], 1));
expectType<Tensor<["batch", "time*2"], "int32">>(concat([ids, ids], 1));
expectType<Tensor<["batch", 3]>>(broadcastTo(constant([1, 2, 3]), ["batch", 3]));
expectType<Tensor<["batch", 10]>>(oneHot(labels, 10));
expectType<Tensor<["batch", "time", 1000]>>(oneHot(ids, 1000));

// Loops
const zeros64 = broadcastTo(constant(0), ["batch", 64]);
const summed = scan(text, { total: zeros64 }, ({ total }, place) => {
  expectType<Tensor<["batch", 64]>>(place);
  return { carry: { total: add(total, place) }, output: { total, less: sum(place, { axis: -1 }) } };
});
expectType<Tensor<["batch", 64]>>(summed.carry.total);
expectType<Tensor<["batch", "time", 64]>>(summed.outputs.total);
expectType<Tensor<["batch", "time"]>>(summed.outputs.less);
const several = scan({ text, ids }, zeros64, (carry, place) => {
  expectType<Tensor<["batch"], "int32">>(place.ids);
  return { carry, output: place.ids };
});
expectType<Tensor<["batch", "time"], "int32">>(several.outputs);
const alongFirst = scan(
  input(["time", 3]),
  broadcastTo(constant(0), [3]),
  (carry, place) => ({ carry, output: place }),
  {
    axis: 0,
  },
);
expectType<Tensor<["time", 3]>>(alongFirst.outputs);

// Random numbers
expectType<Tensor<[2], "int32">>(foldIn(randomKey(0), 3));
expectType<Tensor<["batch", 3]>>(randomNormal(randomKey(0), ["batch", 3]));
expectType<Tensor<[4]>>(randomUniform(foldIn(randomKey(0), constant(1, "int32")), [4]));

// Losses as ops
expectType<Tensor<["batch"]>>(sparseSoftmaxCrossEntropyWithLogits(x, labels));
expectType<Tensor<["batch", "time"]>>(sparseSoftmaxCrossEntropyWithLogits(text, ids));
expectType<Tensor<["batch"]>>(softmaxCrossEntropyWithLogits(x, x));
expectType<Tensor<["batch", 784]>>(sigmoidCrossEntropyWithLogits(x, x));

// Derivatives, of any order
const W = variable("W", [784, 512], zeros());
const slopes = gradients(mean(square(dot(x, W))), { W, x });
expectType<{ W: Tensor<[784, 512], "float32">; x: Tensor<["batch", 784], "float32"> }>(slopes);
expectType<{ W: Tensor<[784, 512], "float32"> }>(gradients(sum(square(slopes.W)), { W }));
expectType<{ b: Tensor<[3], "float32"> }>(gradients(sum(x), { b: variable("b", [3], zeros()) }));

// An annotation does not lend a tensor a type that it has not
expectType<2>(x.rank);
expectType<["batch", 784]>(x.shape);
// @ts-expect-error
export const wrongDtype: Tensor<["batch", 10], "int32"> = input(["batch", 10]);
// @ts-expect-error
export const wrongConstant: Tensor<[2], "int32"> = constant([1, 2]);
// @ts-expect-error
export const wrongSize: Tensor<["batch", 10]> = input(["batch", 11]);
// @ts-expect-error
export const wrongName: Tensor<["batch", 10]> = input(["samples", 10]);

expectType<Tensor<["batch", 784]>>(expm1(x));
expectType<Tensor<["batch", 784]>>(log1p(x));
expectType<Tensor<["batch", 784]>>(rsqrt(x));
expectType<Tensor<["batch", 784]>>(tan(x));
expectType<Tensor<["batch", 784]>>(asin(x));
expectType<Tensor<["batch", 784]>>(acos(x));
expectType<Tensor<["batch", 784]>>(atan(x));
expectType<Tensor<["batch", 784]>>(sinh(x));
expectType<Tensor<["batch", 784]>>(cosh(x));
expectType<Tensor<["batch", 784]>>(asinh(x));
expectType<Tensor<["batch", 784]>>(acosh(x));
expectType<Tensor<["batch", 784]>>(atanh(x));
expectType<Tensor<["batch", 784]>>(erf(x));
expectType<Tensor<["batch", 784]>>(ceil(x));
expectType<Tensor<["batch", 784]>>(round(x));
expectType<Tensor<["batch", 784]>>(log2(x));
expectType<Tensor<["batch", 784]>>(log10(x));
expectType<Tensor<["batch", 784]>>(reciprocal(x));
expectType<Tensor<["batch", 784]>>(trunc(x));
expectType<Tensor<["batch", 784]>>(exponential(x));
expectType<Tensor<["batch", 784]>>(linear(x));
expectType<Tensor<["batch", 784]>>(silu(x));
expectType<Tensor<["batch", 784]>>(softsign(x));
expectType<Tensor<["batch", 784]>>(hardSigmoid(x));
expectType<Tensor<["batch", 784]>>(hardSilu(x));
expectType<Tensor<["batch", 784]>>(hardTanh(x));
expectType<Tensor<["batch", 784]>>(tanhShrink(x));
expectType<Tensor<["batch", 784]>>(mish(x));
expectType<Tensor<["batch", 784]>>(logSigmoid(x));
expectType<Tensor<["batch", 784]>>(sparsePlus(x));
expectType<Tensor<["batch", 784]>>(softplus(x));
expectType<Tensor<["batch", 784]>>(selu(x));
expectType<Tensor<["batch", 784]>>(gelu(x));
expectType<Tensor<["batch", 784]>>(celu(x));
expectType<Tensor<["batch", 784]>>(hardShrink(x));
expectType<Tensor<["batch", 784]>>(softShrink(x));
expectType<Tensor<["batch", 784]>>(squareplus(x));
expectType<Tensor<["batch", 784]>>(threshold(x, 0.1, 0));
expectType<Tensor<["batch", 784], "bool">>(isNaN(x));
expectType<Tensor<["batch", 784], "bool">>(isInf(x));
expectType<Tensor<["batch", 784], "bool">>(isFinite(x));
expectType<Tensor<["batch", 784]>>(gelu(x, { approximate: false }));
expectType<Tensor<["batch", 10]>>(dense(x, { units: 10, activation: gelu }));
expectType<Tensor<["batch", 10]>>(dense(x, { units: 10, activation: silu }));
