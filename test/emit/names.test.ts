import { describe, expect, test } from "vitest";
import { diagramOf } from "../../compiler/emit/diagram/diagramOf.js";
import { dot } from "../../compiler/emit/dot.js";
import { emitPrediction } from "../../compiler/emit/typescript/emitPrediction.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import { Identifiers, key, property, textLiteral } from "../../compiler/emit/typescript/identifiers.js";
import { callStatement, comment } from "../../compiler/emit/typescript/layout.js";
import { docComment } from "../../compiler/emit/typescript/module.js";
import { numberExpression } from "../../compiler/emit/typescript/scalars.js";
import {
  add,
  compile,
  constant,
  dense,
  divide,
  glorotUniform,
  input,
  type Metric,
  meanSquaredError,
  model,
  multiply,
  neg,
  sgd,
  subtract,
  type Tensor,
  variable,
} from "../../compiler/language.js";
import { signatureInputs } from "../../compiler/lower/signatureInputs.js";
import type { Program } from "../../compiler/program.js";
import { open } from "../../runtime/index.js";
import { generate } from "../../src/ir/array.js";
import { nodeOf } from "../../src/ir/node.js";
import { random } from "../../src/ir/random.js";
import { builder as b } from "../../src/ops/builder.js";
import { testedBackends } from "../support/backends.js";
import { checkGenerated } from "../support/checkGenerated.js";
import { importGenerated, type PredictionModule, type TrainingModule } from "../support/generated.js";
import { generatedReports, sessionReports } from "../support/training.js";
import { compilers } from "../tools/compilers.js";

/** Names that are in order, and odd: everything that is called so has to work, and nothing of it runs as code. */
const odd = [
  "constructor",
  "toString",
  "hasOwnProperty",
  "__defineGetter__",
  "default",
  "target",
  "1",
  "größe",
  "图像",
  "a-b.c",
  'he said "hi" \\n \\',
  "x*/globalThis.ran=true",
  "$".concat("{globalThis.ran=true}"),
  "`+(globalThis.ran=true)+`",
  "');globalThis.ran=true;('",
  "<!--</script><script>ran=true</script>",
  "{ a, [b] }, (c",
];

const metricOf = (name: string): Metric => ({
  name,
  values: (output, target) => b.op("square", [b.op("subtract", [output, target])]),
});

const inputs = Object.fromEntries(odd.map((name) => [name, input(["batch", 3])]));

/** A program in which an input, a variable, a layer and a metric have each of the names. */
const program = compile(
  model(inputs, (given) =>
    odd
      .map((name) => {
        const h = multiply(given[name]!, variable(`own/${name}`, [3], glorotUniform()));
        return add(dense(h, { units: 2, name }), dense(h, { units: 2 }));
      })
      .reduce((sum, one) => add(sum, one)),
  ),
  { optimizer: sgd({ learningRate: 0.001, momentum: 0.9 }), loss: meanSquaredError(), metrics: odd.map(metricOf) },
) as Program;

const values = (seed: number, shape: number[]) => {
  const generator = random(seed, "names");
  return generate(shape, "float32", () => generator.normal());
};
const data = Object.fromEntries(odd.map((name, i) => [name, values(i, [4, 3])]));
const targets = values(99, [4, 2]);
const options = { name: "program", source: "model.ts" };

test.each(testedBackends)("what has odd names trains, evaluates and predicts on %s", async (backend) => {
  const session = await open(program, { backend });
  const { history } = await session.fit(data, targets, {
    epochs: 2,
    verbose: "silent",
    validationData: [data, targets],
  });
  const reported = ["loss", ...odd];
  expect(Object.keys(history).sort()).toEqual([...reported, ...reported.map((name) => `val_${name}`)].sort());
  const measured: Record<string, number> = await session.evaluate(data, targets);
  expect(Object.keys(measured).sort()).toEqual(reported.sort());
  expect((await session.predict(data)).shape).toEqual([4, 2]);
  for (const name of odd) {
    // Each metric is the loss once more.
    expect(measured[name], name).toBeCloseTo(measured.loss!, 4);
    expect((history as Record<string, number[]>)[`val_${name}`]![1], name).toBeCloseTo(measured.loss!, 4);
    await session.setWeight(`${name}/bias`, [5, 7]);
    expect([...session.getWeight(`${name}/bias`).data]).toEqual([5, 7]);
  }
  session.dispose();
});

test("what has odd names is generated as TypeScript that trains alike, and nothing of the names runs", async () => {
  const module = await importGenerated<TrainingModule>(emitTraining(program, options));
  // In the order of the program's inputs: a name that is a number comes first in every object.
  const inOrder = Object.fromEntries(Object.keys(program.model.inputs).map((name) => [name, data[name]!]));
  const batches = [1, 2, 3].map(() => ({ inputs: inOrder, target: targets }));
  const wanted = await sessionReports(testedBackends[0]!, program, batches, 3);
  const { reports, left } = await generatedReports("cpu", module, batches, 3);
  expect(left).toBe(0);
  for (const [i, report] of wanted.entries()) {
    expect(Object.keys(reports[i]!).sort()).toEqual(["loss", ...odd].sort());
    for (const [name, value] of Object.entries(report)) expect(reports[i]![name], name).toBeCloseTo(value, 3);
  }
  await importGenerated<PredictionModule>(emitPrediction(program, options));
  expect(globalThis).not.toHaveProperty("ran");
});

