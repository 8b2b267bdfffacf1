import { host } from "#host";
import type { Program } from "../../compiler/program.js";
import type { BatchGraph, Executable } from "../backends/backend.js";
import type { Pause } from "../gate.js";
import type { Signal } from "../signal.js";
import type { Backup, Trained } from "./backup.js";
import { callbackRunner, type Progress, type TrainingHands } from "./callbackRunner.js";
import type { Hook } from "./checkCallback.js";
import { checkConverging } from "./checkConverging.js";
import type { Feed } from "./feed.js";
import { type History, historyKeeper } from "./history.js";
import { holdCallbacks } from "./holdCallbacks.js";
import { Interrupt } from "./interrupt.js";
import { Interrupted } from "./interrupted.js";
import { heard, listen } from "./listen.js";
import { Pace } from "./pace.js";
import { isSilent, reporter } from "./progress.js";
import type { CallbackOptions, EpochSettings } from "./settings.js";
import { type Reports, type Sums, Totals } from "./totals.js";
import type { Watching } from "./watch/watching.js";

/** How long training goes on, in milliseconds, before it is kept in the middle of an epoch. */
const keptEvery = 300_000;

/** What is trained, and with what. */
export interface FitTask {
  readonly op: string;
  readonly program: Program;
  readonly executable: Executable;
  readonly feeds: { readonly train: Feed; readonly validation: Feed | undefined };
  readonly settings: EpochSettings & CallbackOptions;
  readonly trained: Trained;
  readonly hands: TrainingHands;
  readonly pause: Pause;
  readonly backup: Backup | undefined;
  readonly disposed: Signal;
  /** Who made a number that is none in the step before, where that is looked for after each. */
  readonly located?: () => string | undefined;
  readonly watching?: Watching | undefined;
}

