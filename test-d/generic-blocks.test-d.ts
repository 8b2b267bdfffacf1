import {
  type AddDims,
  activation,
  add,
  type Ceil,
  cast,
  concat,
  constant,
  conv2d,
  type Dim,
  type DType,
  dense,
  divide,
  dot,
  dropout,
  type Floor,
  flatten,
  glorotUniform,
  greater,
  input,
  layerNormalization,
  maximum,
  maxPooling2d,
  mean,
  model,
  multiply,
  oneHot,
  ones,
  over,
  type Plus,
  type ProductOf,
  relu,
  reshape,
  type Shape,
  select,
  sequential,
  sigmoid,
  slice,
  softmax,
  split,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  type Times,
  times,
  transpose,
  unstack,
  variable,
  zeros,
} from "shapewright";
import { expectType } from "tsd";

// Blocks as a person writes them: generic functions, checked once in their own body, without a cast. Where they are called,
// the types are exact. What a block gets wrong about its own type parameters is an error in its body.

const row = input(["batch", 64]);
const text = input(["batch", "time", 64]);
const image = input(["batch", 32, "width", 3]);

/** A residual block: two dense layers beside the way around them. `NoInfer`: the width is the tensor's, not the other way round. */
function residual<const B extends Shape, N extends number>(x: Tensor<[...B, N]>, width: NoInfer<N>): Tensor<[...B, N]> {
  const h = dense(x, { units: 256, activation: relu });
  expectType<Tensor<[...B, 256]>>(h);
  return add(x, dense(h, { units: width }));
}
expectType<Tensor<["batch", 64]>>(residual(row, 64));
expectType<Tensor<["batch", "time", 64]>>(residual(text, 64));

/** A bias by broadcasting. */
function bias<const B extends Shape, N extends number>(x: Tensor<[...B, N]>, width: N): Tensor<[...B, N]> {
  return add(x, variable("bias", [width], zeros()));
}
expectType<Tensor<["batch", "time", 64]>>(bias(text, 64));

/** A scale and a shift, of any shape at all. */
function standardize<const S extends Shape>(x: Tensor<S>): Tensor<S> {
  return divide(subtract(x, 0.5), 0.25);
}
expectType<Tensor<["batch", 32, "width", 3]>>(standardize(image));
expectType<Tensor<[]>>(standardize(constant(1)));

/** Numbers whose values the caller gives. */
function between<const S extends Shape, Low extends number>(x: Tensor<S>, low: Low, ids: Tensor<S, "int32">) {
  const scaled = multiply(2, subtract(maximum(x, low), low));
  return { scaled, chosen: select(greater(ids, 0), scaled, 0), next: add(ids, 1) };
}
expectType<{ scaled: Tensor<["batch", 2]>; chosen: Tensor<["batch", 2]>; next: Tensor<["batch", 2], "int32"> }>(
  between(input(["batch", 2]), -1, input(["batch", 2], "int32")),
);

/** Layer normalisation over the last axis. */
function normalize<const B extends Shape, N extends number>(x: Tensor<[...B, N]>, width: N): Tensor<[...B, N]> {
  const average = mean(x, { axis: -1, keepDims: true });
  expectType<Tensor<[...B, 1]>>(average);
  const centred = subtract(x, average);
  const variance = mean(square(centred), { axis: -1, keepDims: true });
  const normal = divide(centred, sqrt(add(variance, constant(1e-5))));
  return add(multiply(normal, variable("gain", [width], ones())), variable("shift", [width], zeros()));
}
expectType<Tensor<["batch", "time", 64]>>(normalize(text, 64));

/** A block of a transformer, normalised before it computes. */
function feedForward<const B extends Shape, N extends number>(
  x: Tensor<[...B, N]>,
  width: NoInfer<N>,
): Tensor<[...B, N]> {
  const normal = layerNormalization(x);
  expectType<Tensor<[...B, N]>>(normal);
  return add(x, dense(dense(normal, { units: 256, activation: relu }), { units: width }));
}
expectType<Tensor<["batch", "time", 64]>>(feedForward(text, 64));

/** Mixes the channels of every step. */
function mixer<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const weights = softmax(dot(x, variable("mix", [channels, channels], glorotUniform())));
  return add(multiply(weights, x), x);
}
expectType<Tensor<["batch", "time", 64]>>(mixer(text));

