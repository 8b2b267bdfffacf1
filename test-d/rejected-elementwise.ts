import {
  abs,
  bitwiseOr,
  bitwiseXor,
  cos,
  deg2rad,
  floor,
  greaterEqual,
  input,
  isNegInf,
  leakyRelu,
  lessEqual,
  logSumExp,
  minimum,
  notEqual,
  rad2deg,
  relu6,
  rightShift,
  sigmoid,
  sign,
  sin,
  sparseSigmoid,
} from "shapewright";

// Rejected programs of elementwise functions, as in rejected.ts.

const flags = input(["batch", 3], "bool");
const ids = input(["batch", 3], "int32");
const x = input(["batch", 3]);
const y = input(["batch", 4]);

/** Elementwise functions of what they do not take. */
export const elementwise = {
  "abs: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    abs(flags),
  "cos: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    cos(ids),
  "sin: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sin(ids),
  "deg2rad: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    deg2rad(ids),
  "rad2deg: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    rad2deg(ids),
  "floor: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    floor(flags),
  "greaterEqual: [batch, 3] and [batch, 4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    greaterEqual(x, y),
  "lessEqual: [batch, 3] and [batch, 4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    lessEqual(x, y),
  "notEqual: [batch, 3] and [batch, 4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    notEqual(x, y),
  "minimum: [batch, 3] and [batch, 4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    minimum(x, y),
  "isNegInf: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    isNegInf(flags),
  "leakyRelu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    leakyRelu(ids),
  "relu6: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    relu6(ids),
  "sigmoid: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sigmoid(ids),
  "sign: takes float32 or int32, got bool; use cast() first": () =>
    // @ts-expect-error
    sign(flags),
  "sparseSigmoid: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sparseSigmoid(ids),
  "logSumExp: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    logSumExp(x, { axis: 2 }),
  "bitwiseOr: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    bitwiseOr(x, x),
  "bitwiseXor: [batch, 3] and [batch, 4] do not broadcast: axis 1 is 3 and 4": () =>
    // @ts-expect-error
    bitwiseXor(ids, input(["batch", 4], "int32")),
  "rightShift: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    rightShift(x, ids),
};
