import * as language from "../../src/index.js";
import {
  add,
  cast,
  concat,
  cond,
  constant,
  dot,
  equal,
  floorDivide,
  foriLoop,
  greater,
  isFinite,
  istft,
  log,
  map,
  mod,
  multiply,
  norm,
  prod,
  roll,
  type ScaleAndTranslateOptions,
  scaleAndTranslate,
  select,
  slice,
  split,
  square,
  stack,
  stft,
  sum,
  switchCase,
  type Tensor,
  tanh,
  whileLoop,
} from "../../src/index.js";

type Vector = Tensor<[3]>;
type Scalar = Tensor<[]>;

/** Loops and choices, of which TensorFlow's numbers are in test/fixtures/numerics/control.json; what takes its tensors in another order, and ops one after another. */
export const controlPrograms = {
  either: (x: Vector, w: Tensor<[3, 3]>) =>
    cond(
      greater(sum(x), 0),
      () => tanh(dot(x, w)),
      () => multiply(x, 3),
    ),
  logOrItself: (x: Scalar) =>
    cond(
      greater(x, 0),
      () => log(x),
      () => x,
    ),
  shrunk: (x: Vector, w: Tensor<[3, 3]>) =>
    whileLoop(
      (v) => greater(norm(v), 0.3),
      (v) => multiply(tanh(dot(v, w)), 0.8),
      x,
      { maximumIterations: 4 },
    ),
  counted: (n: Tensor<[], "int32">) =>
    whileLoop(
      ({ n }) => greater(n, 1),
      ({ n, steps }) => ({
        n: select(equal(mod(n, 2), 0), floorDivide(n, 2), add(multiply(n, 3), 1)),
        steps: add(steps, 1),
      }),
      { n, steps: constant(0, "int32") },
    ).steps,
  scaledAndTranslated: (
    x: Tensor<["batch", 4, 4, 1]>,
    scale: Tensor<[2]>,
    translation: Tensor<[2]>,
    size: [number, number],
    options?: ScaleAndTranslateOptions,
  ) => scaleAndTranslate(x, size, scale, translation, options),
  rows: (x: Tensor<["rows", 3]>, b: Vector) => map((row) => prod(add(row, b)), x),
  power: (x: Scalar) => foriLoop(-2, 3, (i, v) => multiply(v, add(x, cast(i, "float32"))), constant(1)),
  oneOfThree: (i: Tensor<[], "int32">, x: Tensor<[2]>) =>
    switchCase(i, [() => tanh(x), () => square(x), () => multiply(sum(x), x)]),
  nested: (x: Tensor<[3, 2]>, b: Scalar) =>
    map((v) => {
      const halved = () =>
        whileLoop(
          (u) => greater(sum(u), 1),
          (u) => multiply(u, b),
          v,
          { maximumIterations: 5 },
        );
      return cond(greater(sum(slice(v, [0], [1])), 0), halved, () => square(v));
    }, x),
  ofEach: (names: readonly string[], x: Tensor<["n"]>) => {
    const functions = new Map<string, unknown>(Object.entries(language));
    return stack(names.map((name) => (functions.get(name) as (x: Tensor<["n"]>) => Tensor<["n"]>)(x)));
  },
  finiteFrames: (x: Tensor<[2, 20]>) => {
    const [re, im] = stft(x, 4, 2, 4);
    return select(isFinite(sum(add(re, im), { axis: -1, keepDims: true })), re, -1);
  },
  aroundFrame: (re: Tensor<[2, 6, 3]>, im: Tensor<[2, 6, 3]>) => {
    const [before, frame, after] = split(istft([re, im], 4, 2, 4), [2, 4, 4], 1);
    return concat([before, cast(isFinite(sum(frame, { axis: 1, keepDims: true })), "float32"), after], 1);
  },
  rolledFarAndSquared: (x: Vector) => square(roll(x, -(2 ** 31), 0)),
};
