import type { Program } from "../../compiler/program.js";
import type { BatchGraph, Executable } from "../backends/backend.js";
import type { Reporter } from "../host/reporter.js";
import type { CallbackRunner, Progress } from "./callbackRunner.js";
import type { Hook } from "./checkCallback.js";
import { checkConverging } from "./checkConverging.js";
import type { Feed } from "./feed.js";
import type { Interrupt } from "./interrupt.js";
import { Interrupted } from "./interrupted.js";
import type { Keeping } from "./keeping.js";
import { heard } from "./listen.js";
import { Pace } from "./pace.js";
import type { Pass } from "./runSteps.js";
import { type Reports, type Sums, Totals } from "./totals.js";
import type { Watching } from "./watch/watching.js";
import { whereIn } from "./whereIn.js";

/** What the epochs of a call have in common. */
export interface Epochs {
  readonly program: Program;
  readonly executable: Executable;
  readonly feeds: { readonly train: Feed; readonly validation: Feed | undefined };
  readonly callbacks: CallbackRunner;
  readonly call: (hook: Hook, progress: Progress) => Promise<void>;
  readonly report: Reporter;
  readonly keeping: Keeping;
  readonly watching: Watching | undefined;
  readonly terminateOnNaN: boolean | "locate";
  readonly located: (() => string | undefined) | undefined;
  readonly validationFreq: number | readonly number[];
  /** What ends a pass: where a callback has ended training, Ctrl-C does not, as nothing would go on with it. */
  readonly interrupts: { readonly usual: Interrupt; readonly last: Interrupt };
  /** Told of the number of an epoch whose steps have been taken. */
  readonly onTrained: (epoch: number) => void;
  readonly paces: { readonly train: Pace; readonly validation: Pace };
}

/** How often a callback is told of steps, and of those of validation. */
export function pacesOf(isEachStep: boolean): Epochs["paces"] {
  return { train: new Pace(isEachStep ? 1 : Infinity), validation: new Pace() };
}

/** A pass over samples of an epoch. */
export function passOf({ executable, interrupts }: Epochs, graph: BatchGraph, pace: Pace, totals: Totals): Pass {
  return { executable, graph, pace, totals, interrupt: interrupts.usual };
}

/**
 * Trains for an epoch, counted from 0, and evaluates after it where that is its turn.
 *
 * @param known how many steps it has, where that is known
 * @param begun what its steps have added up that a run took which was killed
 * @returns how far training has come, and how many steps were taken here
 */
export async function trainEpoch(
  epochs: Epochs,
  epoch: number,
  known: number | undefined,
  begun: Sums | undefined,
): Promise<{ readonly progress: Progress; readonly taken: number }> {
  const { program, feeds, callbacks, call, report, keeping, watching, located, interrupts, paces } = epochs;
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  report.begin(epoch + 1, known);
  const totals = new Totals(program, begun);
  watching?.beginEpoch(totals, known);
  const before = totals.steps;
  let last = before;
  const onProgress = async ({ steps, reports }: Totals) => {
    const found = located?.();
    const course = { loss: reports.loss as number, epoch: epoch + 1, before: last, after: steps, found };
    if (epochs.terminateOnNaN) checkConverging(course);
    last = steps;
    report.advance(steps, reports);
    await watching?.pause((resumed) => interrupts.usual.wait(resumed).catch(unlessHeard));
    const now = { epoch: epoch + 1, step: steps, reports, seconds: seconds() };
    await call("onTrainBatchEnd", now);
    await call("onProgress", now);
    if (!isEnough()) await keeping.keepAtTimes(epoch, () => totals.sums);
  };
  const isEnough = () => callbacks.stopped !== undefined;
  /** Ends the call where it is, unless it was something else that ended the steps. */
  const unlessInterrupted = async (error: unknown) => {
    unlessHeard(error);
    await keeping.keep(epoch, totals.steps > 0 ? totals.sums : undefined);
    throw new Interrupted(whereIn(epoch, totals.steps));
  };
  const pass = { ...passOf(epochs, "train", paces.train, totals), onProgress, isEnough };
  await feeds.train.run(pass, epoch, before).catch(unlessInterrupted);
  const validated = new Totals(program);
  epochs.onTrained(epoch + 1);
  if (feeds.validation && isValidated(epoch + 1, epochs.validationFreq)) {
    report.validate();
    const pass = passOf(epochs, "evaluate", paces.validation, validated);
    const interrupt = isEnough() ? interrupts.last : interrupts.usual;
    await feeds.validation.run({ ...pass, interrupt }, epoch).catch(unlessInterrupted);
  }
  const reports = { ...totals.reports, ...prefixed(validated.reports) };
  const progress = { epoch: epoch + 1, step: totals.steps, reports, seconds: seconds() };
  report.end(reports, progress.seconds);
  return { progress, taken: totals.steps - before };
}

/** Goes on with Ctrl-C alone. */
function unlessHeard(error: unknown): void {
  if (error !== heard) throw error;
}

/** Whether the validation data is evaluated after an epoch. */
function isValidated(epoch: number, frequency: number | readonly number[]): boolean {
  return typeof frequency === "number" ? epoch % frequency === 0 : frequency.includes(epoch);
}

function prefixed(reports: Reports): Reports {
  return Object.fromEntries(Object.entries(reports).map(([name, value]) => [`val_${name}`, value]));
}