/** Mixes the steps of every channel. */
function mixSteps<B extends Dim, T extends number, C extends Dim>(x: Tensor<[B, T, C]>, steps: T): Tensor<[B, T, C]> {
  const across = transpose(x, [0, 2, 1]);
  expectType<Tensor<[B, C, T]>>(across);
  const mixed = dot(across, variable("mix", [steps, steps], glorotUniform()));
  return add(x, transpose(mixed, [0, 2, 1]));
}
expectType<Tensor<["batch", 20, "channels"]>>(mixSteps(input(["batch", 20, "channels"]), 20));

/** Lets each channel through as far as its mean over all steps says. */
function gate<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>, channels: C): Tensor<[B, T, C]> {
  const squeezed = mean(x, { axis: 1, keepDims: true });
  return multiply(x, sigmoid(dense(squeezed, { units: channels })));
}
expectType<Tensor<["batch", "time", 64]>>(gate(text, 64));

/** A residual block of convolutions that halves height and width. */
function downsample<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
): Tensor<[B, Ceil<H, 2>, Ceil<W, 2>, F]> {
  const first = conv2d(x, { filters, kernelSize: 3, strides: 2, padding: "same", activation: relu });
  expectType<Tensor<[B, Ceil<H, 2>, Ceil<W, 2>, F]>>(first);
  const second = conv2d(first, { filters, kernelSize: 3, padding: "same" });
  const around = conv2d(x, { filters, kernelSize: 1, strides: 2 });
  expectType<Tensor<[B, Ceil<H, 2>, Ceil<W, 2>, F]>>(around); // what padding "same" gives, too
  return relu(add(second, around));
}
expectType<Tensor<["batch", 16, "ceil(width/2)", 8]>>(downsample(image, 8));
expectType<Tensor<["batch", 8, "ceil(width/4)", 16]>>(downsample(downsample(image, 8), 16));

/** ResNet's, with padding in numbers on one way and a pool on another: the sizes are the same for every height and width. */
function strided<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
): Tensor<[B, Ceil<H, 2>, Ceil<W, 2>, F]> {
  const first = conv2d(x, { filters, kernelSize: 3, strides: 2, padding: 1, activation: relu });
  const pooled = maxPooling2d(conv2d(x, { filters, kernelSize: 1 }), { poolSize: 3, strides: 2, padding: 1 });
  const around = conv2d(x, { filters, kernelSize: 1, strides: 2 });
  return relu(add(add(conv2d(first, { filters, kernelSize: 3, padding: "same" }), around), pooled));
}
expectType<Tensor<["batch", 16, "ceil(width/2)", 8]>>(strided(image, 8));

/** The same where the step is a type parameter, too. */
function stridden<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, filters: F, strides: S) {
  const around = conv2d(x, { filters, kernelSize: 3, strides, padding: 1 });
  return add(conv2d(x, { filters, kernelSize: 1, strides }), around);
}
expectType<Tensor<["batch", 16, "ceil(width/2)", 8]>>(stridden(image, 8, 2));
expectType<Tensor<["batch", 32, "width", 8]>>(stridden(image, 8, 1));

/** A residual block of convolutions that keeps everything. */
function refine<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
  channels: C,
): Tensor<[B, H, W, C]> {
  const h = conv2d(x, { filters: channels, kernelSize: 3, padding: "same", activation: relu });
  return add(x, conv2d(h, { filters: channels, kernelSize: 3, padding: "same" }));
}
expectType<Tensor<["batch", 32, "width", 3]>>(refine(image, 3));

/** A convolution and a pool, with the result left to TypeScript. */
function stage<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
) {
  const pooled = maxPooling2d(conv2d(x, { filters, kernelSize: 3, padding: "same", activation: relu }));
  expectType<Tensor<[B, Floor<H, 2>, Floor<W, 2>, F]>>(pooled);
  return pooled;
}
expectType<Tensor<["batch", 16, "floor(width/2)", 8]>>(stage(image, 8));
expectType<Tensor<["batch", 8, "floor(width/4)", 16]>>(stage(stage(image, 8), 16));

