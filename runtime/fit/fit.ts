import { host } from "#host";
import type { Program } from "../../compiler/program.js";
import type { Executable } from "../backends/backend.js";
import type { Pause } from "../gate.js";
import type { Signal } from "../signal.js";
import type { Backup, Trained } from "./backup.js";
import { callbackRunner, type Progress, type TrainingHands } from "./callbackRunner.js";
import type { Hook } from "./checkCallback.js";
import type { Feed } from "./feed.js";
import { type History, historyKeeper } from "./history.js";
import { holdCallbacks } from "./holdCallbacks.js";
import { Interrupt } from "./interrupt.js";
import { Interrupted } from "./interrupted.js";
import { Keeping } from "./keeping.js";
import { heard, listen } from "./listen.js";
import { isSilent, reporter } from "./progress.js";
import { type CallbackOptions, type EpochSettings, epochsOf } from "./settings.js";
import { Totals } from "./totals.js";
import { type Epochs, pacesOf, passOf, trainEpoch } from "./trainEpoch.js";
import type { Watching } from "./watch/watching.js";
import type { WeightsLook } from "./weightsLook.js";
import { whereIn } from "./whereIn.js";

/** What is trained, and with what. */
export interface FitTask {
  readonly op: string;
  readonly program: Program;
  readonly executable: Executable;
  readonly feeds: { readonly train: Feed; readonly validation: Feed | undefined };
  readonly settings: EpochSettings & CallbackOptions;
  readonly trained: Trained;
  /** Looks at the session's weights, where that is asked for. */
  readonly look: WeightsLook | undefined;
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
  const { op, program, executable, feeds, settings, trained, look } = task;
  const { hands, pause, backup, disposed, located, watching } = task;
  const { initialEpoch = trained.epochs, verbose = "auto", signal } = settings;
  const { terminateOnNaN = true, validationFreq = 1 } = settings;
  const resumed = await backup?.read(initialEpoch);
  const begun = resumed?.first ?? initialEpoch;
  const last = begun + epochsOf(settings);
  const given = [...(settings.callbacks ?? []), ...(watching ? [watching.callback] : [])];
  const callbacks = callbackRunner(op, program, given, hands, last, feeds.validation !== undefined);
  const first = resumed?.epochs ?? initialEpoch;
  const report = reporter(verbose, last);
  const call = async (hook: Hook, progress: Progress) => {
    if (callbacks.has(hook)) await interruption.during(() => pause(() => callbacks.call(hook, progress)));
  };
  const history = historyKeeper(Object.keys(program.reported.results.outputs));
  let [known, steps] = [feeds.train.steps, 0];
  const letGo = holdCallbacks(op, given);
  const interruption = listen(op);
  const keeping = new Keeping({ op, backup, resumed, begun, feed: feeds.train, states: callbacks.states, look });
  const epochs: Epochs = {
    ...{ program, executable, feeds, callbacks, call, report, keeping, watching, terminateOnNaN, located },
    validationFreq,
    // What waits for a source, or is between two steps of validation, has nothing under way that is lost.
    interrupts: { usual: new Interrupt(signal, disposed, interruption.signal), last: new Interrupt(signal, disposed) },
    paces: pacesOf(callbacks.has("onTrainBatchEnd") || located !== undefined),
    onTrained: (epoch) => {
      trained.epochs = epoch;
    },
  };
  const interrupt = epochs.interrupts.usual;
  let progress: Progress = { epoch: first, step: 0, reports: {}, seconds: 0 };
  try {
    await call("onTrainBegin", progress);
    if (resumed) {
      callbacks.restore(resumed.states);
      resumed.apply();
      const where = whereIn(first, resumed.within?.steps ?? 0);
      if (!isSilent(verbose)) host.reports.write(`${op}: goes on from ${settings.backup} ${where}\n`);
      await keeping.lookAtSource(interrupt);
    }
    const skipped = passOf(epochs, "train", epochs.paces.train, new Totals(program));
    if (first > begun) await feeds.train.skip?.(skipped, first - begun);
    for (let epoch = first; epoch < last && callbacks.stopped === undefined; epoch++) {
      await call("onEpochBegin", { ...progress, epoch: epoch + 1, step: 0 });
      interrupt.check();
      const passed = await trainEpoch(epochs, epoch, known, epoch === first ? resumed?.within : undefined);
      if (epoch === first) keeping.lookBack();
      progress = passed.progress;
      known = progress.step;
      steps += passed.taken;
      history.add(progress.epoch, progress.reports, progress.seconds);
      await call("onEpochEnd", progress);
      // In the end, callbacks may yet bring back the weights of a better epoch.
      if (epoch + 1 < last && callbacks.stopped === undefined) look?.(epoch + 1, "between");
      await keeping.keep(epoch + 1);
      interrupt.check();
    }
    await call("onTrainEnd", progress);
    look?.(progress.epoch, "end");
    interrupt.check();
    await backup?.remove();
  } catch (error) {
    if (error !== heard && !(error instanceof Interrupted)) throw error;
    report.stop();
    if (error === heard && !keeping.isKept) await keeping.keep(progress.epoch);
    const interrupted = error instanceof Interrupted ? error : new Interrupted(whereIn(progress.epoch, 0));
    watching?.end("interrupted", `Interrupted ${interrupted.where}`);
    backup?.release();
    interrupted.tell(op, settings.backup, keeping.isKept);
    await interruption.end();
  } finally {
    letGo();
    report.stop();
    interruption.stop();
  }
  return history.finish(steps, callbacks.stopped);
}
