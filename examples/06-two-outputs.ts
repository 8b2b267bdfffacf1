/**
 * A model of two outputs: of a patient's readings it says whether a treatment helps, and how much. Each output has a loss of its
 * own, some patients count more than others, and the learning rate warms up and falls again.
 *
 *     npm run example -- examples/06-two-outputs.ts             in full
 *     npm run example -- examples/06-two-outputs.ts --quick     a few epochs
 */
import {
  adam,
  array,
  auc,
  binaryCrossentropy,
  clipByGlobalNorm,
  compile,
  cosineDecay,
  dense,
  input,
  meanSquaredError,
  model,
  precision,
  relu,
} from "shapewright";
import { open } from "shapewright/runtime";
import { exampleOptions, isMain } from "./options.js";

export const treatment = model({ readings: input(["batch", 4]) }, ({ readings }) => {
  const h = dense(readings, { units: 32, activation: relu });
  return {
    helps: dense(h, { units: 1 }), // Tensor<["batch", 1], "float32">: a logit
    effect: dense(h, { units: 1 }), // Tensor<["batch", 1], "float32">
  };
});

export const program = compile(treatment, {
  optimizer: clipByGlobalNorm(
    adam({ learningRate: cosineDecay(0, { decaySteps: 600, warmupTarget: 0.01, warmupSteps: 40 }) }),
    1,
  ),
  loss: { helps: binaryCrossentropy({ fromLogits: true }), effect: meanSquaredError() },
  lossWeights: { effect: 0.5 },
  metrics: { helps: [auc(), precision()] },
  sampleWeight: "samples",
});

/** Patients with their readings: the treatment helps where its effect, a curve of the readings, is above 0. */
export function patients(count: number, seed: number) {
  let state = seed;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  const readings = Float32Array.from({ length: count * 4 }, draw);
  const effects = Float32Array.from({ length: count }, (_, i) => {
    const [a, b, c] = [readings[4 * i]!, readings[4 * i + 1]!, readings[4 * i + 2]!];
    return a * b + 0.5 * c + 0.1 * draw();
  });
  return {
    readings: array(readings, [count, 4]),
    targets: {
      helps: array(
        effects.map((effect) => Number(effect > 0)),
        [count, 1],
      ),
      effect: array(effects, [count, 1]),
    },
    // Of whoever stands far from the bound, more is known.
    weights: effects.map((effect) => 0.5 + Math.min(1, Math.abs(effect))),
  };
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const train = patients(2000, 1);
  const test = patients(500, 2);
  const session = await open(program, { backend });
  console.log(`Training on ${train.readings.shape[0]} patients, backend: ${session.backend}`);

  const sampleWeight = { helps: train.weights };
  await session.fit({ readings: train.readings }, train.targets, {
    epochs: quick ? 10 : 40,
    batchSize: 50,
    sampleWeight,
  });
  const measured = await session.evaluate({ readings: test.readings }, test.targets);
  const { helps_auc: area, helps_precision: right, effect_loss: error } = measured;
  console.log(
    `Area under the curve: ${area.toFixed(3)}, precision: ${right.toFixed(3)}, squared error: ${error.toFixed(4)}`,
  );

  if (json) console.log(JSON.stringify({ backend: session.backend, area, right, error }));
  session.dispose();
}