/** Convolutions and a pool without padding, whose windows are as large as the caller says; the result is left to TypeScript. */
function shrink<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const K extends number,
>(x: Tensor<[B, H, W, C]>, filters: F, kernelSize: K) {
  const first = conv2d(x, { filters, kernelSize, padding: "valid", activation: relu });
  return maxPooling2d(conv2d(first, { filters, kernelSize }));
}
expectType<Tensor<["batch", 14, "floor(width/2)-2", 8]>>(shrink(image, 8, 3));
expectType<Tensor<["batch", 12, "floor(width/2)-4", 8]>>(shrink(image, 8, 5));
expectType<Tensor<["batch", number, number, 8]>>(shrink(image, 8, 3 as number));

/** A classifier's last layers, over any leading axes. */
function head<const B extends Shape, N extends number>(x: Tensor<[...B, N]>) {
  return dense(dense(x, { units: 64, activation: relu }), { units: 10, activation: softmax });
}
expectType<Tensor<["batch", 10]>>(head(row));
expectType<Tensor<["batch", "time", 10]>>(head(text));

/** Lets each feature through as far as all say, by way of a quarter as many: a quotient of a type parameter is a number, too. */
function excited<B extends Dim, C extends number>(x: Tensor<[B, C]>) {
  const few: Tensor<[B, Floor<C, 4>]> = dense(x, { units: over(x.shape[1], 4), activation: relu });
  return few;
}
expectType<Tensor<["batch", 16]>>(excited(input(["batch", 64])));

/** A head whose size is told. */
function classifier<B extends Dim, N extends number, const U extends number>(x: Tensor<[B, N]>, units: U) {
  return activation(dense(x, { units }), softmax);
}
expectType<Tensor<["batch", 7]>>(classifier(row, 7));

/** A classifier out of layers, with the result left to TypeScript. */
function perceptron<const B extends Shape, N extends number>(x: Tensor<[...B, N]>) {
  const y = sequential(x, dense({ units: 64, activation: relu }), dropout(0.5), dense({ units: 10 }));
  expectType<Tensor<[...B, 10]>>(y);
  return y;
}
expectType<Tensor<["batch", 10]>>(perceptron(row));
expectType<Tensor<["batch", "time", 10]>>(perceptron(text));

/** A convnet for images of one size and any number of channels. */
function convnet<B extends Dim, C extends number>(x: Tensor<[B, 28, 28, C]>): Tensor<[B, 10]> {
  return sequential(x, conv2d({ filters: 8, kernelSize: 3 }), maxPooling2d(), flatten(), dense({ units: 10 }));
}
expectType<Tensor<["batch", 10]>>(convnet(input(["batch", 28, 28, 1])));

/** Layers that keep the shape, of any shape at all. */
function noisy<const S extends Shape>(x: Tensor<S>): Tensor<S> {
  return sequential(x, dropout(0.5), activation(relu));
}
expectType<Tensor<["batch", "time", 64]>>(noisy(text));

/** Sizes that are calculated from numbers can be units. */
function widen<const B extends Shape, N extends number>(x: Tensor<[...B, N]>, units: Plus<N, 8>) {
  const wide = dense(x, { units });
  expectType<Tensor<[...B, Plus<N, 8>]>>(wide);
  return wide;
}
expectType<Tensor<["batch", "time", 72]>>(widen(text, 72));

/** Height and width averaged away. */
function globalPool<B extends Dim, H extends Dim, W extends Dim, C extends Dim>(
  x: Tensor<[B, H, W, C]>,
): Tensor<[B, C]> {
  return mean(x, { axis: [1, 2] });
}
expectType<Tensor<["batch", 3]>>(globalPool(image));

/** The steps of each sample in one row, with the result left to TypeScript. */
function rows<B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>) {
  return reshape(x, [x.shape[0], -1]);
}
expectType<Tensor<["batch", "time*64"]>>(rows(text));

/** The same. */
function flat<B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>) {
  const flat = flatten(x);
  expectType<Tensor<[B, ProductOf<[T, C]>]>>(flat);
  return flat;
}
expectType<Tensor<["batch", "time*64"]>>(flat(text));
expectType<Tensor<["batch", 300]>>(flat(input(["batch", 100, 3])));

/** What comes in, beside itself. */
function twice<const B extends Shape, N extends Dim>(x: Tensor<[...B, N]>) {
  const both = concat([x, relu(x)], -1);
  expectType<Tensor<[...B, AddDims<N, N>]>>(both);
  return both;
}
expectType<Tensor<["batch", "time", 128]>>(twice(text));

