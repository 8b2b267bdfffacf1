import {
  abs,
  add,
  argMax,
  atan2,
  bitwiseAnd,
  bitwiseNot,
  bitwiseOr,
  bitwiseXor,
  clip,
  constant,
  cumsum,
  type Dim,
  type DType,
  erfc,
  erfinv,
  type Floor,
  floor,
  floorDivide,
  glu,
  greater,
  hypot,
  i0,
  i1,
  input,
  isFinite,
  leftShift,
  less,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  maximum,
  mod,
  multiply,
  rightShift,
  rnnCell,
  type Shape,
  select,
  sort,
  split,
  squaredDifference,
  sum,
  type Tensor,
  type Times,
} from "shapewright";
import { expectType } from "tsd";

// Arithmetic that broadcasts, and clipping: shapes and dtypes, exact in generic functions too.

const x = input(["batch", 3]);
const ids = input(["batch", 3], "int32");
declare const deep: Tensor<[1, 2, 3, "a", "m+n", 4]>;
declare const n: number;
declare const anything: Tensor<any>;
declare const some: Tensor<number[], DType>;

expectType<Tensor<["batch", 3]>>(clip(x, 0, 1));
expectType<Tensor<["batch", 3], "int32">>(clip(ids, -1, 1));
expectType<Tensor<[1, 2, 3, "a", "m+n", 4]>>(clip(deep, -Infinity, n));
expectType<Tensor<any>>(clip(anything, 0, 1));
expectType<Tensor<number[], DType>>(clip(some, 0, 1));
expectType<Tensor<["batch", 3], "int32">>(floorDivide(ids, 2));
expectType<Tensor<["batch", 3]>>(floor(x));
expectType<Tensor<["batch", 3], "int32">>(mod(7, ids));
expectType<Tensor<["batch", 3]>>(mod(x, constant([1, 2, 3])));
expectType<Tensor<["batch", 1, 2, 3]>>(atan2(input([1, 2, 1]), input(["batch", 1, 1, 3])));
declare const joined: Tensor<["m+n", 1]>;
expectType<Tensor<[1, 2, 3, "a", "m+n", 4]>>(hypot(deep, joined));
expectType<Tensor<["batch", 3], "int32">>(squaredDifference(ids, constant([1, 2, 3], "int32")));
expectType<Tensor<["batch", number]>>(hypot(input(["batch", n]), input([1, n])));
expectType<Tensor<any>>(atan2(anything, x));

declare const flags: Tensor<["batch", 3], "bool">;
expectType<Tensor<["batch", 3]>>(erfc(erfinv(x)));
expectType<Tensor<["batch", 3]>>(i0(i1(x)));
expectType<Tensor<["batch", 3], "bool">>(logicalNot(logicalAnd(flags, logicalOr(greater(x, 0), flags))));
expectType<Tensor<["batch", 2, 3], "bool">>(logicalXor(input(["batch", 1, 3], "bool"), input([2, 1], "bool")));
expectType<Tensor<["batch", 3], "int32">>(bitwiseNot(bitwiseAnd(ids, bitwiseOr(0xff, ids))));
expectType<Tensor<["batch", 3], "int32">>(bitwiseXor(leftShift(1, ids), rightShift(ids, n)));

/** Truth values where every axis is open. */
function within<const S extends Shape>(x: Tensor<S>, at: number): Tensor<S> {
  const inside = logicalAnd(greater(x, at), logicalNot(less(x, at)));
  expectType<Tensor<S, "bool">>(inside);
  return select(logicalXor(inside, isFinite(x)), x, 0);
}
expectType<Tensor<["batch", 3]>>(within(x, 1));

/** A wave of some period, for any axes before. */
function sawtooth<const B extends Shape, C extends Dim>(x: Tensor<[...B, C]>, period: Tensor<[C]>): Tensor<[...B, C]> {
  expectType<Tensor<[...B, C]>>(clip(x, 0, 1));
  expectType<Tensor<[...B, C]>>(floorDivide(x, 2));
  expectType<Tensor<[...B, C]>>(squaredDifference(x, x));
  return multiply(mod(x, period), hypot(x, 1));
}
expectType<Tensor<["batch", 3]>>(sawtooth(x, constant([1, 2, 3])));

/** Numbers are checked, and tensors, where other axes are open. */
export function misfits<B extends Dim>(x: Tensor<[B, 3]>, ids: Tensor<[B, 3], "int32">) {
  // @ts-expect-error clip: takes int32, but the value is 0.5
  clip(ids, 0.5, 1);
  // @ts-expect-error hypot: [B, 3] and [4] do not broadcast
  hypot(x, input([4]));
}

/** Within generic functions, ops of two dtypes take what is one of these. */
export function eitherDType<B extends Dim, D extends "float32" | "int32">(a: Tensor<[B, 3], D>) {
  expectType<Tensor<[B, 3], D>>(clip(a, 0, 1));
  expectType<Tensor<[B, 3], D>>(maximum(abs(a), a));
  expectType<Tensor<[B, 3], D>>(add(multiply(a, 2), cumsum(sort(a), 0)));
  expectType<Tensor<[B], "int32">>(argMax(sum(a, { axis: -1, keepDims: true })));
  expectType<Tensor<[B, 3], "bool">>(greater(a, 0));
}

// Bounds within generic functions.
function between<const L extends number, N extends number>(x: Tensor<["batch", N]>, low: L, width: N) {
  rnnCell({ state: [width] }, (_, state) => ({ output: state, state }));
  return clip(clip(x, low, 1), 0, width);
}
expectType<Tensor<["batch", 4]>>(between(input(["batch", 4]), 3, 4));

// A part of a product is its other factor, within generic functions too.
function gates<B extends Dim, U extends number>(x: Tensor<[B, Times<U, 4>]>, carried: Tensor<[B, U]>) {
  const [input, forget, cell] = split(x, 4, -1);
  const halves: Tensor<[B, Floor<Times<U, 4>, 2>]>[] = split(x, 2, -1);
  const other: Tensor<[B, Floor<U, 2>]>[] = split(carried, 2, -1);
  return { next: add(multiply(forget, carried), multiply(input, cell)), halves, other };
}
function gated<B extends Dim, U extends number>(x: Tensor<[B, Times<U, 2>]>, y: Tensor<[B, U]>): Tensor<[B, U]> {
  return add(glu(x), y);
}
expectType<Tensor<["batch", 3]>>(gates(input(["batch", 12]), input(["batch", 3])).next);
expectType<Tensor<["batch", 3]>>(gated(input(["batch", 6]), input(["batch", 3])));
expectType<Tensor<["batch", 1]>>(split(input(["batch", 4]), 4, -1)[3]);
