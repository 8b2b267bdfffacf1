import {
  adam,
  add,
  array,
  compile,
  compileFunction,
  dense,
  f1Score,
  input,
  meanSquaredError,
  model,
  softmax,
} from "shapewright";
import { open } from "shapewright/runtime";

// Rejected programs, as in rejected.ts: what people write who come from Keras or from Python.

const x = input(["batch", 8]);
const line = model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1 }));
const loss = meanSquaredError();
const session = await open(compile(line, { optimizer: adam(), loss }), { backend: "reference" });

/** What TypeScript says in its own words; a part of it is enough. */
export const inTypeScriptsWords = {
  "Type 'string' is not assignable to type 'Optimizer'": () =>
    // @ts-expect-error
    compile(line, { optimizer: "adam", loss }),
  "Type 'string' is not assignable to type 'Losses<": () =>
    // @ts-expect-error
    compile(line, { optimizer: adam(), loss: "mse" }),
  "Type 'string' is not assignable to type 'readonly Metric<": () =>
    // @ts-expect-error
    compile(line, { optimizer: adam(), loss, metrics: ["mae"] }),
  "Type 'string' is not assignable to type 'KeepsShape'": () =>
    // @ts-expect-error
    dense(x, { units: 4, activation: "relu" }),
  "=> Optimizer' is not assignable to type 'Optimizer'": () =>
    // @ts-expect-error
    compile(line, { optimizer: adam, loss }),
  "Property 'optimizer' is missing in type": () =>
    // @ts-expect-error
    compile(line, { loss }),
  "Argument of type 'number' is not assignable to parameter of type 'DenseOptions<number, boolean>'": () =>
    // @ts-expect-error
    dense(x, 4),
  "'units' does not exist in type": () =>
    // @ts-expect-error
    dense({ units: 4 }, x),
  "'x' does not exist in type": () =>
    // @ts-expect-error
    dense({ x, units: 4 }),
  "Argument of type '{ axis: number; }' is not assignable to parameter of type 'number'": () =>
    // @ts-expect-error
    softmax(x, { axis: 1 }),
  "'epoch' does not exist in type 'FitSettings &": () =>
    // @ts-expect-error
    session.fit({ x: [[1]] }, [[2]], { epoch: 2 }),
  "x: takes [batch, 1], got []": () =>
    // @ts-expect-error
    session.predict({ x: 6 }),
  "is not assignable to type 'TensorLike'": () =>
    // @ts-expect-error
    model({ x }, ({ x }) => ({ a: x, b: 3 })),
  "is not assignable to type 'Outputs'": () =>
    // @ts-expect-error
    model({ x }, ({ x }) => [x]),
  "Property '[brand]' is missing in type": () =>
    // @ts-expect-error
    model({ x: ["batch", 8] }, ({ x }) => x),
  "is not assignable to parameter of type 'Readonly<Record<string, TensorLike>>'": () =>
    // @ts-expect-error
    model(x, (x) => x),
  "Argument of type 'string' is not assignable to parameter of type 'number | Tensor<[], any>'": () =>
    // @ts-expect-error
    add(x, "2"),
  "Argument of type 'number[]' is not assignable to parameter of type 'TypedArray'": () =>
    // @ts-expect-error
    array([1, 2], [2]),
  "Type 'null' is not assignable to type": () =>
    // @ts-expect-error
    f1Score({ average: null }),
  "is not assignable to type 'Readonly<Record<string, TensorLike>>'": () =>
    // @ts-expect-error
    compileFunction({ x }, ({ x }) => x),
};