/** Half of what comes in gates the other half. */
function gated<const B extends Shape, C extends number>(x: Tensor<[...B, C]>): Tensor<[...B, Floor<C, 2>]> {
  const [value, gate] = split(x, 2, -1);
  return multiply(value, gate);
}
expectType<Tensor<["batch", "time", 32]>>(gated(text));

/** The gates of a cell that one product gives. */
function gates<B extends Dim, C extends number, U extends number>(x: Tensor<[B, C]>, cell: Tensor<[B, U]>) {
  const units = cell.shape[1];
  const [take, keep, show] = split(dense(x, { units: times(units, 3) }), [units, units, units], -1);
  expectType<Tensor<[B, U]>>(take);
  return multiply(show, add(multiply(keep, cell), take));
}
expectType<Tensor<["batch", 8]>>(gates(row, input(["batch", 8])));

/** The first step of each sample. */
function first<B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>): Tensor<[B, 1, C]> {
  return slice(x, [0, 0, 0], [-1, 1, -1]);
}
expectType<Tensor<["batch", 1, 64]>>(first(text));

/** A relu of one's own. */
function positive<const S extends Shape>(x: Tensor<S>): Tensor<S> {
  return select(greater(x, constant(0)), x, constant(0));
}
expectType<Tensor<["batch", "time", 64]>>(positive(text));
expectType<Tensor<["batch", 10]>>(dense(row, { units: 10, activation: positive }));

/** An activation's total, whatever its shape. */
function penalty<const S extends Shape>(x: Tensor<S>): Tensor<[]> {
  return multiply(sum(square(x)), constant(1e-4));
}
expectType<Tensor<[]>>(penalty(text));

/** Class numbers as rows. */
function targets<const B extends Shape, D extends DType>(labels: Tensor<B, D>): Tensor<[...B, 10]> {
  return oneHot(cast(labels, "int32"), 10);
}
expectType<Tensor<["batch", "time", 10]>>(targets(input(["batch", "time"])));

/** Channels as heads, and heads as channels again. */
function heads<B extends Dim, T extends Dim, H extends number, D extends number>(
  x: Tensor<[B, T, NoInfer<Times<H, D>>]>,
  [b, t, h, d]: [B, T, H, D],
  width: NoInfer<Times<H, D>>,
) {
  const apart: Tensor<[B, T, H, D]> = reshape(x, [b, t, h, d]);
  const together: Tensor<[B, T, Times<H, D>]> = reshape(apart, [b, t, width]);
  const projected = dense(together, { units: width });
  return [apart, reshape(projected, [b, t, h, d])] as const;
}
expectType<readonly [Tensor<["batch", "time", 4, 16]>, Tensor<["batch", "time", 4, 16]>]>(
  heads(text, ["batch", "time", 4, 16], 64),
);

/** Squeeze and excite: channels as images of one place, and back. */
function excite<B extends Dim, H extends Dim, W extends Dim, C extends number>(x: Tensor<[B, H, W, C]>) {
  const [batch, , , channels] = x.shape;
  const squeezed = dense(mean(x, { axis: [1, 2] }), { units: channels });
  const images: Tensor<[B, 1, 1, C]> = reshape(squeezed, [batch, 1, 1, channels]);
  const rows: Tensor<[B, C]> = reshape(images, [batch, channels]);
  return [multiply(x, images), rows] as const;
}
expectType<readonly [Tensor<["batch", 8, 8, 6]>, Tensor<["batch", 6]>]>(excite(input(["batch", 8, 8, 6])));

/** What a layer gives, in heads and apart: the sizes asked for are the result's, with nothing left to be worked out. */
function projected<B extends Dim, T extends Dim, C extends number, D extends number>(x: Tensor<[B, T, C]>, depth: D) {
  const [batch, time] = x.shape;
  const wide = dense(x, { units: times(depth, 2) });
  const parts = reshape(wide, [batch, time, depth, 2]);
  expectType<Tensor<[B, T, D, 2]>>(parts);
  return unstack(parts, -1);
}
expectType<[Tensor<["batch", "time", 16]>, Tensor<["batch", "time", 16]>]>(projected(text, 16));

/** A model of any width. */
function regression<const N extends number>(width: N) {
  return model({ x: input(["batch", width]) }, ({ x }) => dense(x, { units: 1 }));
}
expectType<Tensor<["batch", 13]>>(regression(13).inputs.x);
expectType<Tensor<["batch", 1]>>(regression(13).output);

