import {
  allClose,
  average,
  cbrt,
  corrcoef,
  cov,
  cross,
  type Dim,
  diff,
  fmax,
  fmin,
  fmod,
  fullLike,
  geomspace,
  heaviside,
  input,
  isClose,
  ldexp,
  logAddExp,
  logAddExp2,
  logSoftmax,
  logspace,
  nanMax,
  nanMean,
  nanMedian,
  nanMin,
  nanPercentile,
  nanProd,
  nanQuantile,
  nanStd,
  nanSum,
  nanVariance,
  onesLike,
  percentile,
  quantile,
  type Shape,
  sinc,
  softmax,
  type Tensor,
  trapezoid,
  tri,
  zerosLike,
} from "shapewright";
import { expectType } from "tsd";

// What Keras's ops have beside plain arithmetic.

const x = input(["batch", "time", 4]);
const ids = input(["batch", 3], "int32");
declare const n: number;
declare const anything: Tensor<any>;

expectType<Tensor<["batch", "time", 4]>>(softmax(x));
expectType<Tensor<["batch", "time", 4]>>(softmax(x, 1));
expectType<Tensor<["batch", "time", 4]>>(logSoftmax(x, -3));
expectType<Tensor<["batch", "time", 4]>>(softmax(x, n));
expectType<Tensor<any>>(softmax(anything, 5));

expectType<Tensor<["batch", "time", 4]>>(cbrt(sinc(x)));
expectType<Tensor<["batch", "time", 4]>>(logAddExp(x, input(["time", 1])));
expectType<Tensor<["batch", "time", 4]>>(logAddExp2(0, x));
expectType<Tensor<["batch", 3], "int32">>(fmod(ids, 2));
expectType<Tensor<["batch", 3], "int32">>(fmax(fmin(ids, 2), input([3], "int32")));
expectType<Tensor<["batch", "time", 4]>>(heaviside(x, 0.5));
expectType<Tensor<["batch", "time", 4], "bool">>(isClose(x, 1, { atol: 0.1 }));
expectType<Tensor<[], "bool">>(allClose(x, input([4])));
expectType<Tensor<["batch", "time", 4]>>(ldexp(x, -3));
expectType<Tensor<["batch", "time", 4]>>(ldexp(x, input([4], "int32")));
expectType<Tensor<any>>(ldexp(anything, ids));

expectType<Tensor<["batch", 4]>>(nanMean(x, { axis: 1 }));
expectType<Tensor<["batch", 1, 4]>>(nanSum(x, { axis: 1, keepDims: true }));
expectType<Tensor<[]>>(nanStd(x));
expectType<Tensor<["batch"]>>(nanMax(x, { axis: [1, 2] }));
expectType<Tensor<["batch"]>>(quantile(x, 0.9, { axis: [1, 2] }));
expectType<Tensor<["batch", 1, 4]>>(nanQuantile(x, 0.1, { axis: 1, keepDims: true }));
expectType<Tensor<[]>>(percentile(x, 90));
expectType<Tensor<["batch", "time"]>>(nanPercentile(x, 90, { axis: -1 }));
expectType<Tensor<["batch", 4]>>(nanMedian(x, { axis: 1 }));
expectType<Tensor<["batch", 4]>>(average(x, { axis: 1, weights: input(["time", 1]) }));
expectType<Tensor<[]>>(average(x));
expectType<Tensor<["batch", "time", "time"]>>(cov(x));
expectType<Tensor<[5, 5]>>(corrcoef(input([5, "batch"])));
expectType<Tensor<["batch", 3]>>(cross(input(["batch", 3]), input(["batch", 3])));
expectType<Tensor<["batch", 7, 3]>>(cross(input(["batch", 1, 3]), input([7, 3])));
expectType<Tensor<["batch", "time"]>>(nanMin(x, { axis: -1 }));
expectType<Tensor<["batch", "time"]>>(nanProd(x, { axis: -1 }));
expectType<Tensor<["batch", "time"]>>(nanVariance(x, { axis: -1 }));

/** How far each is from the middle of what is known, as parts of a whole. */
function parts<const B extends Shape, N extends Dim>(x: Tensor<[...B, N]>): Tensor<[...B, N]> {
  expectType<Tensor<B>>(nanMean(x, { axis: -1 }));
  expectType<Tensor<[...B, N]>>(logAddExp(x, 1));
  expectType<Tensor<[...B, N]>>(ldexp(x, 3));
  expectType<Tensor<[...B, N], "bool">>(isClose(x, 0));
  return softmax(fmod(heaviside(cbrt(x), 0), 2), -1);
}
expectType<Tensor<["batch", "time", 4]>>(parts(x));

expectType<Tensor<["batch", 3], "int32">>(fullLike(ids, 7));
expectType<Tensor<["batch", "time", 4]>>(fullLike(x, 0.5));
expectType<Tensor<["batch", 3], "int32">>(zerosLike(onesLike(ids)));
expectType<Tensor<[5]>>(logspace(0, 1, 5, { base: 2 }));
expectType<Tensor<[number]>>(geomspace(1, 10, n));
expectType<Tensor<["batch", "time", 3]>>(diff(x));
expectType<Tensor<["batch", "time-1", 4]>>(diff(x, { axis: 1 }));
expectType<Tensor<[number, 3], "int32">>(diff(input([n, 4], "int32")));
expectType<Tensor<any>>(diff(anything));
expectType<Tensor<["time", "time"]>>(tri("time"));
expectType<Tensor<[3, "time"]>>(tri(3, "time", -1));
expectType<Tensor<["batch", "time"]>>(trapezoid(x));
expectType<Tensor<["batch", 4]>>(trapezoid(x, { axis: 1, dx: 0.5 }));

/** The area under each line, less that under another of its kind, for any axes before. */
function areas<const B extends Shape, N extends Dim>(x: Tensor<[...B, N]>): Tensor<B> {
  return trapezoid(logAddExp(x, fullLike(onesLike(x), 2)));
}
expectType<Tensor<["batch", "time"]>>(areas(x));
