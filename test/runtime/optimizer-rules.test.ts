import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  array,
  compile,
  dense,
  dot,
  embedding,
  type Initializer,
  input,
  mean,
  meanSquaredError,
  model,
  type Optimizer,
  variable,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { optimizerCases } from "../support/optimizerCases.js";
import "@tensorflow/tfjs-backend-cpu";

type Numbers = Readonly<Record<string, readonly number[]>>;

/** Keras's numbers; made by optimizer-rules.py. */
const { start, cases }: { readonly start: Numbers; readonly cases: Readonly<Record<string, Numbers>> } = JSON.parse(
  readFileSync(new URL("../fixtures/optimizer-rules.json", import.meta.url), "utf8"),
);

const given = (name: string): Initializer => ({ name, sample: () => Float32Array.from(start[name]!) });
const net = model({ tokens: input(["batch", 2], "int32") }, ({ tokens }) => {
  const vectors = embedding(tokens, {
    inputDim: 5,
    outputDim: 3,
    embeddingsInitializer: given("embedding/embeddings"),
  });
  const h = mean(vectors, { axis: 1 });
  const out = dense(h, { units: 2, kernelInitializer: given("dense/kernel"), biasInitializer: given("dense/bias") });
  return add(out, dot(h, mean(variable("cube", [2, 3, 2], given("cube")), { axis: 0 })));
});
const names = Object.keys(start).filter((name) => name !== "target");
const tokens = new Int32Array([0, 1, 2, 0, 3, 3, 1, 2]);
const target = Float32Array.from(start.target!);
const programOf = (optimizer: Optimizer) => compile(net, { optimizer, loss: meanSquaredError(), onWarning() {} });

function close(found: Iterable<number>, wanted: readonly number[], what: string): void {
  const all = [...found];
  expect(all.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) {
    expect(Math.abs(all[i]! - value), `${what}, ${i}: ${all[i]} for ${value}`).toBeLessThan(2e-5);
  }
}

test("every case has Keras's numbers, and every number its case", () => {
  expect(Object.keys(optimizerCases)).toEqual(Object.keys(cases));
});

describe.each(Object.entries(optimizerCases))("twenty steps of %s", (name, optimizer) => {
  const wanted = cases[name]!;

  test.each([...testedBackends, "reference" as const])("are Keras's on %s", async (backend) => {
    using session = await open(programOf(optimizer), { backend });
    const steps = { epochs: 20, batchSize: 4, shuffle: false, verbose: "silent" } as const;
    const { history } = await session.fit({ tokens: array(tokens, [4, 2]) }, array(target, [4, 2]), steps);
    close(history.loss, wanted.losses!, "losses");
    for (const each of names) close(session.getWeight(each).data as Float32Array, wanted[each]!, each);
  });

  // Schedules as generated code are composed-optimizers.test.ts's.
  test.skipIf(name.endsWith(", scheduled"))("are Keras's as generated code", async () => {
    await tf.setBackend("cpu");
    const { createState, trainStep } = await importGenerated<TrainingModule>(
      emitTraining(programOf(optimizer), { name: "line", source: "line.ts" }),
    );
    const shapes: Readonly<Record<string, number[]>> = {
      "embedding/embeddings": [5, 3],
      cube: [2, 3, 2],
      "dense/kernel": [3, 2],
      "dense/bias": [2],
    };
    const weights = Object.fromEntries(names.map((each) => [each, tf.tensor([...start[each]!], shapes[each]!)]));
    const state = createState({ weights });
    const batch = [tf.tensor2d(tokens, [4, 2], "int32"), tf.tensor2d(target, [4, 2])];
    const losses = Array.from({ length: 20 }, () => trainStep(state, ...batch).loss!);
    close(losses, wanted.losses!, "losses");
    for (const each of names) close(state[each]!.dataSync(), wanted[each]!, each);
  });
});
