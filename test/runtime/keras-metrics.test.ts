import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as language from "../../compiler/language.js";
import {
  array,
  compile,
  dense,
  identityInitializer,
  input,
  type Loss,
  type Metric,
  meanSquaredError,
  model,
  type NdArray,
  sgd,
  sparseCategoricalCrossentropy,
  type Weighting,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

/** An array of a fixture. */
interface Data {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Case {
  readonly metric: string;
  readonly args: readonly number[];
  readonly options: object;
  readonly value: number | readonly number[];
  readonly weighted: number | readonly number[];
}

interface Task {
  readonly p: Data;
  readonly y: Data;
  readonly w: Data;
  readonly dtype: "int32" | "float32";
  readonly cases: readonly Case[];
}

/** Keras's numbers; made by keras-metrics.py. */
const tasks: Readonly<Record<string, Task>> = JSON.parse(
  readFileSync(new URL("../fixtures/keras-metrics.json", import.meta.url), "utf8"),
);

const arrayOf = ({ shape, data }: Data, dtype = "float32"): NdArray =>
  array(dtype === "int32" ? Int32Array.from(data) : Float32Array.from(data), shape);

const keyOf = ({ metric, args, options }: Case) =>
  [metric, ...args, JSON.stringify(options)]
    .join(" ")
    .replace(/[^\w. ]/g, "")
    .trim();

/** A program whose outputs are its inputs, with all metrics of a task. */
function programOf({ p, dtype, cases }: Task, sampleWeight: Weighting) {
  const [, ...shape] = p.shape;
  const identity = model({ p: input(["batch", ...shape]) }, ({ p }) =>
    dense(p, { units: shape.at(-1)!, kernelInitializer: identityInitializer() }),
  );
  const made = (one: Case): Metric => {
    const make = (language as unknown as Record<string, (...args: unknown[]) => Metric>)[one.metric]!;
    const options = Object.keys(one.options).length > 0 ? [one.options] : [];
    return { ...make(...one.args, ...options), name: keyOf(one) };
  };
  const loss: Loss<any> = dtype === "int32" ? sparseCategoricalCrossentropy() : meanSquaredError();
  const optimizer = sgd({ learningRate: 0 });
  return compile(identity, { optimizer, loss, metrics: cases.map(made), sampleWeight, onWarning() {} });
}

const plain = (value: unknown) => (typeof value === "number" ? [value] : [...(value as NdArray).data].map(Number));

/** Expects what is reported to be Keras's numbers but for the last digits, each under its metric's name. */
function expectKeras(reports: Readonly<Record<string, unknown>>, cases: readonly Case[], which: "value" | "weighted") {
  const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
  const wanted = cases.map((one) => [keyOf(one), [one[which]].flat()] as const);
  const found = wanted.map(([key, values]) => {
    const reported = plain(reports[key]);
    return [key, reported.map((value, i) => (isNear(value, values[i]!) ? values[i] : value))];
  });
  expect(found).toEqual(wanted);
}

describe.each(Object.entries(tasks))("of %s", (_, task) => {
  const programs = new Map<Weighting, ReturnType<typeof programOf>>();
  const program = (weighting: Weighting) => {
    const made = programs.get(weighting) ?? programOf(task, weighting);
    programs.set(weighting, made);
    return made;
  };
  const [p, y, w] = [arrayOf(task.p), arrayOf(task.y, task.dtype), arrayOf(task.w)];

  test.each([...testedBackends, "reference" as const])("an epoch's metrics are Keras's on %s", async (backend) => {
    const session = await open(program("none"), { backend });
    // 23 samples: the last batch is a short one.
    expectKeras(await session.evaluate({ p }, y, { batchSize: 5 }), task.cases, "value");
    const { history } = await session.fit({ p }, y, { batchSize: 7, verbose: 0, validationData: [{ p }, y] });
    for (const prefix of ["", "val_"]) {
      const last = Object.fromEntries(Object.entries(history).map(([key, values]) => [key, values![0]]));
      const own = task.cases.map((one) => [keyOf(one), last[`${prefix}${keyOf(one)}`]]);
      expectKeras(Object.fromEntries(own), task.cases, "value");
    }
    session.dispose();
  });

  test.each([...testedBackends, "reference" as const])("and so they are of weighted samples on %s", async (backend) => {
    const weighting = task.w.shape.length === 1 ? "samples" : "mask";
    const session = await open(program(weighting), { backend });
    expectKeras(await session.evaluate({ p }, y, { batchSize: 5, sampleWeight: w }), task.cases, "weighted");
    session.dispose();
  });
});
