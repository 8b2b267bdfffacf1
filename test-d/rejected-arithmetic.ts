import {
  atan2,
  bitwiseAnd,
  bitwiseNot,
  clip,
  erfc,
  erfinv,
  floorDivide,
  greater,
  hypot,
  i0,
  i1,
  input,
  leftShift,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  mod,
  squaredDifference,
} from "shapewright";

// Rejected programs of arithmetic that broadcasts, as in rejected.ts.

const x = input(["batch", 3]);
const ids = input(["batch", 3], "int32");
const flags = input(["batch", 3], "bool");

/** Arithmetic that there is not. */
export const arithmetic = {
  "clip: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    clip(flags, 0, 1),
  "clip: takes int32, but the value is 0.5": () =>
    // @ts-expect-error
    clip(ids, 0, 0.5),
  "clip: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    clip(ids, 0, 3e9),
  "clip: takes int32, but the value is -1.5": () =>
    // @ts-expect-error
    clip(ids, -1.5, 1),
  "floorDivide: [batch, 3] and [batch, 4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    floorDivide(x, input(["batch", 4])),
  "floorDivide: dtypes float32 and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    floorDivide(x, ids),
  "floorDivide: takes int32, but the value is 2.5": () =>
    // @ts-expect-error
    floorDivide(ids, 2.5),
  "floorDivide: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    floorDivide(ids, 3e9),
  "mod: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    mod(flags, flags),
  "mod: takes a tensor and a number, or two tensors, got two numbers; write constant() around one": () =>
    // @ts-expect-error
    mod(7, 3),
  "atan2: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    atan2(ids, ids),
  "hypot: [batch, 3] and [time, 3] do not broadcast: axis 0 is batch and time": () =>
    // @ts-expect-error
    hypot(x, input(["time", 3])),
  "squaredDifference: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    squaredDifference(flags, flags),
};

/** Functions of one kind of numbers, and of truth values. */
export const kinds = {
  "erfc: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    erfc(ids),
  "i0: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    i0(flags),
  "i1: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    i1(input([2], "int32")),
  "erfinv: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    erfinv(flags),
  "logicalAnd: takes bool, got float32; use cast() first": () =>
    // @ts-expect-error
    logicalAnd(x, flags),
  "logicalOr: dtypes bool and int32 differ; use cast() on one of them": () =>
    // @ts-expect-error
    logicalOr(flags, ids),
  "logicalXor: [batch, 3] and [batch, 2] do not broadcast: axis 1 is 3 and 2": () =>
    // @ts-expect-error
    logicalXor(greater(x, 0), input(["batch", 2], "bool")),
  "logicalNot: takes bool, got int32; use cast() first": () =>
    // @ts-expect-error
    logicalNot(ids),
  "bitwiseAnd: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    bitwiseAnd(x, x),
  "bitwiseAnd: takes int32, but the value is 1.5": () =>
    // @ts-expect-error
    bitwiseAnd(ids, 1.5),
  "bitwiseAnd: takes int32 (-2147483648 to 2147483647), but the value is 3000000000": () =>
    // @ts-expect-error
    bitwiseAnd(ids, 3e9),
  "bitwiseNot: takes int32, got bool; use cast() first": () =>
    // @ts-expect-error
    bitwiseNot(flags),
  "leftShift: [batch, 3] and [4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    leftShift(ids, input([4], "int32")),
};
