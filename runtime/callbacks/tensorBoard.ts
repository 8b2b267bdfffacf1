import { type Program, predictionOf } from "../../compiler/program.js";
import { aRecord, callback, checkOptions, flag, natural, type OptionRules, oneOf } from "../../src/ir/options.js";
import type { Reports } from "../fit/totals.js";
import { checkPath } from "../host/filesFor.js";
import type { Callback, Training } from "./callback.js";
import { eventFile, type Values } from "./tensorboard/eventFile.js";
import { histogramOf } from "./tensorboard/histogramOf.js";
import { type Images, type PngEncoder, pngEncoder, pngsOf } from "./tensorboard/pngsOf.js";

/** Options of `tensorBoard`. */
export interface TensorBoardOptions {
  /** After every so many epochs, histograms of the model's weights are written; 0 is never. @default 0 */
  readonly histogramFreq?: number;
  /**
   * Whether the loss and the metrics are written after each `"epoch"` alone, or after each `"batch"`, too, as means over the epoch's steps so
   * far. Each step is a call of the backend of its own then, which small models are slower by.
   *
   * @default "epoch"
   */
  readonly updateFreq?: "epoch" | "batch";
  /** Whether the model's graph is written, as it predicts on TensorFlow. @default true */
  readonly writeGraph?: boolean;
  /**
   * Images by their names, one or several: written as training begins, as of an input; or what a function gives after each epoch, such as
   * what the model has drawn. Numbers of float32 are from 0 to 1, of uint8 from 0 to 255. Of several, the first ten are written. It takes the
   * package fast-png.
   */
  readonly images?: Images | ((training: Training) => Images | Promise<Images>);
}

const rules: OptionRules<TensorBoardOptions> = {
  histogramFreq: natural,
  updateFreq: oneOf(["epoch", "batch"]),
  writeGraph: flag,
  images: {
    takes: "a record of images by their names, or a function that gives one",
    accepts: (value) => aRecord.accepts(value) || callback.accepts(value),
  },
};

const validation = "val_";

/**
 * Writes logs that TensorBoard shows, as Keras's `TensorBoard`: in the folder's `train` what was reported of epochs, `epoch_loss` and so on,
 * and the learning rate, the model's graph and images; in its `validation` what was reported of validation data, under the same names. An
 * epoch's step is its number, from 1. Each call of `fit` writes files of its own. What is no number is left out.
 *
 * @throws SW_VALUE for options that are none; SW_DATA, in `fit`, for images that are none; SW_FILE, in `fit`, when no file can be written as
 * training begins, or fast-png is not there. Later, that is told once, and training goes on
 * @example
 * await session.fit({ image: trainX }, trainY, { epochs: 5, callbacks: [tensorBoard("runs/digits", { histogramFreq: 1 })] });
 * // then: tensorboard --logdir runs
 */
export function tensorBoard(folder: string, options: TensorBoardOptions = {}): Callback {
  const op = "tensorBoard";
  checkPath(op, folder);
  checkOptions(op, options, rules);
  const { histogramFreq = 0, updateFreq = "epoch", writeGraph = true, images } = options;
  const files = { train: eventFile(op, `${folder}/train`), validation: eventFile(op, `${folder}/validation`) };
  let encode: PngEncoder | undefined;
  /** The program whose graph is written: it stays the same from call to call of `fit`. */
  let drawn: Program | undefined;
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
    async onTrainBegin({ program }) {
      [epochs, steps] = [0, 0];
      for (const file of Object.values(files)) file.restart();
      encode = images && (await pngEncoder(op));
      const given = typeof images === "object" ? pngsOf(op, images, encode!) : undefined;
      await files.train.begin();
      if (writeGraph && drawn !== program) await files.train.writeGraph(await drawingOf(program));
      drawn = program;
      if (given) await files.train.write(0, given);
    },
    ...(updateFreq === "batch" && { onTrainBatchEnd: batchEnd }),
    async onEpochEnd(training) {
      const { epoch, step, reports, learningRate } = training;
      [epochs, steps] = [epoch, steps + step];
      const own = numbersOf(reports, "epoch_", (name) => !name.startsWith(validation));
      const shown = new Map([...own, ["epoch_learning_rate", learningRate] as const]);
      const weights = histogramFreq > 0 && epoch % histogramFreq === 0 ? histogramsOf(training) : new Map();
      const drawn = typeof images === "function" ? pngsOf(op, await images(training), encode!) : new Map();
      await files.train.write(epoch, new Map([...shown, ...weights, ...drawn]));
      const held = numbersOf(reports, "epoch_", (name) => name.startsWith(validation));
      if (held.size > 0) await files.validation.write(epoch, held);
    },
    state: () => ({ values: { epochs, steps, train: files.train.place(), validation: files.validation.place() } }),
    setState({ values }) {
      [epochs, steps] = [values.epochs as number, values.steps as number];
      // Of steps within epochs, which are counted otherwise, it would take too many back.
      const onward = updateFreq === "epoch" ? epochs + 1 : undefined;
      files.train.resume(values.train, onward);
      files.validation.resume(values.validation, epochs + 1);
    },
  };
}

/** What draws graphs is loaded when one is drawn. */
async function drawingOf(program: Program): Promise<Uint8Array> {
  const { retarget } = await import("../../compiler/pipeline.js");
  const { lowerForDrawing } = await import("../../compiler/lower/lowerForDrawing.js");
  return lowerForDrawing(retarget(predictionOf(program), "tensorflow"));
}

function numbersOf(reports: Reports, prefix: string, isOwn: (name: string) => boolean): Values {
  const own = Object.entries(reports).filter(([name, value]) => typeof value === "number" && isOwn(name));
  return new Map(own.map(([name, value]) => [prefix + name.replace(validation, ""), value as number]));
}

function histogramsOf({ getWeights }: Training): Values {
  const all = [...getWeights()].map(([name, value]) => [`${name}/histogram`, histogramOf(value)] as const);
  return new Map(all.flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
}
