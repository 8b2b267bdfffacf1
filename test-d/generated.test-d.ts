import {
  block,
  conv1d,
  embedding,
  flatten,
  groupNormalization,
  input,
  maxPool2d,
  maxPooling1d,
  type Shape,
  softmax,
  sort,
  type Tensor,
  tensordot,
  topK,
  unstack,
} from "shapewright";
import { expectType } from "tsd";

// What generated programs found to be refused, or to be less than it is: see test/fuzz/types.

const tokens = input(["batch", 7], "int32");
expectType<Tensor<["batch", 28], "float32">>(block(embedding({ inputDim: 10, outputDim: 4 }), flatten())(tokens));

// For one axis, a list of one is a size, as in Keras.
const series = input(["batch", 100, 4]);
expectType<Tensor<["batch", 49, 8], "float32">>(conv1d(series, { filters: 8, kernelSize: [3], strides: [2] }));
expectType<Tensor<["batch", 50, 4], "float32">>(maxPooling1d({ poolSize: [2] })(series));
expectType<Tensor<["batch", 14, 14, 3], "float32">>(
  maxPool2d(input(["batch", 28, 28, 3]), { padding: [[1, 0], 0], poolSize: 2 }),
);

expectType<{
  readonly values: Tensor<["batch", 5], "int32">;
  readonly indices: Tensor<["batch", 5], "int32">;
}>(topK(tokens, 5));
expectType<[Tensor<["n"], "float32">, Tensor<["n"], "float32">]>(unstack(input([2, "n"])));
expectType<Tensor<["a", "b"], "float32">>(tensordot(input(["a", 3, 4]), input([3, 4, "b"])));
expectType<Tensor<["batch", 64], "float32">>(groupNormalization(input(["batch", 64])));

// Checks of what is left out are settled where shapes are type parameters.
function ordered<B extends Shape>(x: Tensor<[...B, 3]>): Tensor<[...B, 3]> {
  return softmax(sort(softmax(sort(x), -1)));
}
expectType<Tensor<["batch", 3], "float32">>(ordered(input(["batch", 3])));
