import {
  activation,
  block,
  dense,
  divideNoNan,
  elu,
  exp2,
  expandDims,
  glu,
  input,
  isPosInf,
  lstm,
  nanToNum,
  prelu,
  relu,
  type Shape,
  sequential,
  signbit,
  sparsemax,
  type Tensor,
  transpose,
} from "shapewright";

// Rejected programs of activations with options, of gates, and of slopes that are learnt, as in rejected.ts.

const x = input(["batch", "time", 6]);
const ids = input(["batch", 6], "int32");

/** Activations that there are not. */
export const activations = {
  "relu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    relu(ids, { maxValue: 6 }),
  "elu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    elu(ids, 2),
  "glu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    glu(ids),
  "glu: axis -1 of [batch, 7] does not divide into 2 parts": () =>
    // @ts-expect-error
    glu(input(["batch", 7])),
  "glu: axis 1 of [batch, 3, 4] does not divide into 2 parts": () =>
    // @ts-expect-error
    glu(input(["batch", 3, 4]), 1),
  "glu: axis 3 is out of range for [batch, time, 6] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    glu(x, 3),
  "sparsemax: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sparsemax(ids),
  "sparsemax: axis 3 is out of range for [batch, time, 6] (rank 3: -3 to 2)": () =>
    // @ts-expect-error
    sparsemax(x, 3),
  "prelu: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    prelu(ids),
  "prelu: [batch, time, 6]: axis 1 has a slope for each place, so its size is a number, or the axis is one of sharedAxes":
    () =>
      // @ts-expect-error
      prelu(x),
  "prelu: [batch, height, width, 3]: axis 2 has a slope for each place, so its size is a number, or the axis is one of sharedAxes":
    () =>
      sequential(
        input(["batch", "height", "width", 3]),
        // @ts-expect-error
        prelu({ sharedAxes: [1] }),
      ),
};

/** Numbers of other kinds, and what does not broadcast. */
export const numbers = {
  "exp2: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    exp2(ids),
  "nanToNum: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    nanToNum(ids, { nan: 1 }),
  "isPosInf: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    isPosInf(ids),
  "signbit: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    signbit(ids),
  "divideNoNan: [batch, time, 6] and [5] do not broadcast: axis 2 is 6 and 5": () =>
    // @ts-expect-error
    divideNoNan(x, input([5])),
};

/** Activations of layers that change the shape: what they return is in TypeScript's own words. */
export const inTypeScriptsWords = {
  '"its activation must return a tensor of the shape that it is given"': () =>
    // @ts-expect-error
    dense(x, { units: 10, activation: (y) => expandDims(y, 0) }),
  'Type \'Tensor<[1, "first", "second", "third", "fourth", "last"], "float32">\' is not assignable to type \'': () =>
    // @ts-expect-error
    activation((y) => expandDims(y, 0)),
  'Type \'[1, "first", "second", "third", "fourth", "last"]\' is not assignable to type \'["first", "second", "third", "fourth", "last"]\'':
    () =>
      // @ts-expect-error
      activation(input(["batch", 4]), inFront),
  'Type \'Tensor<["last", "fourth", "third", "second", "first"], "float32">\' is not assignable to type \'': () =>
    // @ts-expect-error
    lstm({ units: 3, recurrentActivation: (y) => transpose(y) }),
  'Type \'["last", "fourth", "third", "second", "first"]\' is not assignable to type \'["first", "second", "third", "fourth", "last"]\'':
    () =>
      // @ts-expect-error
      block(dense({ units: 2, activation: (y) => transpose(y) })),
};

function inFront<S extends Shape>(y: Tensor<S>) {
  return expandDims(y, 0);
}
