import { expect, test } from "vitest";
import type { AddDims, Ceil, Floor, Minus, Plus, Times } from "../../src/types/arithmetic.js";
import type { CheckAxis, DimAt, InsertAxis, ReplaceAxis } from "../../src/types/axis.js";
import type { Broadcast, CheckBroadcast, CheckBroadcastTo } from "../../src/types/broadcast.js";
import type { Batched, Dim, Ranked, Shape } from "../../src/types/dim.js";
import type { ProductOf } from "../../src/types/product.js";
import type { CheckAxes, RemoveAxes } from "../../src/types/reduce.js";
import type { CheckReshape, InferReshape } from "../../src/types/reshape.js";
import type { CheckWindow, WindowSize } from "../../src/types/window.js";
import { type Equal, holds } from "./equal.js";
import { image, type Tensor, tensor } from "./tensor.js";

// The rules inside of functions that are generic in their sizes: what a person writes as a block. None of it is run: it
// compiles, or does not.

declare function add<const A extends Shape, const B extends Shape>(
  a: Tensor<A>,
  b: Tensor<B> & CheckBroadcast<"add", A, B>,
): Tensor<Broadcast<A, B>>;
declare function mean<const S extends Shape, const Axis extends number>(
  x: Tensor<S>,
  axis: Axis & CheckAxis<"mean", S, Axis>,
): Tensor<RemoveAxes<S, Axis, true>>;
declare function dense<const Batch extends Shape, N extends Dim, const U extends Dim>(
  x: Tensor<[...Batch, N]>,
  units: U,
): Tensor<Batched<Batch, [U]>>;
declare function conv2d<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends Dim,
  const F extends Dim,
  const Stride extends number,
>(
  x: Tensor<[B, H, W, C]>,
  options: { filters: F; strides: Stride },
): Tensor<[B, WindowSize<H, 3, Stride, "same">, WindowSize<W, 3, Stride, "same">, F]>;
declare function reshape<const From extends Shape, const To extends Shape>(
  x: Tensor<From>,
  to: [...To] & CheckReshape<From, To>,
): Tensor<InferReshape<From, To>>;
declare function data<const S extends Shape>(shape: S): Tensor<Ranked<S>>;

// Blocks: each is checked once, here.
function scale<const S extends Shape>(x: Tensor<S>): Tensor<S> {
  return add(add(tensor(), x), tensor());
}
function bias<const B extends Shape, K extends Dim>(x: Tensor<[...B, K]>): Tensor<[...B, K]> {
  return add(x, add(tensor(x.shape[x.shape.length - 1] as K), tensor()));
}
function center<const B extends Shape, K extends Dim>(x: Tensor<[...B, K]>): Tensor<[...B, K]> {
  return add(x, mean(x, -1));
}
function mask<B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>, t: T, c: C): Tensor<[B, T, C]> {
  return add(add(add(x, tensor(t, 1)), tensor(1, c)), add(tensor(1, t, 1), tensor(c)));
}
function downsample<B extends Dim, H extends Dim, W extends Dim, C extends Dim, const F extends Dim>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
): Tensor<[B, Ceil<H, 2>, Ceil<W, 2>, F]> {
  const main = conv2d(conv2d(x, { filters, strides: 2 }), { filters, strides: 1 });
  return add(main, conv2d(x, { filters, strides: 2 }));
}
function flatten<B extends Dim, H extends Dim, W extends Dim, C extends Dim>(x: Tensor<[B, H, W, C]>, b: B) {
  return dense(reshape(x, [b, -1]), 10);
}

function calls() {
  const text: Tensor<["batch", "time", 64]> = mask(center(bias(scale(tensor("batch", "time", 64)))), "time", 64);
  const small: Tensor<["batch", 16, "ceil(width/2)", 8]> = downsample(tensor("batch", 32, "width", 3), 8);
  const logits: Tensor<["batch", 10]> = flatten(tensor("batch", 7, 7, 512), "batch");
  return [text, small, logits];
}

function mistakes<B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>, t: T) {
  // @ts-expect-error C is not known to be T
  add(x, tensor(t));
  // @ts-expect-error C is not known to be 64
  add(x, tensor(64));
  // @ts-expect-error "mean: axis 3 is out of range …"
  mean(x, 3);
  // @ts-expect-error "add: [2] and [3] do not broadcast: axis 0 is 2 and 3"
  add(tensor(2), tensor(3));
}