test("what has odd names is drawn for Graphviz within quotes", () => {
  const graph = program.sources.train;
  const drawn = dot(graph.name, diagramOf(graph, new Map([["batch", 2]])));
  // Nothing stands outside of quotes that is not Graphviz's.
  const outside = drawn.replace(/"(\\.|[^"\\])*"/g, "");
  expect(outside.match(/[^\s\w{}[\]=;,>-]/g)).toBeNull();
});

test.each(compilers)(
  "TypeScript with odd names type-checks under %s",
  async (compiler) => {
    const files: [string, string][] = [
      ["program.train.ts", emitTraining(program, options)],
      ["program.predict.ts", emitPrediction(program, options)],
    ];
    const language: [string, string] = ["language.ts", 'import "shapewright";'];
    expect(await checkGenerated(compiler, new Map([...files, language]))).toEqual([]);
  },
  120_000,
);

test("data for what is no input is refused, also where every object has something of that name", async () => {
  const one = model({ constructor: input(["batch", 3]) }, (given) => dense(given.constructor, { units: 2 }));
  const session = await open(compile(one, { optimizer: sgd(), loss: meanSquaredError() }), { backend: "cpu" });
  const rows = values(1, [4, 3]);
  await expect(session.predict({ constructor: rows, toString: rows } as never)).rejects.toThrow(
    'no input is named "toString"; there are "constructor"',
  );
  await expect(session.predict({} as never)).rejects.toThrow('the input "constructor" is missing');
  session.dispose();
});

// What follows cannot come in as a name, and is written so that it would do no harm all the same.
describe("the writers of TypeScript", () => {
  test("keep a text within its comment", () => {
    expect(docComment(["a */ b"])).toBe("/** a *\\/ b */");
    expect(docComment(["a\u2028b", "c\nd"])).toBe("/**\n * a\\u2028b\n * c\\u000ad\n */");
    expect(comment("a\u2028b\nc\rd", "")).toEqual(["// a\\u2028b\\u000ac\\u000dd"]);
  });

  test("keep a text within its quotes, and what it says", () => {
    const hostile = 'a"\\\n\r\u2028\u001b\ud800\u{e0001}';
    const literal = textLiteral(hostile);
    expect(literal).toMatch(/^"[ -~]+"$/);
    expect(JSON.parse(literal)).toBe(hostile);
    expect(property("state", "a\u2028")).toBe('state["a\\u2028"]');
  });

  test("set a property of its own, and not what an object inherits from", () => {
    const made = new Function(`return { ${key("__proto__")}: 1 }`)() as object;
    expect(Object.keys(made)).toEqual(["__proto__"]);
    expect(new Identifiers([]).unique("__proto__")).toBe("__proto___value");
  });

  test("give identifiers that are some, each once", () => {
    const identifiers = new Identifiers(["dot"]);
    const given = ["größe", "a b", "a-b", "1", "", "dot", "\u{1f600}", "class"].map((name) => identifiers.unique(name));
    expect(given).toEqual(["größe", "a_b", "a_b_1", "_1", "_", "dot_value", "__1", "class_value"]);
  });

  test("break a line between arguments, not within a text", () => {
    const long = "x".repeat(100);
    const call = { helper: "f", arguments: [`{ ${key('a", {b')}: 1, ${key(long)}: "c\\", d" }`] };
    expect(callStatement("", call, "")).toEqual(["f({", '  "a\\", {b": 1,', `  ${long}: "c\\", d",`, "});"]);
  });
});

test("a source file's path does not end the comment that names it", async () => {
  await importGenerated(emitTraining(program, { name: "program", source: "../a*/globalThis.ran=true;/*/model.ts" }));
  expect(globalThis).not.toHaveProperty("ran");
});

test("inputs of a signature have names that Python takes and tells apart", () => {
  const names = ["class", "self", "class_", "a b", "a_b", "a-b", "1", "arg_1", "x"];
  const nodes = new Map([...names, "target"].map((name) => [name, nodeOf(input([2]))]));
  expect([...signatureInputs(nodes).keys()]).toEqual([
    "class_",
    "self_",
    "class__",
    "a b",
    "a_b_",
    "a-b__",
    "1",
    "arg_1_",
    "x",
    "target",
  ]);
});

test("numbers in expressions have brackets where they need them", () => {
  const written = (number: Tensor<[], "float32">) => numberExpression(nodeOf(number), String);
  expect(written(divide(constant(-1), constant(0.0000001)))).toBe("-1 / 1e-7");
  expect(written(subtract(constant(2), constant(-1)))).toBe("2 - (-1)");
  expect(written(neg(constant(-1)))).toBe("-(-1)");
  expect(written(multiply(add(constant(1), constant(2)), constant(3)))).toBe("(1 + 2) * 3");
});
