import { constant, type Dim, input, matmul, type Shape, softmax, type Tensor, variable, zeros } from "shapewright";
import { expectType } from "tsd";

// Products of matrices: the shape of the result, exact in generic functions too.

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
expectType<Tensor<["m+n", 3]>>(matmul(input(["m+n", "k"]), input(["k", 3])));
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
