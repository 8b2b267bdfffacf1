import { describe, expect, test } from "vitest";
import { checkKind } from "../../compiler/checkKind.js";
import { compileFunction } from "../../compiler/compileFunction.js";
import {
  adam,
  add,
  compile,
  dense,
  dropout,
  input,
  type Metric,
  meanSquaredError,
  model,
  multiply,
  sequential,
  sgd,
  square,
  variable,
  zeros,
} from "../../compiler/language.js";
import { showName } from "../../src/ir/checkName.js";
import type { Tensor } from "../../src/ir/tensor.js";
import { builder as b } from "../../src/ops/builder.js";

const words = 'use letters, digits, "_", "-", "." and "/" between parts';

/** Names that are none, as a message shows them, and what it says of them. */
const refused: [name: unknown, shown: string, advice: string][] = [
  ["", '""', words],
  ["a\nb", '"a\\nb"', words],
  ["a\0", '"a\\u0000"', words],
  ["\u001b[31mred", '"\\u001b[31mred"', words],
  ["a\u009bb", '"a\\u009bb"', words],
  ["a\u2028b", '"a\\u2028b"', words],
  ["a\u202eb", '"a\\u202eb"', words],
  ["a\ud800", '"a\\ud800"', words],
  ["../x", '"../x"', words],
  ["a/./x", '"a/./x"', words],
  ["/x", '"/x"', words],
  ["x/", '"x/"', words],
  ["a//x", '"a//x"', words],
  [" x", '" x"', words],
  ["x */ globalThis.ran = true; /*", '"x */ globalThis.ran = true; /*"', words],
  ["__proto__", '"__proto__"', "to JavaScript it means something else"],
  ["a/__proto__", '"a/__proto__"', "to JavaScript it means something else"],
  ["x".repeat(201), `"${"x".repeat(60)}…"`, "it has 201 characters, and 200 is the most"],
];

const x = () => input(["batch", 4]);
const metric = (name: string): Metric => ({ name, values: (output, target) => b.op("subtract", [output, target]) });
const trained = (...names: string[]) =>
  compile(
    model({ x: x() }, (inputs) => dense(inputs.x, { units: 2 })),
    { optimizer: sgd(), loss: meanSquaredError(), metrics: names.map(metric) },
  );

/** Where names are given, with what the message says before a name. */
const places: [place: string, before: string, give: (name: never) => unknown][] = [
  ["input", "model: the input ", (name) => model(record(name, x()), (inputs) => square(inputs[name]!))],
  ["input of a function", "compileFunction: the input ", (name) => compileFunction(record(name, x()), () => ({}))],
  ["output of a function", "compileFunction: the output ", (name) => compileFunction({}, () => record(name, x()))],
  ["variable", "variable: ", (name) => variable(name, [2], zeros())],
  ["layer", "dense: ", (name) => dense(x(), { units: 2, name })],
  ["layer of sequential", "dropout: ", (name) => sequential(x(), dropout(0.5, { name }))],
  ["metric", "compile: the metric ", (name) => trained(name)],
];

/** An object with a key of its own, whatever it is called. */
function record(name: string, value: Tensor<any>): Record<string, Tensor<any>> {
  return Object.fromEntries([[name, value]]);
}

describe.each(places)("a name of an %s", (_, before, give) => {
  test.each(refused)("%j is refused", (name, shown, advice) => {
    expect(() => give(name as never)).toThrow(
      expect.objectContaining({ code: "SW_NAME", message: `${before}${shown} is not a name; ${advice}` }),
    );
  });
});

test.each([[5], [null], [{}]])("the name %j of a layer or a variable is no text", (name) => {
  const message = `is not a name; write a text`;
  expect(() => dense(x(), { units: 2, name: name as never })).toThrow(message);
  expect(() => variable(name as never, [2], zeros())).toThrow(message);
});

test.each(["__proto__", "a b", "", "d".repeat(201)])("%j is no name of a dim", (dim) => {
  expect(() => input([dim, 4])).toThrow(
    expect.objectContaining({
      code: "SW_VALUE",
      message: `input: ${showName(dim)} is not a dim; write a positive integer, or a name such as "batch"`,
    }),
  );
});

