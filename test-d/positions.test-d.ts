import {
  add,
  type Dim,
  identity,
  input,
  positionEmbedding,
  rescaling,
  reversibleEmbedding,
  rotaryEmbedding,
  type Shape,
  scaledDotProductAttention,
  sequential,
  sinePositionEncoding,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

// Where places stand: shapes stay as they are, within generic blocks too.

const words = input(["batch", "time", 64]);
const place = input([], "int32");
expectType<Tensor<["batch", "time", 64]>>(rotaryEmbedding(words));
expectType<Tensor<["batch", 8, 1, 64]>>(
  rotaryEmbedding(input(["batch", 8, 1, 64]), { base: 500000, offset: place, interleaved: true }),
);
expectType<Tensor<["batch", "time", 64]>>(sinePositionEncoding(words, { offset: 3 }));
expectType<Tensor<["batch", "time", 64]>>(positionEmbedding(words, { sequenceLength: 512 }));
expectType<Tensor<["batch", 512, 7]>>(positionEmbedding(input(["batch", 512, 7]), { sequenceLength: 512 }));
expectType<Tensor<["batch", 1, 64]>>(
  positionEmbedding(input(["batch", 1, 64]), { sequenceLength: 512, offset: place }),
);
expectType<Tensor<["batch", "time", 64]>>(sequential(words, positionEmbedding({ sequenceLength: 512 })));

/** Places that a block adds, of any sizes. */
function placed<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  return add(add(x, sinePositionEncoding(x)), positionEmbedding(x, { sequenceLength: 100 }));
}
expectType<Tensor<["batch", "time", 64]>>(placed(words));

/** Places that queries and keys are turned by. */
function turned<const B extends Shape, T extends Dim, C extends number>(x: Tensor<[...B, T, C]>): Tensor<[...B, T, C]> {
  return rotaryEmbedding(x, { offset: place });
}
expectType<Tensor<["batch", 8, "time", 64]>>(turned(input(["batch", 8, "time", 64])));

/** Heads of 64 channels. */
function looking<B extends Dim, N extends Dim, T extends Dim>(x: Tensor<[B, N, T, 64]>): Tensor<[B, N, T, 64]> {
  const query = rotaryEmbedding(x);
  expectType<Tensor<[B, N, T, 64]>>(query);
  return scaledDotProductAttention(query, query, x, { isCausal: true });
}
expectType<Tensor<["batch", 4, 9, 64]>>(looking(input(["batch", 4, 9, 64])));

// What is not known is left to the runtime.
declare const unknownSizes: Tensor<number[]>;
declare const someChannels: Tensor<["batch", number, number]>;
declare const length: number;
rotaryEmbedding(unknownSizes);
expectType<Tensor<["batch", number, number]>>(sinePositionEncoding(someChannels));
expectType<Tensor<["batch", number, number]>>(positionEmbedding(someChannels, { sequenceLength: 8 }));
expectType<Tensor<["batch", "time", 64]>>(positionEmbedding(words, { sequenceLength: length }));

// Words as vectors, and back by the same table.
const table = reversibleEmbedding({ inputDim: 1000, outputDim: 64 });
expectType<Tensor<["batch", "time", 64]>>(table(input(["batch", "time"], "int32")));
expectType<Tensor<["batch", "time", 1000]>>(table.reverse(words));
expectType<Tensor<["batch", "time", 64]>>(sequential(input(["batch", "time"], "int32"), table));

/** Scores for every place of a block's output. */
function said<const B extends Shape>(x: Tensor<[...B, 64]>): Tensor<[...B, 1000]> {
  return table.reverse(x);
}
expectType<Tensor<["batch", 1000]>>(said(input(["batch", 64])));

expectType<Tensor<["batch", 3], "int32">>(identity(input(["batch", 3], "int32")));
expectType<Tensor<["batch", "time", 64]>>(sequential(words, identity()));
expectType<Tensor<["batch", 28, 28]>>(rescaling(input(["batch", 28, 28], "int32"), { scale: 1 / 255 }));
expectType<Tensor<["batch", 3]>>(sequential(input(["batch", 3], "bool"), rescaling({ scale: 2, offset: -1 })));

/** The same of any shape. */
function scaled<const S extends Shape>(x: Tensor<S, "int32">): Tensor<S> {
  return rescaling(identity(x), { scale: 0.5 });
}
expectType<Tensor<["batch", 9]>>(scaled(input(["batch", 9], "int32")));
