import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import * as language from "../../compiler/language.js";
import { makeReporter } from "../../compiler/reports.js";
import { array, type NdArray } from "../../src/ir/array.js";
import type { Node } from "../../src/ir/node.js";
import type { Loss } from "../../src/losses/loss.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callReference, callWith, computationFor, inputsFor } from "../support/computation.js";

/** What test/fixtures/losses.py writes. */
interface Case {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly shape: readonly number[];
  readonly output: readonly number[];
  readonly targetShape: readonly number[];
  readonly integer: boolean;
  readonly target: readonly number[];
  readonly weights?: readonly number[];
  readonly loss: number;
  readonly gradient: readonly number[];
}

const cases: readonly Case[] = JSON.parse(readFileSync(new URL("../fixtures/losses.json", import.meta.url), "utf8"));

const titled = cases.map((one, i) => {
  const weighted = one.weights ? ", weighted" : "";
  return [`${i}: ${one.name} ${JSON.stringify(one.options)} of [${one.shape}]${weighted}`, one, i] as const;
});

/** Keras's options as ours: `from_logits` is `fromLogits`. */
function lossOf({ name, options }: Case): Loss {
  const named = Object.entries(options).map(([key, value]) => [
    key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  const make = new Map(Object.entries(language)).get(name) as (options?: object) => Loss;
  return make(...(named.length > 0 ? [Object.fromEntries(named)] : []));
}

const floats = (values: readonly number[], shape: readonly number[]) => array(new Float32Array(values), [...shape]);

function arraysOf({ shape, output, targetShape, integer, target, weights }: Case): NdArray[] {
  const targets = integer ? array(new Int32Array(target), [...targetShape]) : floats(target, targetShape);
  return [floats(output, shape), targets, ...(weights ? [floats(weights, [weights.length])] : [])];
}

/** What training minimises, with its gradient. */
function derivative(one: Case, [output, target, weights]: readonly Node[]): readonly [Node, Node] {
  const loss = lossOf(one);
  const signature = loss.target(output!);
  const sizes = new Map([["labelLength", target!.shape[1]!]]);
  expect(signature.shape.map((dim) => sizes.get(dim as string) ?? dim)).toEqual(target!.shape);
  expect(signature.dtype).toBe(target!.dtype);
  const judged = { name: "", output: output!, loss, lossWeight: 1, metrics: [], target: target!, signature };
  const weighed = weights ? ({ weights, weighting: "samples" } as const) : ({ weighting: "none" } as const);
  const trained = makeReporter([{ ...judged, ...weighed }], new Map()).ofBatch(new Map([["", output!]]), "train").loss;
  return [trained, gradientNodes(trained, [output!])[0]!];
}

function near(values: ArrayLike<number>, wanted: readonly number[]): void {
  expect(values.length).toBe(wanted.length);
  const scale = Math.max(1e-3, ...wanted.map(Math.abs));
  const worst = Math.max(
    ...wanted.map((value, i) => Math.abs(value - values[i]!) / Math.max(Math.abs(value), 0.1 * scale)),
  );
  expect(worst).toBeLessThan(1e-4);
}

describe.each(["reference", ...testedBackends] as const)("on %s, values and gradients are Keras's", (backend) => {
  let results: Record<string, NdArray>;

  beforeAll(async () => {
    const arrays = cases.map(arraysOf);
    const inputs = arrays.map(inputsFor);
    const outputs = cases.flatMap((one, i) => {
      const [loss, gradient] = derivative(one, inputs[i]!);
      return [[`loss${i}`, loss] as const, [`gradient${i}`, gradient] as const];
    });
    const computation = computationFor(inputs.flat(), Object.fromEntries(outputs));
    if (backend === "reference") {
      results = callReference(computation, arrays.flat());
      return;
    }
    const executable = await loadOn(backend, computation);
    results = await callWith(executable, arrays.flat());
    executable.dispose();
  }, 120_000);

  test.each(titled)("%s", (_, { loss, gradient }, i) => {
    near(results[`loss${i}`]!.data, [loss]);
    near(results[`gradient${i}`]!.data, gradient);
  });
});

test("every loss of Keras is compared", () => {
  const names = JSON.parse(readFileSync(new URL("../fixtures/keras-names.json", import.meta.url), "utf8"));
  const called = (names.losses as readonly (readonly string[])[]).map(([name]) => {
    return name!.replace(/^(KL|CTC|[A-Z])/, (start) => start.toLowerCase());
  });
  expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(called.filter((name) => name !== "loss")));
});