// Wrong in their own body, before anyone calls them

export function wrongWidth<const B extends Shape, N extends number>(x: Tensor<[...B, N]>) {
  // @ts-expect-error
  return add(x, dense(x, { units: 64 }));
}
export function wrongAxes<B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>) {
  // @ts-expect-error
  return add(x, transpose(x, [0, 2, 1]));
}
export function wrongDepth<B extends Dim, N extends number>(x: Tensor<[B, N]>) {
  // @ts-expect-error
  return dot(x, variable("W", [784, 10], zeros()));
}
export function wrongRank<B extends Dim, N extends Dim>(x: Tensor<[B, N]>) {
  // @ts-expect-error
  return maxPooling2d(x);
}
export function wrongStride<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
  c: C,
) {
  // @ts-expect-error
  return add(x, conv2d(x, { filters: c, kernelSize: 3, strides: 2, padding: "same" }));
}
export function wrongResult<const B extends Shape, N extends number>(x: Tensor<[...B, N]>): Tensor<[...B, N]> {
  // @ts-expect-error
  return dense(x, { units: 10 });
}
export function wrongAxis<B extends Dim, C extends Dim>(x: Tensor<[B, C]>) {
  // @ts-expect-error
  return mean(x, { axis: 2 });
}
export function wrongHeads<B extends Dim, H extends number, D extends number>(x: Tensor<[B, H]>, b: B, h: H, d: D) {
  // @ts-expect-error
  return reshape(x, [b, h, d]);
}
export function wrongDType<const S extends Shape>(x: Tensor<S, "int32">) {
  // @ts-expect-error
  return sqrt(x);
}

export function wrongLayer<const S extends Shape>(x: Tensor<S>) {
  // @ts-expect-error
  return sequential(x, conv2d({ filters: 3, kernelSize: 3 }));
}

// And wrong where they are called

// @ts-expect-error
residual(text, 32);
// @ts-expect-error
mixer(row);
// @ts-expect-error
residual(cast(row, "int32"), 64);

/** Several tensors of one size: it is inferred from the first, and the others are asked to fit, as README has it. */
function skip<B extends Dim, N extends number>(x: Tensor<[B, N]>, y: NoInfer<Tensor<[B, N]>>): Tensor<[B, N]> {
  return add(x, y);
}
expectType<Tensor<["batch", 512]>>(skip(input(["batch", 512]), input(["batch", 512])));
expectType<Tensor<["batch", 512]>>(skip(input(["batch", 512]), input(["batch", 512]) as Tensor<any>));
// @ts-expect-error Argument of type 'Tensor<["batch", 256]>' is not assignable to parameter of type 'Tensor<["batch", 512]>'
skip(input(["batch", 512]), input(["batch", 256]));
// @ts-expect-error
skip(input(["batch", 512]), input(["time", 512]));
/** Where the others have sizes of their own, one by one. */
function beside<B extends Dim, T extends Dim, S extends Dim, C extends number>(
  x: Tensor<[B, T, C]>,
  y: Tensor<[NoInfer<B>, S, NoInfer<C>]>,
) {
  return concat([x, y], 1);
}
expectType<Tensor<["batch", 9, 8]>>(beside(input(["batch", 4, 8]), input(["batch", 5, 8])));
// @ts-expect-error
beside(input(["batch", 4, 8]), input(["batch", 5, 9]));
// @ts-expect-error
beside(input(["batch", 4, 8]), input(["time", 5, 8]));
/** Twice as large beside what there was of that size. */
function larger<B extends Dim, H extends Dim, C extends number>(
  x: Tensor<[B, H, C]>,
  skip: Tensor<[NoInfer<B>, Times<H, 2>, NoInfer<C>]>,
) {
  return [x, skip] as const;
}
larger(input(["batch", 4, 8]), input(["batch", 8, 8]));
// @ts-expect-error
larger(input(["batch", 4, 8]), input(["batch", 9, 8]));
// Without it, the union of the two is a size that nobody knows.
function union<B extends Dim, N extends number>(x: Tensor<[B, N]>, y: Tensor<[B, N]>): Tensor<[B, N]> {
  return add(x, y);
}
expectType<Tensor<["batch", 256 | 512]>>(union(input(["batch", 512]), input(["batch", 256])));
