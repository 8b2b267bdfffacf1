import {
  cholesky,
  choleskyInverse,
  type Dim,
  det,
  eigh,
  input,
  inverse,
  logDet,
  lstsq,
  matmul,
  qr,
  type Shape,
  slogdet,
  solve,
  svd,
  type Tensor,
  triangularSolve,
} from "shapewright";
import { expectType } from "tsd";

// Linear algebra.

const matrices = input(["batch", 3, 3]);
const named = input(["batch", "n", "n"]);
declare const anything: Tensor<any>;
declare const partly: Tensor<["batch", number, 3]>;

expectType<Tensor<["batch", 3, 3]>>(cholesky(matrices));
expectType<Tensor<["batch", "n", "n"]>>(cholesky(named, { upper: true }));
expectType<Tensor<["batch", number, 3]>>(cholesky(partly));
expectType<Tensor<any>>(cholesky(anything));
expectType<Tensor<["batch", 3, 3]>>(choleskyInverse(matrices));
expectType<Tensor<[2, 2]>>(inverse(input([2, 2])));
expectType<Tensor<[1, 2, 3, 4, "n", "n"]>>(inverse(input([1, 2, 3, 4, "n", "n"])));
expectType<Tensor<["batch"]>>(det(matrices));
expectType<Tensor<[]>>(det(input([2, 2])));
expectType<Tensor<any>>(det(anything));
expectType<Tensor<["batch"]>>(logDet(named));
expectType<Tensor<["batch"]>>(slogdet(named)[0]);
expectType<Tensor<["batch"]>>(slogdet(named)[1]);

expectType<Tensor<["batch", 3]>>(solve(matrices, input(["batch", 3])));
expectType<Tensor<["batch", 3, "columns"]>>(solve(matrices, input(["batch", 3, "columns"])));
expectType<Tensor<["n", 1]>>(solve(input(["n", "n"]), input(["n", 1])));
expectType<Tensor<any>>(solve(matrices, anything));
expectType<Tensor<["batch", 3]>>(solve(anything, input(["batch", 3])));
expectType<Tensor<["batch", 3]>>(solve(partly, input(["batch", 3])));
expectType<Tensor<["batch", "n"]>>(triangularSolve(named, input(["batch", "n"]), { lower: false }));

/** Least squares by normal equations, for any batches. */
function fit<const B extends Shape, M extends Dim, N extends Dim, K extends Dim>(
  a: Tensor<[...B, N, N]>,
  b: Tensor<[...B, N, K]>,
  c: Tensor<[...B, M, N]>,
): Tensor<[...B, M, K]> {
  const x = solve(cholesky(inverse(a)), triangularSolve(a, b));
  return matmul(c, x);
}
expectType<Tensor<["batch", 5, 2]>>(fit(matrices, input(["batch", 3, 2]), input(["batch", 5, 3])));

const deep = input(["batch", 4, 3]);
expectType<Tensor<["batch", 4, 3]>>(qr(deep)[0]);
expectType<Tensor<["batch", 3, 3]>>(qr(deep)[1]);
expectType<Tensor<[2, 2]>>(qr(input([2, 5]))[0]);
expectType<Tensor<[2, 5]>>(qr(input([2, 5]))[1]);
expectType<Tensor<["batch", "n", "n"]>>(qr(named)[1]);
expectType<Tensor<["batch", number, number]>>(qr(partly)[0]);
expectType<Tensor<any>>(qr(anything)[0]);
expectType<Tensor<["batch", 3]>>(eigh(matrices)[0]);
expectType<Tensor<["batch", "n", "n"]>>(eigh(named)[1]);
expectType<Tensor<["batch", 4, 3]>>(svd(deep)[0]);
expectType<Tensor<["batch", 3]>>(svd(deep)[1]);
expectType<Tensor<["batch", 3, 3]>>(svd(deep)[2]);
expectType<Tensor<["n"]>>(svd(input(["n", "n"]))[1]);
expectType<Tensor<any>>(svd(anything)[1]);
expectType<Tensor<["batch", 3]>>(lstsq(deep, input(["batch", 4])));
expectType<Tensor<["batch", 3, "k"]>>(lstsq(deep, input(["batch", 4, "k"])));
expectType<Tensor<[5]>>(lstsq(input([2, 5]), input([2])));

/** The part of matrices that the largest eigenvalue has, for any batches. */
function whitened<const B extends Shape, N extends Dim>(x: Tensor<[...B, N, N]>): Tensor<[...B, N, N]> {
  const [, vectors] = eigh(x);
  return matmul(matmul(vectors, qr(x)[1]), svd(x)[0]);
}
expectType<Tensor<["batch", 3, 3]>>(whitened(matrices));
