import type {
  Entry,
  EpochEnded,
  RunBegun,
  RunEnded,
  RunEvent,
  RunRecord,
  StepStatistics,
  StepsTaken,
} from "../records.js";

/** A run, as far as its log goes. */
export interface Run {
  readonly name: string;
  readonly begun: RunBegun;
  readonly steps: StepsTaken[];
  readonly epochs: EpochEnded[];
  /** What steps did, seen from within: none of a log that an older version wrote. */
  readonly statistics: StepStatistics[];
  readonly events: RunEvent[];
  end: RunEnded | undefined;
}

/** The record that came last of those that say where a run is. */
export function lastOf({ steps, epochs, events, end }: Run): StepsTaken | EpochEnded | RunEvent | RunEnded | undefined {
  if (end) return end;
  const last = [steps.at(-1), epochs.at(-1), events.at(-1)].filter((one) => one !== undefined);
  return last.sort((a, b) => b.seconds - a.seconds)[0];
}

/** Runs, from the entries of their logs, in the order in which they began. */
export class Runs {
  readonly #all = new Map<string, Run>();

  get all(): Run[] {
    return [...this.#all.values()].sort((a, b) => (a.begun.at < b.begun.at ? -1 : 1));
  }

  get(name: string | null): Run | undefined {
    return name === null ? undefined : this.#all.get(name);
  }

  add({ run: name, record }: Entry): void {
    if (record.kind === "run")
      this.#all.set(name, {
        ...{ name, begun: record, end: undefined },
        ...{ steps: [], epochs: [], statistics: [], events: [] },
      });
    else addTo(this.#all.get(name), record);
  }
}

function addTo(run: Run | undefined, record: Exclude<RunRecord, RunBegun>): void {
  if (!run) return;
  if (record.kind === "steps") run.steps.push(record);
  else if (record.kind === "epoch") run.epochs.push(record);
  else if (record.kind === "statistics") run.statistics.push(record);
  else if (record.kind === "event") run.events.push(record);
  else if (record.kind === "end") run.end = record;
}
