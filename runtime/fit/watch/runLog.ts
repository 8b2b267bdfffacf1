import type { Program } from "../../../compiler/program.js";
import { elementCount, type NdArray } from "../../../src/ir/array.js";
import { isOptimizerState } from "../../../src/optimizerState.js";
import type { Training } from "../../callbacks/callback.js";
import type {
  PlainNumbers,
  PlainReports,
  RunBegun,
  RunEnded,
  RunEvent,
  RunRecord,
  StepStatistics,
} from "../../watch/records.js";
import type { Reports, Sums, Totals } from "../totals.js";

/** How often steps are written, in milliseconds. */
const writtenEvery = 1000;

/** The log of a run: what is written of it, and when. */
export class RunLog {
  readonly #write: (record: RunRecord) => void;
  readonly #start = performance.now();
  /** The steps of the epochs that have ended. */
  #past = 0;
  #epoch: { readonly totals: Totals; readonly steps: number | undefined } | undefined;
  /** Where the steps begin that are not written yet. */
  #since: { readonly sums: Sums; readonly time: number } | undefined;
  #writtenAt = -Infinity;
  /** What happens before the run begins, whose record is the first. */
  #early: RunRecord[] | undefined = [];

  constructor(write: (record: RunRecord) => void) {
    this.#write = (record) => {
      if (this.#early) this.#early.push(record);
      else write(record);
    };
  }

  /** How many steps the run has taken. */
  get steps(): number {
    return this.#past + (this.#epoch?.totals.steps ?? 0);
  }

  begin(program: Program, about: Pick<RunBegun, "op" | "backend" | "batchSize" | "epochs" | "before">): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    const own = [...program.variables].filter(([name]) => !isOptimizerState(name));
    this.#write({
      kind: "run",
      version: 2,
      at: new Date().toISOString(),
      ...about,
      optimizer: program.optimizer.name,
      parameters: own.reduce((sum, [, { shape }]) => sum + elementCount(shape as number[]), 0),
      warnings: program.warnings.map(({ message }) => message),
    });
    for (const record of early) this.#write(record);
  }

  beginEpoch(totals: Totals, steps: number | undefined): void {
    this.#past = this.steps;
    this.#epoch = { totals, steps };
    this.#since = { sums: totals.sums, time: performance.now() };
  }

  /** Writes the steps since it was last done, if that is long enough ago. */
  writeSteps(training: Training): void {
    const now = performance.now();
    if (now - this.#writtenAt < writtenEvery) return;
    const [{ totals, steps }, { sums, time }] = [this.#epoch!, this.#since!];
    const recent = totals.since(sums);
    if (recent.steps === 0) return;
    // The rate is read from the backend: of what is written alone.
    const { epoch, learningRate } = training;
    const isFirst = this.#writtenAt === -Infinity;
    const perSecond = (count: number) => (isFirst ? null : (count / Math.max(now - time, 1)) * 1000);
    this.#write({
      kind: "steps",
      ...this.#place,
      epoch,
      step: totals.steps,
      total: steps ?? null,
      learningRate,
      stepsPerSecond: perSecond(recent.steps),
      samplesPerSecond: perSecond(recent.samples),
      reports: asJson(recent.reports),
    });
    this.#since = { sums: totals.sums, time: now };
    this.#writtenAt = now;
  }

  /** Writes what the next step does. */
  writeStatistics(found: Omit<StepStatistics, "kind" | "seconds" | "steps">): void {
    this.#write({ kind: "statistics", ...this.#place, steps: this.steps + 1, ...found });
  }

  writeEpoch({ epoch, learningRate, reports, seconds: took }: Training): void {
    this.#write({ kind: "epoch", ...this.#place, epoch, took, learningRate, reports: asJson(reports) });
  }

  tell(event: RunEvent["event"], text: string): void {
    this.#write({ kind: "event", ...this.#place, event, text });
  }

  end(how: RunEnded["how"], text: string): void {
    this.#write({ kind: "end", ...this.#place, how, text });
  }

  /** Time has passed in which nothing was done. */
  leaveOut(milliseconds: number): void {
    if (this.#since) this.#since = { ...this.#since, time: this.#since.time + milliseconds };
  }

  get #place() {
    return { seconds: (performance.now() - this.#start) / 1000, steps: this.steps };
  }
}

function asJson(reports: Reports): PlainReports {
  const plain = (value: number | NdArray) => (typeof value === "number" ? value : nested([...value.data], value.shape));
  return Object.fromEntries(Object.entries(reports).map(([name, value]) => [name, plain(value)]));
}

function nested(data: readonly number[], shape: readonly unknown[]): PlainNumbers {
  if (shape.length <= 1) return shape.length === 0 ? data[0]! : data;
  const [rows, ...rest] = shape as number[];
  const length = data.length / rows!;
  return Array.from({ length: rows! }, (_, i) => nested(data.slice(i * length, (i + 1) * length), rest));
}
