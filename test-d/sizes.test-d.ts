import {
  arange,
  bincount,
  conv1d,
  conv2d,
  type Dim,
  dense,
  dropout,
  embedding,
  eye,
  input,
  type Layer,
  lstm,
  multiHeadAttention,
  parameterCount,
  rearrange,
  type Shape,
  sequential,
  type Tensor,
  type Times,
  times,
  tril,
} from "shapewright";
import { expectType } from "tsd";

// Numbers are looked at by their texts, and nothing else: what is not known may be any.

const x = input(["batch", 8]);
const ids = input(["batch", 3], "int32");
declare const n: number;
declare const either: 64 | 128;

expectType<Tensor<["batch", 1000000000]>>(dense(x, { units: 1e9 }));
expectType<Tensor<["batch", number]>>(dense(x, { units: n }));
expectType<Tensor<["batch", 64 | 128]>>(dense(x, { units: either }));
expectType<Tensor<["batch", number], "int32">>(bincount(ids, n));
expectType<Tensor<["batch", 3, 4]>>(embedding(ids, { inputDim: n, outputDim: 4 }));
for (const rate of [dropout(x, 0), dropout(x, 0.5), dropout(x, 1e-7), dropout(x, 1.5e-7), dropout(x, n)]) {
  expectType<Tensor<["batch", 8]>>(rate);
}
expectType<Tensor<[3, 3]>>(tril(input([3, 3]), -1));

/** Sizes that are parameters, and what is calculated of them, are inferred as if nothing were asked. */
function widening<const B extends Shape, C extends number>(x: Tensor<[...B, C]>, units: NoInfer<C>) {
  const wide = dense(x, { units: times(units, 4) });
  return { wide, back: dense(wide, { units }), both: sequential(x, dense({ units: times(units, 2) }), dropout(0.1)) };
}
const widened = widening(x, 8);
expectType<Tensor<["batch", 32]>>(widened.wide);
expectType<Tensor<["batch", 8]>>(widened.back);
expectType<Tensor<["batch", 16]>>(widened.both);

function filtered<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
): Tensor<[B, H, W, Times<F, 2>]> {
  const first = conv2d(x, { filters, kernelSize: 3, padding: "same" });
  return conv2d(first, { filters: times(filters, 2), kernelSize: 1, padding: "same" });
}
expectType<Tensor<["batch", 28, 28, 16]>>(filtered(input(["batch", 28, 28, 3]), 8));

function remembered<B extends Dim, T extends Dim, C extends number, const U extends number>(
  x: Tensor<[B, T, C]>,
  units: U,
): Tensor<[B, U]> {
  const attended = multiHeadAttention(x, { numHeads: 2, keyDim: units });
  return lstm(lstm(attended, { units: times(units, 2), returnSequences: true }), { units });
}
expectType<Tensor<["batch", 5]>>(remembered(input(["batch", "time", 4]), 5));

/** A layer of a size that is a parameter. */
const layerOf = <const U extends number>(units: U) => dense({ units });
expectType<Tensor<["batch", 7]>>(layerOf(7)(x));
export const kept: Layer = layerOf(n);

/** As are sizes of what is made of them. */
function identityOf<const N extends number>(n: N) {
  return eye(times(n, 2));
}
expectType<Tensor<[6, 6]>>(identityOf(3));
expectType<Tensor<[number, number]>>(eye(n));
expectType<Tensor<[64 | 128], "int32">>(arange(either));
expectType<Tensor<[2, 2, 2]>>(rearrange(input([4, 2]), "(a b) c -> a b c", { a: 2 }));
expectType<Tensor<["batch", 6, 4]>>(sequential(input(["batch", 8, 2]), conv1d({ filters: 4, kernelSize: [3] })));
expectType<200>(parameterCount(conv1d({ filters: 8, kernelSize: [3] }), input([2, "h", 8])));
