import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  add,
  array,
  clipByNorm,
  compile,
  dense,
  dot,
  embedding,
  exponentialDecay,
  ftrl,
  type Initializer,
  input,
  lamb,
  lion,
  mean,
  meanSquaredError,
  model,
  muon,
  nadam,
  type Optimizer,
  optimizers as ofParts,
  rmsprop,
  sgd,
  variable,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import "@tensorflow/tfjs-backend-cpu";

type Numbers = Readonly<Record<string, readonly number[]>>;

/** Keras's numbers; made by optimizer-rules.py. */
const { start, cases }: { readonly start: Numbers; readonly cases: Readonly<Record<string, Numbers>> } = JSON.parse(
  readFileSync(new URL("../fixtures/optimizer-rules.json", import.meta.url), "utf8"),
);

const falling = exponentialDecay(0.05, { decaySteps: 5, decayRate: 0.8 });
const optimizers: Readonly<Record<string, Optimizer>> = {
  sgd: sgd({ learningRate: 0.05 }),
  "sgd with momentum": sgd({ learningRate: falling, momentum: 0.9 }),
  "sgd with Nesterov momentum": sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }),
  adagrad: adagrad({ learningRate: falling, initialAccumulatorValue: 0.2 }),
  adadelta: adadelta({ learningRate: 0.5 }),
  "adadelta, scheduled": adadelta({ learningRate: falling, rho: 0.8, epsilon: 1e-4 }),
  rmsprop: rmsprop({ learningRate: 0.02 }),
  "rmsprop with momentum": rmsprop({ learningRate: falling, rho: 0.8, momentum: 0.5 }),
  "rmsprop, centered": rmsprop({ learningRate: 0.02, epsilon: 1e-4, centered: true }),
  "rmsprop, centered with momentum": rmsprop({ learningRate: falling, momentum: 0.5, epsilon: 1e-4, centered: true }),
  adam: adam({ learningRate: falling }),
  "adam with amsgrad": adam({ learningRate: 0.05, beta2: 0.8, amsgrad: true }),
  adamw: adamw({ learningRate: 0.02 }),
  "adamw without the bias": adamw({
    learningRate: falling,
    weightDecay: 0.3,
    amsgrad: true,
    excludeFromWeightDecay: /bias/,
  }),
  adamax: adamax({ learningRate: 0.05 }),
  "adamax, scheduled": adamax({ learningRate: falling, beta1: 0.8, beta2: 0.9 }),
  nadam: nadam({ learningRate: 0.05 }),
  "nadam, scheduled": nadam({ learningRate: falling, beta1: 0.8, beta2: 0.9 }),
  ftrl: ftrl({ learningRate: 0.5 }),
  "ftrl, scheduled": ftrl({
    learningRate: falling,
    learningRatePower: -0.7,
    initialAccumulatorValue: 0.2,
    l1RegularizationStrength: 0.02,
    l2RegularizationStrength: 0.1,
    l2ShrinkageRegularizationStrength: 0.05,
    beta: 0.3,
  }),
  lion: lion({ learningRate: 0.01 }),
  "lion, scheduled": lion({ learningRate: falling, beta1: 0.7, beta2: 0.8 }),
  lamb: lamb({ learningRate: 0.05 }),
  "lamb, scheduled": lamb({ learningRate: falling, beta1: 0.8, beta2: 0.9, epsilon: 1e-4 }),
  adafactor: adafactor({ learningRate: 0.3 }),
  "adafactor, scheduled": adafactor({ learningRate: falling, beta2Decay: -0.5, epsilon2: 0.5, clipThreshold: 0.7 }),
  muon: muon({ learningRate: 0.05 }),
  "muon, scheduled": muon({
    learningRate: falling,
    nesterov: false,
    momentum: 0.8,
    nsSteps: 3,
    rmsRate: null,
    weightDecay: 0.1,
    adamLrRatio: 0.5,
  }),
  "muon of embeddings": muon({ learningRate: 0.05, excludeEmbeddings: false, excludeLayers: "dense" }),
  two: ofParts({
    dense: clipByNorm(sgd({ learningRate: 0.05, momentum: 0.9 }), 0.5),
    default: adamw({ learningRate: falling, weightDecay: 0.1 }),
  }),
};

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
  expect(Object.keys(optimizers)).toEqual(Object.keys(cases));
});

describe.each(Object.entries(optimizers))("twenty steps of %s", (name, optimizer) => {
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
