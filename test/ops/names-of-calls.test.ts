import { expect, test } from "vitest";
import { summarize } from "../../compiler/index.js";
import * as language from "../../compiler/language.js";
import {
  at,
  concat,
  dense,
  foriLoop,
  gelu,
  input,
  map,
  model,
  multiply,
  relu,
  sigmoid,
  softmax,
  square,
  switchCase,
  type Tensor,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { withinBodies } from "../../src/ir/body.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { isTensor, type Node, nodeOf } from "../../src/ir/node.js";
import { descriptions } from "../fuzz/types/descriptions.js";
import { draw } from "../fuzz/types/draw.js";
import type { Program } from "../fuzz/types/program.js";
import { testedBackends } from "../support/backends.js";

/** What applies layers or functions that it is given: these are told by their own names. */
const appliesOthers = ["activation", "block", "frozen", "sequential", "spectralNormalization", "timeDistributed"];

/** Loops move the axis that they go along by transposes, and count rounds, beside their bodies: a summary lists these by themselves. */
const loops = ["map", "scan", "whileLoop"];

/** What is fed or kept, and so computed by nothing. */
const sources: readonly string[] = ["input", "variable", "constant", "result"];

/** The nodes of tensors, and of what they are computed from, as far as a function made them. */
function madeOf(result: unknown, given: ReadonlySet<Node>): Node[] {
  const made = new Set<Node>();
  const visit = (node: Node) => {
    if (made.has(node) || given.has(node)) return;
    made.add(node);
    node.inputs.forEach(visit);
  };
  const visitAll = (value: unknown): void => {
    if (isTensor(value)) visit(nodeOf(value));
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visitAll);
  };
  visitAll(result);
  return withinBodies([...made]).filter(({ op }) => !sources.includes(op));
}

/** By what names a function's ops are told; a layer's default activation is a part of the layer. */
const told = (result: unknown, given: readonly Tensor<any>[]) =>
  madeOf(result, new Set(given.map((tensor) => nodeOf(tensor)))).map(
    ({ op, call }) => (call?.within ?? call)?.name ?? op,
  );

function run({ declarations, result }: Program): { readonly result: unknown; readonly given: readonly Tensor<any>[] } {
  const lines = declarations.map(({ name, value }) => `const ${name} = ${value};`);
  const given = declarations.map(({ name }) => name).join(", ");
  const body = `${lines.join("\n")} return { result: ${result}, given: [${given}] };`;
  const found = new Function("language", `with (language) { ${body} }`)(language);
  return { ...found, given: found.given.filter(isTensor) };
}

test("what a function builds is told by the name that it is called by, and so is what it refuses", () => {
  const wrong = new Set<string>();
  for (const name of Object.keys(descriptions)) {
    if (appliesOthers.includes(name) || loops.includes(name)) continue;
    for (const program of draw(name, 1, 25)) {
      try {
        const { result, given } = run(program);
        for (const other of told(result, given)) if (other !== name) wrong.add(`${name} is told as ${other}`);
      } catch (error) {
        if (!(error instanceof ShapewrightError)) throw error;
        const { op = name, message } = error;
        // A cell in both directions is one that the user wrote.
        if (name === "bidirectional" && ["gru", "lstm", "simpleRnn"].includes(op)) continue;
        if (op !== name || !message.startsWith(`${name}: `)) wrong.add(`${name} refuses as ${op}: ${message}`);
      }
    }
  }
  expect([...wrong]).toEqual([]);
});

test("what stands in a tensor's place and is none, every function refuses by its own name", () => {
  const rows = input(["batch", 10]);
  const wrong = new Set<string>();
  for (const [name, f] of Object.entries(language)) {
    if (typeof f !== "function" || /^[A-Z]/.test(name)) continue;
    for (const given of [0, {}, [], () => 1, null, undefined, "x"]) {
      for (const args of [
        [given],
        [given, rows],
        [rows, given],
        [given, rows, rows],
        [rows, rows, given],
        [given, {}],
      ]) {
        try {
          (f as (...args: unknown[]) => unknown)(...args);
        } catch (error) {
          if (!(error instanceof ShapewrightError)) throw error;
          if (!error.message.startsWith(`${name}: `)) wrong.add(`${name}: ${error.message}`);
        }
      }
    }
  }
  expect([...wrong]).toEqual([]);
});

const x = () => input(["batch", 4]);
const names = (result: unknown, ...given: readonly Tensor<any>[]) =>
  [
    ...new Set(madeOf(result, new Set(given.map((tensor) => nodeOf(tensor)))).map(({ op, call }) => call?.name ?? op)),
  ].sort();

test("what a layer is given by the user is told by its own names, and drawn in the layer", async () => {
  const swish = (y: Tensor<any>) => multiply(y, sigmoid(y));
  const given = x();
  expect(names(dense(given, { units: 4, activation: swish }), given)).toEqual(["dense", "multiply", "sigmoid"]);
  expect(names(dense(given, { units: 4, activation: gelu }), given)).toEqual(["dense", "gelu"]);
  const net = model({ x: x() }, (inputs) => dense(dense(inputs.x, { units: 4, activation: swish }), { units: 4 }));
  expect(summarize(net, new Map([["batch", 2]])).layers.map(({ name }) => name)).toEqual(["x", "dense", "dense_1"]);
  const cut = (y: Tensor<any>) => concat([at(y, "2:"), at(y, ":2")], 0) as Tensor<any>;
  for (const backend of [...testedBackends, "reference" as const]) {
    const build = (inputs: { x: Tensor<["batch", 4]> }) => ({ y: dense(inputs.x, { units: 4, activation: cut }) });
    const f = await openFunction({ x: x() }, build, { backend });
    await expect(f({ x: array(new Float32Array(4), [1, 4]) }), backend).rejects.toMatchObject({
      op: "at",
      message: "at: 2: reaches out of an axis of size 1 in [1, 4]",
    });
    f.dispose();
  }
});

test("loops and choices are told by the names of the functions that make them, and what they are of by its own", () => {
  const given = x();
  const rows = map((row) => softmax(square(row), 0), given);
  expect(names(rows, given)).toEqual(["map", "softmax", "square"]);
  const squared = foriLoop(0, 3, (_, carry) => square(carry), given);
  expect(names(squared, given)).toEqual(["foriLoop", "square"]);
  const kind: Tensor<any, any> = input([], "int32");
  const chosen = switchCase(kind, [() => relu(given), () => square(given), () => given]);
  expect(names(chosen, given, kind)).toEqual(["relu", "square", "switchCase"]);
});

test("all that is exported is called by its name, in traces of calls too", () => {
  const named = Object.entries(language).filter(([, value]) => typeof value === "function");
  expect(named.flatMap(([name, value]) => ((value as () => unknown).name === name ? [] : [name]))).toEqual([]);
});
