import {
  cholesky,
  choleskyInverse,
  type Dim,
  det,
  eigh,
  gcd,
  input,
  inverse,
  kron,
  lcm,
  logDet,
  lstsq,
  matmul,
  matrixRank,
  pinv,
  qr,
  type Shape,
  slogdet,
  solve,
  svd,
  type Tensor,
  triangularSolve,
  vander,
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

expectType<Tensor<["batch", 3, 5]>>(pinv(input(["batch", 5, 3])));
expectType<Tensor<["batch", "n", "n"]>>(pinv(named, { rcond: 1e-3 }));
expectType<Tensor<any>>(pinv(anything));

expectType<Tensor<["batch"], "int32">>(matrixRank(input(["batch", 5, 3])));
expectType<Tensor<any, "int32">>(matrixRank(anything, { tol: 0.1 }));

expectType<Tensor<[6, "n*3"]>>(kron(input([3, 3]), input([2, "n"])));
expectType<Tensor<["batch", 6], "int32">>(kron(input(["batch", 3], "int32"), input([2], "int32")));
expectType<Tensor<[2, 4]>>(kron(input([]), input([2, 4])));
expectType<Tensor<any>>(kron(anything, input([2])));
expectType<Tensor<["batch*2", number, 9]>>(kron(partly, input([2, 3, 3])));

expectType<Tensor<["n", "n"]>>(vander(input(["n"])));
expectType<Tensor<[5, 3], "int32">>(vander(input([5], "int32"), { N: 3, increasing: true }));
expectType<Tensor<[number, 3]>>(vander(anything, { N: 3 }));

expectType<Tensor<["batch", 3], "int32">>(gcd(input(["batch", 1], "int32"), input([3], "int32")));
expectType<Tensor<["batch"], "int32">>(lcm(input(["batch"], "int32"), 12));

/** Blocks of any matrix, and its powers. */
function blocks<M extends Dim, N extends Dim>(x: Tensor<[M, N]>, y: Tensor<[N]>) {
  return { blocks: kron(x, input([1, 1])), powers: vander(y, { N: 4 }), inverse: pinv(input(["batch", 3, 2])) };
}
expectType<Tensor<[7, 2]>>(blocks(input([7, 2]), input([2])).blocks);
expectType<Tensor<[2, 4]>>(blocks(input([7, 2]), input([2])).powers);
