import { expect, test } from "vitest";
import type { Callback, Training } from "../../runtime/index.js";
import { type EarlyStoppingOptions, earlyStopping, reduceLROnPlateau } from "../../runtime/index.js";
import type { NdArray } from "../../src/ir/array.js";
import keras from "../fixtures/callbacks.json" with { type: "json" };

/** Epochs whose validation losses are given, as a callback sees them. Weights are the number of the epoch that they are of. */
async function epochs(callback: Callback<any, string>, losses: readonly number[]) {
  const seen = { ended: 0, stopped: false, restored: null as number | null, rates: [] as number[] };
  let rate = 1;
  const training = (epoch: number, loss: number): Training => ({
    program: undefined as never,
    sessionKey: {},
    epoch,
    epochs: losses.length,
    step: 1,
    reports: { val_loss: loss },
    reportNames: ["val_loss"],
    seconds: 1,
    get learningRate() {
      return rate;
    },
    set learningRate(value) {
      rate = value;
    },
    weightNames: [],
    getWeights: () => new Map([["epoch", { shape: [], dtype: "int32", data: new Int32Array([epoch]) }]]),
    setWeights: async (values) => {
      seen.restored = (values.get("epoch") as NdArray).data[0]!;
    },
    saveWeights: async () => {},
    saveCheckpoint: async () => {},
    stop: () => {
      seen.stopped = true;
    },
  });
  await callback.onTrainBegin?.(training(0, NaN));
  for (const [i, loss] of losses.entries()) {
    seen.ended = i + 1;
    await callback.onEpochEnd?.(training(i + 1, loss));
    seen.rates.push(rate);
    if (seen.stopped) break;
  }
  await callback.onTrainEnd?.(training(seen.ended, NaN));
  return seen;
}

test.each(keras.earlyStopping)("earlyStopping($options) of $values", async ({ values, options, gives }) => {
  const { rates: _, ...seen } = await epochs(earlyStopping(options as EarlyStoppingOptions<"val_loss">), values);
  expect(seen).toEqual(gives);
});

test.each(keras.reduceLROnPlateau)("reduceLROnPlateau($options) of $values", async ({ values, options, gives }) => {
  const { rates } = await epochs(reduceLROnPlateau(options as Parameters<typeof reduceLROnPlateau>[0]), values);
  expect(rates).toHaveLength(gives.length);
  for (const [i, rate] of gives.entries()) expect(rates[i]).toBeCloseTo(rate, 12);
});
