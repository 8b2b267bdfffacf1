import {
  all,
  any,
  constant,
  countNonzero,
  type Dim,
  greater,
  input,
  matmul,
  min,
  norm,
  type Shape,
  softmax,
  std,
  subtract,
  type Tensor,
  variable,
  variance,
  zeros,
} from "shapewright";
import { expectType } from "tsd";

// Products of matrices, and reductions: the shape of the result, exact in generic functions too.

const image = input(["batch", 8, "time", 64]);
const text = input(["batch", "time", 64]);

expectType<Tensor<["batch", 8, "time", "time"]>>(matmul(image, image, { transposeB: true }));
expectType<Tensor<["batch", 8, 64, 64]>>(matmul(image, image, { transposeA: true }));
expectType<Tensor<["batch", "time", 10]>>(matmul(text, variable("W", [64, 10], zeros())));
expectType<Tensor<["batch", "time"]>>(matmul(text, variable("w", [64], zeros())));
expectType<Tensor<["batch", "time"]>>(matmul(variable("w", [64], zeros()), input(["batch", 64, "time"])));
expectType<Tensor<[]>>(matmul(constant([1, 2]), constant([3, 4])));
expectType<Tensor<["batch", 5, 2, 4]>>(matmul(input(["batch", 1, 2, 3]), input([5, 3, 4])));
expectType<Tensor<["batch", 5, 2, 4]>>(matmul(input([5, 2, 3]), input(["batch", 1, 4, 3]), { transposeB: true }));
declare const joined: Tensor<["m+n", "k"]>;
expectType<Tensor<["m+n", 3]>>(matmul(joined, input(["k", 3])));
expectType<Tensor<[1, 2, 3, 4, "a", "c"]>>(matmul(input([1, 2, 3, 4, "a", "b"]), input([1, 2, 3, 4, "b", "c"])));

// What the compiler does not know
declare const n: number;
declare const turn: boolean;
declare const anything: Tensor<any>;
expectType<Tensor<["batch", "time", number]>>(matmul(text, input([64, n])));
expectType<Tensor<["batch", "time", 10]>>(matmul(input(["batch", "time", n]), input([64, 10])));
expectType<Tensor<["batch", number, number]>>(matmul(text, text, { transposeA: turn, transposeB: turn }));
expectType<Tensor<any>>(matmul(anything, text));
expectType<Tensor<any>>(matmul(text, anything));

/** Attention's weights and what they choose, for any axes before. */
function attend<const B extends Shape, T extends Dim, S extends Dim, K extends Dim, V extends Dim>(
  query: Tensor<[...B, T, K]>,
  key: Tensor<[...B, S, K]>,
  value: Tensor<[...B, S, V]>,
): Tensor<[...B, T, V]> {
  const scores = matmul(query, key, { transposeB: true });
  expectType<Tensor<[...B, T, S]>>(scores);
  return matmul(softmax(scores), value);
}
expectType<Tensor<["batch", 8, "time", 32]>>(attend(image, image, input(["batch", 8, "time", 32])));

/** Of a matrix and of a vector in a generic body. */
function project<B extends Dim, T extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, T, C]>,
  W: Tensor<[C, F]>,
  w: Tensor<[C]>,
): [Tensor<[B, T, F]>, Tensor<[B, T]>] {
  return [matmul(x, W), matmul(x, w)];
}
expectType<[Tensor<["batch", "time", 10]>, Tensor<["batch", "time"]>]>(
  project(text, variable("W", [64, 10], zeros()), variable("w", [64], zeros())),
);

expectType<Tensor<["batch", 64]>>(min(text, { axis: 1 }));
expectType<Tensor<["batch"], "int32">>(min(input(["batch", 3], "int32"), { axis: -1 }));
expectType<Tensor<[], "bool">>(any(greater(text, 0)));
expectType<Tensor<["batch", 1, 1], "bool">>(all(greater(text, 0), { axis: [1, 2], keepDims: true }));
expectType<Tensor<["batch"], "int32">>(countNonzero(text, { axis: [1, -1] }));
expectType<Tensor<[], "int32">>(countNonzero(greater(text, 0)));
expectType<Tensor<["batch", "time", 1]>>(variance(text, { axis: -1, keepDims: true }));
expectType<Tensor<[1, 1, 1]>>(std(text, { keepDims: true }));
expectType<Tensor<["batch", "time"]>>(norm(text, { axis: 2 }));
expectType<Tensor<any>>(norm(anything, { axis: 2 }));

/** The range, spread and length of rows, for any axes before. */
function spread<const B extends Shape, N extends Dim>(x: Tensor<[...B, N]>): Tensor<[...B, 1]> {
  expectType<Tensor<B, "int32">>(countNonzero(x, { axis: -1 }));
  expectType<Tensor<B, "bool">>(any(greater(x, 0), { axis: -1 }));
  expectType<Tensor<B>>(norm(x, { axis: -1 }));
  return subtract(std(x, { axis: -1, keepDims: true }), min(x, { axis: -1, keepDims: true }));
}
expectType<Tensor<["batch", "time", 1]>>(spread(text));
