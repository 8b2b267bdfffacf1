import { expect, test } from "vitest";
import { freezeVariables } from "../../compiler/freezeVariables.js";
import { compile, dense, dropout, input, meanSquaredError, model, relu, sgd } from "../../compiler/language.js";
import { optimizeFrozen } from "../../compiler/pipeline.js";
import { computationOf } from "../../compiler/program.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { array, elementCount, generate } from "../../src/ir/array.js";
import { random } from "../../src/ir/random.js";
import { expectClose } from "../support/close.js";

const net = model({ x: input(["batch", 3]) }, ({ x }) =>
  dense(dropout(dense(dense(x, { units: 8, activation: relu }), { units: 6 }), 0.5), { units: 2, activation: relu }),
);
const program = compile(net, { optimizer: sgd(), loss: meanSquaredError(), onWarning: () => {} });
const generator = random(2, "weights");
const values = new Map(
  [...program.variables].map(([name, node]) => [
    name,
    generate(node.shape as number[], "float32", () => Math.fround(generator.normal())),
  ]),
);

test("a frozen graph has no variables, keeps their names, and its chain of affine maps is one", () => {
  const frozen = optimizeFrozen(freezeVariables(program.predict, values));
  const ops = frozen.nodes.filter(({ op }) => op !== "constant").map(({ op }) => op);
  expect(ops).toEqual(["input", "affine", "affine"]);
  expect(frozen.toString()).toContain('affine(%x, %dense/kernel, %dense/bias) activation="relu"  # dense');
});

test("a frozen graph computes what the graph computes with these variables", () => {
  const computation = computationOf(program);
  const live = loadReference(computation);
  live.setVariables(values);
  const call = optimizeFrozen(freezeVariables(program.predict, values));
  const frozen = loadReference({ inputs: computation.inputs, variables: new Map(), call });
  const x = array(
    Float32Array.from({ length: elementCount([5, 3]) }, () => generator.normal()),
    [5, 3],
  );
  expectClose(frozen.call({ x }).output!, live.call({ x }).output!, 1e-5);
});

test("what is missing, or of another shape, is refused", () => {
  expect(() => freezeVariables(program.predict, new Map())).toThrow(
    'internal: predict: no value is given for the variable "dense/kernel"',
  );
  const wrong = new Map(values).set(
    "dense/bias",
    generate([3], "float32", () => 0),
  );
  expect(() => freezeVariables(program.predict, wrong)).toThrow(
    'internal: predict: the value of "dense/bias" is float32[3]',
  );
  expect(() => freezeVariables(program.train, values)).toThrow(
    "internal: train: a graph that updates variables cannot be frozen",
  );
});
