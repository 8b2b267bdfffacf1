import type { NdArray } from "../../src/ir/array.js";
import { checkOptions, flag, natural, type OptionRules, text } from "../../src/ir/options.js";
import { type Callback, numberOf } from "./callback.js";
import { improvementOf, known, type Mode, modeRule } from "./improvement.js";

/** Options of `earlyStopping`. */
export interface EarlyStoppingOptions<M extends string = string> {
  /** The report that is looked at. @default "val_loss" */
  readonly monitor?: M;
  /** By how much it has to become better to count. @default 0 */
  readonly minDelta?: number;
  /** After how many epochs without a better one training ends; 0 and 1 are after the first. @default 0 */
  readonly patience?: number;
  /** Whether less is better, `"min"`, or more, `"max"`; `"auto"` tells by the report's name. @default "auto" */
  readonly mode?: Mode;
  /** What has to be beaten, too, for an epoch to count. */
  readonly baseline?: number;
  /** Whether the model has the best epoch's weights in the end, and not the last one's. @default false */
  readonly restoreBestWeights?: boolean;
  /** How many epochs pass before it looks. @default 0 */
  readonly startFromEpoch?: number;
}

const rules: OptionRules<EarlyStoppingOptions> = {
  monitor: text,
  minDelta: known,
  patience: natural,
  mode: modeRule,
  baseline: known,
  restoreBestWeights: flag,
  startFromEpoch: natural,
};

/**
 * Ends training when what is monitored has not become better for some epochs, as Keras's `EarlyStopping`. The history says so in `stopped`.
 *
 * @throws SW_VALUE for options that are none; in `fit` where the name of what is monitored does not tell whether it should fall or rise
 * @example
 * await session.fit({ image: trainX }, trainY, {
 *   epochs: 100,
 *   validationData: [{ image: testX }, testY],
 *   callbacks: [earlyStopping({ monitor: "val_accuracy", patience: 3, restoreBestWeights: true })],
 * });
 */
export function earlyStopping<const M extends string = "val_loss">(
  options: EarlyStoppingOptions<M> = {},
): Callback<any, M> {
  const op = "earlyStopping";
  checkOptions<EarlyStoppingOptions>(op, options, rules);
  const {
    minDelta = 0,
    patience = 0,
    mode = "auto",
    baseline,
    restoreBestWeights = false,
    startFromEpoch = 0,
  } = options;
  const monitor = options.monitor ?? "val_loss";
  const { checkMode, isBetter } = improvementOf(op, monitor, mode, minDelta);
  let [waited, seen] = [0, 0];
  let best: number | undefined;
  let bestWeights: ReadonlyMap<string, NdArray> | undefined;
  let bestEpoch = 0;
  return {
    name: op,
    monitor: monitor as M,
    onTrainBegin() {
      checkMode();
      [waited, seen, best, bestWeights, bestEpoch] = [0, 0, undefined, undefined, 0];
    },
    onEpochEnd(training) {
      const { epoch } = training;
      const current = numberOf(training, monitor);
      seen += 1;
      if (current === undefined || seen <= startFromEpoch) return;
      const improved = isBetter(current, best);
      if (restoreBestWeights && (improved || !bestWeights)) {
        [bestWeights, bestEpoch] = [training.getWeights(), epoch];
      }
      waited += 1;
      if (improved) {
        best = current;
        if (baseline === undefined || isBetter(current, baseline)) waited = 0;
        return;
      }
      if (waited < patience || epoch === 1) return;
      const beaten = best === undefined || baseline === undefined || isBetter(best, baseline);
      const wanted = beaten ? (best ?? "NaN") : `the baseline ${baseline}`;
      const long = waited === 1 ? "1 epoch" : `${waited} epochs`;
      training.stop(`${op}: ${monitor} has not become better than ${wanted} for ${long}`);
    },
    state: () => ({
      values: { waited, seen, best: best ?? null, bestEpoch },
      ...(bestWeights && { weights: bestWeights }),
    }),
    setState({ values, weights }) {
      [waited, seen] = [values.waited as number, values.seen as number];
      best = (values.best ?? undefined) as number | undefined;
      bestEpoch = values.bestEpoch as number;
      bestWeights = weights;
    },
    async onTrainEnd(training) {
      if (bestWeights && bestEpoch !== training.epoch) await training.setWeights(bestWeights);
      bestWeights = undefined;
    },
  };
}
