import {
  cholesky,
  choleskyInverse,
  type Dim,
  det,
  input,
  inverse,
  logDet,
  matmul,
  type Shape,
  slogdet,
  solve,
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