function symbolic<B extends Shape, H extends Dim, W extends Dim, C extends Dim>() {
  holds<Equal<WindowSize<H, 3, 2, "same">, Ceil<H, 2>>>();
  holds<Equal<WindowSize<H, 3, 1, "same">, H>>();
  holds<Equal<WindowSize<H, 3, 1, "valid">, Minus<H, 2>>>();
  holds<Equal<WindowSize<H, 1, 2, "valid">, Ceil<H, 2>>>();
  holds<Equal<WindowSize<H, 3, 2, "valid">, Minus<Ceil<H, 2>, 1>>>();
  holds<Equal<WindowSize<H, 3, 2, 1>, Ceil<H, 2>>>();
  holds<Equal<WindowSize<H, 7, 2, 3>, Ceil<H, 2>>>();
  holds<Equal<WindowSize<H, 4, 2, 1>, Floor<H, 2>>>();
  holds<Equal<WindowSize<H, 5, 3, "valid">, Minus<Floor<Plus<H, 1>, 3>, 1>>>();
  holds<Equal<AddDims<H, 3>, Plus<H, 3>>>();
  holds<Equal<AddDims<H, 0>, H>>();
  holds<Equal<CheckWindow<"conv2d", "height", H, 3, "valid">, unknown>>();
  holds<Equal<InferReshape<[H, W, C], [H, -1]>, [H, ProductOf<[W, C]>]>>();
  holds<Equal<CheckReshape<[H, W, C], [H, -1]>, unknown>>();
  holds<Equal<CheckReshape<[H, W], [H, W]>, unknown>>();
  holds<Equal<CheckReshape<[H, W], [H, W, 1]>, unknown>>();
  holds<Equal<CheckReshape<[H, W, 1], [H, W]>, unknown>>();
  holds<Equal<CheckReshape<[H, Times<W, C>], [H, W, C]>, unknown>>();
  holds<Equal<CheckReshape<[H, W, C], [Times<H, W>, C]>, unknown>>();
  holds<Equal<CheckReshape<[H, W, C], [H, Times<W, C>]>, unknown>>();
  holds<Equal<CheckBroadcastTo<"broadcastTo", [W], [H, W]>, unknown>>();
  holds<Equal<CheckBroadcastTo<"broadcastTo", [1, W], [H, W]>, unknown>>();
  holds<Equal<RemoveAxes<[...B, H], -1>, B>>();
  holds<Equal<RemoveAxes<[...B, H, W], [-1, -2], true>, [...B, 1, 1]>>();
  holds<Equal<RemoveAxes<[H, W, C], [1, 2]>, [H]>>();
  holds<Equal<CheckAxes<"sum", [H, W, C], [0, -1]>, unknown>>();
  holds<Equal<CheckAxis<"sum", [...B, H], -1>, unknown>>();
  holds<Equal<DimAt<[...B, H], -1>, H>>();
  holds<Equal<ReplaceAxis<[...B, H], -1, 3>, [...B, 3]>>();
  holds<Equal<InsertAxis<[...B, H], -1>, [...B, H, 1]>>();
  const dims = (size: Dim) => size;
  return (a: Ceil<H, 2>, b: WindowSize<H, 3, 2, "valid">, c: ProductOf<[H, W]>, d: DimAt<[H, W], 0>) =>
    [a, b, c, d].map(dims); // each is a size
}

function unknownRank(anything: Tensor<any>, rows: number[]) {
  const four: Tensor<[Dim, Dim, Dim, Dim]> = image(anything);
  const ten: Tensor<any> = dense(anything, 10);
  const more: Tensor<[Dim, Dim, Dim, Dim]> = image(add(dense(add(anything, tensor(3)), 10), tensor("batch", 10)));
  const loaded: Tensor<[Dim, Dim, Dim, Dim]> = image(data(rows));
  const known: Tensor<["batch", 3]> = data(["batch", 3]);
  return [four, ten, more, loaded, known, mean(anything, 2), reshape(anything, [2, -1])];
}

test("generic functions compile", () => {
  expect([calls, mistakes, symbolic, unknownRank].map((check) => typeof check)).toEqual(Array(4).fill("function"));
});