/** Trains on a feed, and evaluates on another after each epoch where there is one. Frees neither. */
export async function fit(task: FitTask): Promise<History> {
  const { op, program, executable, feeds, settings, trained, hands, pause, backup, disposed, watching } = task;
  const { epochs = 1, initialEpoch = trained.epochs, verbose = "auto", signal, terminateOnNaN = true } = settings;
  const { validationFreq = 1 } = settings;
  const resumed = await backup?.read(initialEpoch);
  const begun = resumed?.first ?? initialEpoch;
  const last = begun + epochs;
  const given = [...(settings.callbacks ?? []), ...(watching ? [watching.callback] : [])];
  const callbacks = callbackRunner(op, program, given, hands, last, feeds.validation !== undefined);
  const first = resumed?.epochs ?? initialEpoch;
  const report = reporter(verbose, last);
  const call = async (hook: Hook, progress: Progress) => {
    if (callbacks.has(hook)) await interruption.during(() => pause(() => callbacks.call(hook, progress)));
  };
  const [trainPace, validationPace] = [
    new Pace(callbacks.has("onTrainBatchEnd") || task.located ? 1 : Infinity),
    new Pace(),
  ];
  const history = historyKeeper(Object.keys(program.reported.results.outputs));
  let [known, steps] = [feeds.train.steps, 0];
  const letGo = holdCallbacks(op, given);
  const interruption = listen(op);
  // What waits for a source, or is between two steps of validation, has nothing under way that is lost.
  const [ended, interrupt] = [new Interrupt(signal, disposed), new Interrupt(signal, disposed, interruption.signal)];
  const passOf = (graph: BatchGraph, pace: Pace, totals: Totals, until = interrupt) => ({
    ...{ executable, graph, pace, totals },
    interrupt: until,
  });
  let [keptAt, isKept] = [performance.now(), resumed !== undefined];
  const keep = async (epochs: number, within?: Sums) => {
    isKept = (await backup?.write({ first: begun, epochs, states: callbacks.states(), within })) ?? false;
    keptAt = performance.now();
  };
  let progress: Progress = { epoch: first, step: 0, reports: {}, seconds: 0 };
  try {
    await call("onTrainBegin", progress);
    if (resumed) {
      callbacks.restore(resumed.states);
      resumed.apply();
      const where = whereIn(first, resumed.within?.steps ?? 0);
      if (!isSilent(verbose)) host.reports.write(`${op}: goes on from ${settings.backup} ${where}\n`);
    }
    if (first > begun) await feeds.train.skip?.(passOf("train", trainPace, new Totals(program)), first - begun);
    for (let epoch = first; epoch < last && callbacks.stopped === undefined; epoch++) {
      await call("onEpochBegin", { ...progress, epoch: epoch + 1, step: 0 });
      interrupt.check();
      const start = performance.now();
      report.begin(epoch + 1, known);
      const totals = new Totals(program, epoch === first ? resumed?.within : undefined);
      watching?.beginEpoch(totals, known);
      const taken = totals.steps;
      let before = taken;
      const onProgress = async ({ steps, reports }: Totals) => {
        const found = task.located?.();
        const course = { loss: reports.loss as number, epoch: epoch + 1, before, after: steps, found };
        if (terminateOnNaN) checkConverging(course);
        before = steps;
        report.advance(steps, reports);
        await watching?.pause((resumed) => interrupt.wait(resumed).catch(unlessHeard));
        const now = { epoch: epoch + 1, step: steps, reports, seconds: (performance.now() - start) / 1000 };
        await call("onTrainBatchEnd", now);
        await call("onProgress", now);
        if (performance.now() - keptAt > keptEvery) await keep(epoch, totals.sums);
      };
      /** Ends the call where it is, unless it was something else that ended the steps. */
      const unlessInterrupted = async (error: unknown) => {
        unlessHeard(error);
        await keep(epoch, totals.steps > 0 ? totals.sums : undefined);
        throw new Interrupted(whereIn(epoch, totals.steps));
      };
      const isEnough = () => callbacks.stopped !== undefined;
      await feeds.train
        .run({ ...passOf("train", trainPace, totals), onProgress, isEnough }, epoch, taken)
        .catch(unlessInterrupted);
      trained.epochs = epoch + 1;
      known = totals.steps;
      steps += totals.steps - taken;
      const validated = new Totals(program);
      if (feeds.validation && isValidated(epoch + 1, validationFreq)) {
        report.validate();
        // Where a callback has ended training, nothing would go on with it.
        const pass = passOf("evaluate", validationPace, validated, callbacks.stopped === undefined ? interrupt : ended);
        await feeds.validation.run(pass, epoch).catch(unlessInterrupted);
      }
      const reports = { ...totals.reports, ...prefixed(validated.reports) };
      const seconds = (performance.now() - start) / 1000;
      report.end(reports, seconds);
      history.add(epoch + 1, reports, seconds);
      progress = { epoch: epoch + 1, step: totals.steps, reports, seconds };
      await call("onEpochEnd", progress);
      await keep(epoch + 1);
      interrupt.check();
    }
    await call("onTrainEnd", progress);
    interrupt.check();
    await backup?.remove();
  } catch (error) {
    if (error !== heard && !(error instanceof Interrupted)) throw error;
    report.stop();
    if (error === heard && !isKept) await keep(progress.epoch);
    const interrupted = error instanceof Interrupted ? error : new Interrupted(whereIn(progress.epoch, 0));
    watching?.end("interrupted", `Interrupted ${interrupted.where}`);
    backup?.release();
    interrupted.tell(op, settings.backup, isKept);
    await interruption.end();
  } finally {
    letGo();
    report.stop();
    interruption.stop();
  }
  return history.finish(steps, callbacks.stopped);
}

/** Goes on with Ctrl-C alone. */
function unlessHeard(error: unknown): void {
  if (error !== heard) throw error;
}

/** Where training is after some steps of an epoch, counted from 0. */
function whereIn(epoch: number, steps: number): string {
  if (steps > 0) return `after step ${steps} of epoch ${epoch + 1}`;
  return epoch > 0 ? `after epoch ${epoch}` : "before the first step";
}

/** Whether the validation data is evaluated after an epoch. */
function isValidated(epoch: number, frequency: number | readonly number[]): boolean {
  return typeof frequency === "number" ? epoch % frequency === 0 : frequency.includes(epoch);
}

function prefixed(reports: Reports): Reports {
  return Object.fromEntries(Object.entries(reports).map(([name, value]) => [`val_${name}`, value]));
}
