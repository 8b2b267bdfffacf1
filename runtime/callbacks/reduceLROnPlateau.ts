import { checkOptions, natural, notNegative, type OptionRules, rate, text } from "../../src/ir/options.js";
import { type Callback, numberOf } from "./callback.js";
import { improvementOf, known, type Mode, modeRule } from "./improvement.js";

/** Options of `reduceLROnPlateau`. */
export interface ReduceLROnPlateauOptions<M extends string = string> {
  /** The report that is looked at. @default "val_loss" */
  readonly monitor?: M;
  /** What the rate is multiplied by: less than 1. @default 0.1 */
  readonly factor?: number;
  /** After how many epochs without a better one it is. @default 10 */
  readonly patience?: number;
  /** Whether less is better, `"min"`, or more, `"max"`; `"auto"` tells by the report's name. @default "auto" */
  readonly mode?: Mode;
  /** By how much an epoch has to be better to count. @default 1e-4 */
  readonly minDelta?: number;
  /** For how many epochs after a reduction it does not look. @default 0 */
  readonly cooldown?: number;
  /** What the rate does not fall below. @default 0 */
  readonly minLr?: number;
}

const rules: OptionRules<ReduceLROnPlateauOptions> = {
  monitor: text,
  factor: rate,
  patience: natural,
  mode: modeRule,
  minDelta: known,
  cooldown: natural,
  minLr: notNegative,
};

/**
 * Lowers the learning rate when what is monitored has not become better for some epochs, as Keras's `ReduceLROnPlateau`. The
 * optimizer's rate has to be a number.
 *
 * @throws SW_VALUE for options that are none; in `fit` where the rate cannot be set, or the name of what is monitored does not tell whether it should
 * fall or rise
 * @example
 * const program = compile(digits, { optimizer: adam({ learningRate: 1e-3 }), loss: sparseCategoricalCrossentropy() });
 * const session = await open(program);
 * await session.fit({ image: trainX }, trainY, {
 *   epochs: 30,
 *   validationData: [{ image: testX }, testY],
 *   callbacks: [reduceLROnPlateau({ factor: 0.5, patience: 3 })],
 * });
 */
export function reduceLROnPlateau<const M extends string = "val_loss">(
  options: ReduceLROnPlateauOptions<M> = {},
): Callback<any, M> {
  const op = "reduceLROnPlateau";
  checkOptions<ReduceLROnPlateauOptions>(op, options, rules);
  const { factor = 0.1, patience = 10, mode = "auto", minDelta = 1e-4, cooldown = 0, minLr = 0 } = options;
  const monitor = options.monitor ?? "val_loss";
  const { checkMode, isBetter } = improvementOf(op, monitor, mode, minDelta);
  let best: number | undefined;
  let [waited, cooling] = [0, 0];
  return {
    name: op,
    monitor: monitor as M,
    onTrainBegin(training) {
      checkMode();
      [best, waited, cooling] = [undefined, 0, 0];
      // Whether it can be set is known before an epoch has passed.
      const { learningRate } = training;
      training.learningRate = learningRate;
    },
    onEpochEnd(training) {
      const current = numberOf(training, monitor);
      if (current === undefined) return;
      if (cooling > 0) {
        cooling -= 1;
        waited = 0;
      }
      if (isBetter(current, best)) {
        best = current;
        waited = 0;
        return;
      }
      if (cooling > 0) return;
      waited += 1;
      const rate = training.learningRate;
      if (waited < patience || Math.fround(rate) <= Math.fround(minLr)) return;
      training.learningRate = Math.max(rate * factor, minLr);
      cooling = cooldown;
      waited = 0;
    },
    state: () => ({ values: { best: best ?? null, waited, cooling } }),
    setState({ values }) {
      best = (values.best ?? undefined) as number | undefined;
      [waited, cooling] = [values.waited as number, values.cooling as number];
    },
  };
}
