import {
  type Dim,
  input,
  type Key,
  randomBernoulli,
  randomCategorical,
  randomKey,
  randomShuffle,
  randomTruncatedNormal,
  type Shape,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

// What is drawn by keys: its shape, exact in generic functions too.

const key = randomKey(0);
declare const n: number;
declare const shape: Dim[];
declare const anything: Tensor<any>;

expectType<Tensor<["batch", 3]>>(randomTruncatedNormal(key, ["batch", 3]));
expectType<Tensor<[], "bool">>(randomBernoulli(key, []));
expectType<Tensor<["batch", number], "bool">>(randomBernoulli(key, ["batch", n], 0.1));
expectType<Tensor<any>>(randomTruncatedNormal(key, shape));
expectType<Tensor<["batch", "time"], "int32">>(randomCategorical(key, input(["batch", "time", 1000])));
expectType<Tensor<[], "int32">>(randomCategorical(key, input([10])));
expectType<Tensor<any, "int32">>(randomCategorical(key, anything));
expectType<Tensor<["batch", 3], "bool">>(randomShuffle(key, input(["batch", 3], "bool")));
declare const deep: Tensor<[1, 2, 3, "a", "m+n", 4]>;
expectType<Tensor<[1, 2, 3, "a", "m+n", 4]>>(randomShuffle(key, deep, -1));

/** The next word of each text, for any axes before. */
function next<const B extends Shape, V extends number>(key: Key, logits: Tensor<[...B, V]>): Tensor<B, "int32"> {
  expectType<Tensor<[...B, V]>>(randomShuffle(key, logits));
  return randomCategorical(key, logits);
}
expectType<Tensor<["batch", "time"], "int32">>(next(key, input(["batch", "time", 1000])));
