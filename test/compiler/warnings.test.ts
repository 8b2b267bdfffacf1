import { afterEach, expect, test, vi } from "vitest";
import {
  add,
  type CompileWarning,
  compile,
  dense,
  dot,
  dropout,
  glorotUniform,
  input,
  meanSquaredError,
  model,
  multiply,
  relu,
  sequential,
  sgd,
  sigmoid,
  type Tensor,
  transpose,
  variable,
} from "../../compiler/language.js";

type X = Tensor<["batch", 784]>;

/** The warnings of a model over images. */
function warned(build: (x: X) => Tensor<any>): readonly CompileWarning[] {
  const told: CompileWarning[] = [];
  const options = { optimizer: sgd(), loss: meanSquaredError(), onWarning: (w: CompileWarning) => told.push(w) };
  const program = compile(
    model({ x: input(["batch", 784]) }, ({ x }) => build(x)),
    options,
  );
  expect(program.warnings).toEqual(told);
  return told;
}

test("a dense layer after a dense layer without an activation is one affine map", () => {
  expect(warned((x) => sequential(x, dense({ units: 512 }), dense({ units: 10 })))).toEqual([
    {
      code: "SW_WARN_AFFINE_CHAIN",
      message:
        "dense → dense_1 without an activation between them is one affine map, [784, 512] · [512, 10] = [784, 10]: " +
        "give dense an activation, { units: 512, activation: relu }, or leave it out",
    },
  ]);
});

test("dropout between them changes nothing when the model is used", () => {
  const [warning] = warned((x) =>
    sequential(x, dense({ units: 512, name: "hidden" }), dropout(0.5), dense({ units: 10 })),
  );
  expect(warning!.message).toBe(
    "hidden → dense without an activation between them is one affine map, [784, 512] · [512, 10] = [784, 10] " +
      "(dropout acts in training alone): give hidden an activation, { units: 512, activation: relu }, or leave it out",
  );
});

test("plain mathematics is named by its variables; each link of a chain is told of once", () => {
  const W = (name: string, rows: number, columns: number) => variable(name, [rows, columns], glorotUniform());
  const told = warned((x) => dot(dot(dot(x, W("A", 784, 64)), W("B", 64, 32)), W("C", 32, 8)) as Tensor<any>);
  expect(told.map(({ message }) => message)).toEqual([
    "A → B without an activation between them is one affine map, [784, 64] · [64, 32] = [784, 32]: " +
      "apply an activation between them, such as relu, or multiply by one matrix",
    "B → C without an activation between them is one affine map, [64, 32] · [32, 8] = [64, 8]: " +
      "apply an activation between them, such as relu, or multiply by one matrix",
  ]);
});

const sound: [string, (x: X) => Tensor<any>][] = [
  ["an activation", (x) => sequential(x, dense({ units: 512, activation: relu }), dense({ units: 10 }))],
  ["a narrow layer between wide ones", (x) => sequential(x, dense({ units: 16 }), dense({ units: 784 }))],
  [
    "a gate, which reads the map, too",
    (x) => {
      const h = dense(x, { units: 64 });
      return multiply(dense(h, { units: 64 }), sigmoid(h)) as Tensor<any>;
    },
  ],
  ["a skip connection", (x) => dense(add(x, dense(x, { units: 784 })) as X, { units: 10 })],
  [
    "tied weights",
    (x) => {
      const W = variable("W", [784, 784], glorotUniform());
      return dot(dot(x, W), transpose(W)) as Tensor<any>;
    },
  ],
];

test.each(sound)("%s is no mistake", (_, build) => {
  expect(warned(build)).toEqual([]);
});

afterEach(() => vi.restoreAllMocks());

test("warnings are printed once where nobody is told of them", () => {
  const print = vi.spyOn(console, "warn").mockImplementation(() => {});
  const net = model({ x: input(["batch", 4]) }, ({ x }) => dense(dense(x, { units: 4 }), { units: 2 }));
  compile(net, { optimizer: sgd(), loss: meanSquaredError() });
  expect(print.mock.calls).toEqual([
    [
      "shapewright: dense → dense_1 without an activation between them is one affine map, [4, 4] · [4, 2] = [4, 2]: " +
        "give dense an activation, { units: 4, activation: relu }, or leave it out",
    ],
  ]);
});
