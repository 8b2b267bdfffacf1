import { host } from "#host";
import { checkOptions, count, flag, type OptionRules, text } from "../../src/ir/options.js";
import { attempt, checkWeightsPath, filesFor, refusedFile, removeFile } from "../host/filesFor.js";
import { tellOnce } from "../host/tellOnce.js";
import { type Callback, numberOf } from "./callback.js";
import { checkNames, checkPattern, fileName, namesIn } from "./file-names.js";
import { improvementOf, known, type Mode, modeRule } from "./improvement.js";

/** Options of `modelCheckpoint`. */
export interface ModelCheckpointOptions<M extends string = string> {
  /** The report by which an epoch is the best. @default "val_loss" */
  readonly monitor?: M;
  /** Whether less is better, `"min"`, or more, `"max"`; `"auto"` tells by the report's name. @default "auto" */
  readonly mode?: Mode;
  /** Whether only what is better than all before is written. @default false */
  readonly saveBestOnly?: boolean;
  /** Whether the model's weights alone are written, and not a checkpoint that training goes on from. @default false */
  readonly saveWeightsOnly?: boolean;
  /** What has to be beaten by the first that is written, where only the best are. */
  readonly initialValueThreshold?: number;
  /** How many of the files that it has written in a call of `fit` stay, the last ones: all, unless said otherwise. */
  readonly keep?: number;
}

const rules: OptionRules<ModelCheckpointOptions> = {
  monitor: text,
  mode: modeRule,
  saveBestOnly: flag,
  saveWeightsOnly: flag,
  initialValueThreshold: known,
  keep: count,
};

/**
 * Writes a checkpoint after each epoch, or after each that is the best so far, as Keras's `ModelCheckpoint`: of all calls of `fit` on the
 * session. Files are written whole: one
 * of before is there until the new one is. Nothing is written after an epoch without validation, where its reports are monitored or named.
 *
 * What cannot be written costs no training, unlike Keras's: where it is so from the beginning, `fit` refuses it, and ends where the first file of all
 * cannot be written; later, as when a disk is full, it is told once, the next epoch tries again, and the last file that was written stays.
 * When training ends without it, that is told, too.
 *
 * @param file a path; `{epoch}` in it is the epoch's number and `{val_loss}` what is reported, also as `{epoch:03d}` and `{val_loss:.2f}`
 * @throws SW_VALUE for options that are none, or what stands in braces otherwise; SW_FILE, in `fit`, when it cannot be written as
 * training begins, the first file cannot be written, or it names what is not reported
 * @example
 * const callbacks = [modelCheckpoint("runs/best.safetensors", { monitor: "val_loss", saveBestOnly: true })];
 * const lastThree = modelCheckpoint("runs/{epoch:03d}.safetensors", { monitor: "loss", keep: 3 });
 */
export function modelCheckpoint<const M extends string = never>(
  file: string,
  options: ModelCheckpointOptions<M> = {},
): Callback<any, M> {
  const op = "modelCheckpoint";
  checkWeightsPath(op, file);
  checkPattern(op, file);
  checkOptions<ModelCheckpointOptions>(op, options, rules);
  const {
    mode = "auto",
    saveBestOnly = false,
    saveWeightsOnly = false,
    initialValueThreshold,
    keep = Infinity,
  } = options;
  const monitor = options.monitor ?? "val_loss";
  const { checkMode, isBetter } = improvementOf(op, monitor, mode);
  const written: string[] = [];
  /** The session whose best is remembered, from call to call, as Keras remembers its model's. */
  let owner: object | undefined;
  let best = initialValueThreshold;
  let tell = tellOnce();
  /** Whether one was ever written: until then, the path itself may be what is wrong. */
  let isProven = false;
  /** What should have been written last, and was not. */
  let unwritten: string | undefined;
  const whileItGoes = async (act: () => Promise<void>): Promise<boolean> => {
    try {
      await act();
      return true;
    } catch (error) {
      if (!isProven) throw error;
      tell(error);
      return false;
    }
  };
  return {
    name: op,
    ...(saveBestOnly && { monitor: monitor as M }),
    async onTrainBegin({ reportNames, sessionKey }) {
      if (saveBestOnly) checkMode();
      written.length = 0;
      if (owner !== sessionKey) [owner, best] = [sessionKey, initialValueThreshold];
      [tell, unwritten] = [tellOnce(), undefined];
      checkNames(op, file, ["epoch", ...reportNames]);
      await checkWritable(op, file);
    },
    async onEpochEnd(training) {
      const values = { epoch: training.epoch, ...training.reports };
      const current = saveBestOnly ? numberOf(training, monitor) : undefined;
      if (saveBestOnly && (current === undefined || !isBetter(current, best))) return;
      if (namesIn(file).some((name) => !(name in values))) return;
      const path = fileName(op, file, values);
      const save = () => (saveWeightsOnly ? training.saveWeights(path) : training.saveCheckpoint(path));
      unwritten = (await whileItGoes(save)) ? undefined : path;
      if (unwritten !== undefined) return;
      isProven = true;
      best = current;
      if (written.includes(path)) written.splice(written.indexOf(path), 1);
      written.push(path);
      // One that cannot be removed is tried again, behind the next that is written.
      while (written.length > keep && (await whileItGoes(() => removeFile(op, written[0]!)))) written.shift();
    },
    onTrainEnd() {
      if (unwritten === undefined) return;
      const last = written.length > 0 ? `the last that was is ${written.at(-1)}` : "nothing was";
      host.reports.write(`${op}: training has ended, and ${unwritten} could not be written; ${last}\n`);
    },
    state: () => ({ values: { best: best ?? null, written: JSON.stringify(written) } }),
    setState({ values }) {
      best = (values.best ?? undefined) as number | undefined;
      written.splice(0, Infinity, ...(JSON.parse(values.written as string) as string[]));
      isProven ||= written.length > 0;
    },
  };
}

/** Tries, before anything is trained, whether files can be made where checkpoints are to stand; of a folder that is named by numbers, none is made. */
async function checkWritable(op: string, file: string): Promise<void> {
  if (/\{.*[\\/]/.test(file)) return;
  const files = await filesFor(op, file);
  const free = attempt(op, file, "written", files, () => files.lock(file));
  if (typeof free !== "number") free();
  else
    throw refusedFile(
      op,
      `${file} is the backup of a call that is under way in process ${free}; it is removed in the end: choose another file`,
    );
}
