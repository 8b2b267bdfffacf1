import { checkOptions, natural, type OptionRules, oneOf } from "../../src/ir/options.js";
import type { Reports } from "../fit/totals.js";
import { checkPath } from "../host/filesFor.js";
import type { Callback, Training } from "./callback.js";
import { eventFile, type Values } from "./tensorboard/eventFile.js";
import { histogramOf } from "./tensorboard/histogramOf.js";

/** Options of `tensorBoard`. */
export interface TensorBoardOptions {
  /** After every so many epochs, histograms of the model's weights are written; 0 is never. @default 0 */
  readonly histogramFreq?: number;
  /**
   * Whether the loss and the metrics are written after each step, too, as means over the epoch's steps so far. Each step is a call of the
   * backend of its own then, which small models are slower by.
   *
   * @default "epoch"
   */
  readonly updateFreq?: "epoch" | "batch";
}

const rules: OptionRules<TensorBoardOptions> = { histogramFreq: natural, updateFreq: oneOf(["epoch", "batch"]) };

const validation = "val_";

/**
 * Writes logs that TensorBoard shows, as Keras's `TensorBoard`: in the folder's `train` what was reported of epochs, `epoch_loss` and so on,
 * and the learning rate; in its `validation` what was reported of validation data, under the same names. An epoch's step is its number,
 * from 1. Each call of `fit` writes files of its own. What is no number is left out.
 *
 * @throws SW_VALUE for options that are none; SW_FILE, in `fit`, when no file can be written as training begins. Later, that is told once,
 * and training goes on
 * @example
 * await session.fit({ image: trainX }, trainY, { epochs: 5, callbacks: [tensorBoard("runs/digits", { histogramFreq: 1 })] });
 * // then: tensorboard --logdir runs
 */
export function tensorBoard(folder: string, options: TensorBoardOptions = {}): Callback {
  const op = "tensorBoard";
  checkPath(op, folder);
  checkOptions(op, options, rules);
  const { histogramFreq = 0, updateFreq = "epoch" } = options;
  const files = { train: eventFile(op, `${folder}/train`), validation: eventFile(op, `${folder}/validation`) };
  /** The epochs, and the steps of epochs, that have ended. */
  let [epochs, steps] = [0, 0];
  const batchEnd = async ({ step, reports }: Training<Reports>) => {
    await files.train.write(
      steps + step,
      numbersOf(reports, "batch_", (name) => !name.startsWith(validation)),
    );
  };
  return {
    name: op,
    async onTrainBegin() {
      [epochs, steps] = [0, 0];
      for (const file of Object.values(files)) file.restart();
      await files.train.begin();
    },
    ...(updateFreq === "batch" && { onTrainBatchEnd: batchEnd }),
    async onEpochEnd(training) {
      const { epoch, step, reports, learningRate } = training;
      [epochs, steps] = [epoch, steps + step];
      const own = numbersOf(reports, "epoch_", (name) => !name.startsWith(validation));
      const shown = new Map([...own, ["epoch_learning_rate", learningRate] as const]);
      const weights = histogramFreq > 0 && epoch % histogramFreq === 0 ? histogramsOf(training) : new Map();
      await files.train.write(epoch, new Map([...shown, ...weights]));
      const held = numbersOf(reports, "epoch_", (name) => name.startsWith(validation));
      if (held.size > 0) await files.validation.write(epoch, held);
    },
    state: () => ({ values: { epochs, steps } }),
    setState({ values }) {
      [epochs, steps] = [values.epochs as number, values.steps as number];
      // Of steps within epochs, which are counted otherwise, it would take too many back.
      if (updateFreq === "epoch") for (const file of Object.values(files)) file.resume(epochs + 1);
    },
  };
}

function numbersOf(reports: Reports, prefix: string, isOwn: (name: string) => boolean): Values {
  const own = Object.entries(reports).filter(([name, value]) => typeof value === "number" && isOwn(name));
  return new Map(own.map(([name, value]) => [prefix + name.replace(validation, ""), value as number]));
}

function histogramsOf({ getWeights }: Training): Values {
  const all = [...getWeights()].map(([name, value]) => [`${name}/histogram`, histogramOf(value)] as const);
  return new Map(all.flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
}