describe("layers", () => {
  test("two layers of one given name are refused, also where only one has variables", () => {
    const message = 'model: two layers are named "tower"; give each its own name';
    const tower = { units: 4, name: "tower" } as const;
    expect(() => model({ x: x() }, (inputs) => dense(dense(inputs.x, tower), tower))).toThrow(message);
    expect(() => model({ x: x() }, (inputs) => dropout(dense(inputs.x, tower), 0.5, { name: "tower" }))).toThrow(
      message,
    );
    // One layer that is called twice is one layer.
    const shared = dense(tower);
    const twice = model({ x: x() }, (inputs) => shared(shared(inputs.x)));
    expect([...twice.variables.keys()]).toEqual(["tower/kernel", "tower/bias"]);
  });

  test("a layer without a name gives way to the names that are given", () => {
    const net = model({ x: x() }, (inputs) => {
      const first = dense(inputs.x, { units: 4, useBias: false });
      const second = dense(first, { units: 4, useBias: false, name: "dense" });
      const third = dense(second, { units: 4, useBias: false, name: "dense_2" });
      return dense(third, { units: 4, useBias: false });
    });
    expect([...net.variables.keys()]).toEqual(["dense_1/kernel", "dense/kernel", "dense_2/kernel", "dense_3/kernel"]);
  });

  test("an optimizer's names are refused for variables", () => {
    const message = (name: string) =>
      `model: the variable "${name}" is named like an optimizer's state; names that begin with "optimizer/" are its own`;
    expect(() => model({ x: x() }, (inputs) => multiply(inputs.x, variable("optimizer/w", [4], zeros())))).toThrow(
      message("optimizer/w"),
    );
    expect(() => model({ x: x() }, (inputs) => dense(inputs.x, { units: 2, name: "optimizer" }))).toThrow(
      message("optimizer/kernel"),
    );
  });
});

test.each([
  [["loss"], "loss"],
  [["val_loss"], "val_loss"],
  [["error", "error"], "error"],
  [["error", "val_error"], "val_error"],
  [["val_error", "error"], "error"],
])("metrics named %j are refused: %j has its number from elsewhere", (names, name) => {
  expect(() => trained(...names)).toThrow(
    expect.objectContaining({
      code: "SW_NAME",
      message: `compile: the metric "${name}" is named like another number that is reported; give it a name of its own`,
    }),
  );
});

test("an input and a variable of one name, and an input named like a number, are told apart in print", () => {
  const net = model({ w: input([4]), 2: input([4]) }, (inputs) =>
    add(multiply(inputs.w, variable("w", [4], zeros())), square(inputs[2])),
  );
  const { call } = compileFunction(net.inputs, () => ({ y: net.output }));
  const labels = call.toString().match(/^ {2}%\S+(?=: )/gm)!;
  expect(new Set(labels).size).toBe(labels.length);
  expect(call.toString()).toContain("multiply(%w, %w'1)");
});

test("what an optimizer keeps lies under optimizer/, so that a user's variables may have any other name", () => {
  const net = model({ x: x() }, (inputs) => {
    const steps = variable("steps", [4], zeros());
    return dense(multiply(multiply(inputs.x, steps), variable("adam/steps/firstMoment", [4], zeros())), { units: 1 });
  });
  const own = [...net.variables.keys()];
  const program = compile(net, { optimizer: adam(), loss: meanSquaredError() });
  const slots = own.flatMap((name) => [`optimizer/${name}/firstMoment`, `optimizer/${name}/secondMoment`]);
  expect([...program.variables.keys()].sort()).toEqual(
    [...own, ...slots, "optimizer/steps", "optimizer/learningRate"].sort(),
  );
});

test("a function's inputs may be called as parts of a model or a program are", () => {
  const x = input([2]);
  const { call } = compileFunction({ inputs: x, output: x, variables: x, names: x }, ({ inputs }) => ({ y: inputs }));
  expect(Object.keys(call.outputs)).toEqual(["y"]);
  const graphs = { model: x, train: x, evaluate: x, predict: x, variables: x };
  expect(checkKind("compile", graphs, "model")).toBe("compile: takes what model() makes, but this is an object");
});
