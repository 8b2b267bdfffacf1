/** What a run's log consists of: a record of JSON per line. Numbers that JSON has not got, such as NaN, are null. */
export type RunRecord = RunBegun | StepsTaken | EpochEnded | RunEvent | RunEnded;

/** How a log begins, and no other file. */
export const logStart = '{"kind":"run",';

/** A number, or numbers in lists of lists, as their shape says. */
export type PlainNumbers = number | null | readonly PlainNumbers[];

/** What is reported, by its names. */
export type PlainReports = Readonly<Record<string, PlainNumbers>>;

/** The first of a run. A file may hold several, one after the other. */
export interface RunBegun {
  readonly kind: "run";
  readonly version: 1;
  /** When, as ISO 8601 has it. */
  readonly at: string;
  readonly op: string;
  readonly backend: string;
  readonly optimizer: string;
  /** How many numbers the model's variables hold. */
  readonly parameters: number;
  /** The number of the last epoch, and how many had passed before. */
  readonly epochs: number;
  readonly before: number;
  readonly batchSize: number | null;
  readonly warnings: readonly string[];
}

/** Where a run was. */
interface Place {
  /** Since the run began. */
  readonly seconds: number;
  /** How many steps the run had taken. */
  readonly steps: number;
}

/** Some steps, about a second of them. */
export interface StepsTaken extends Place {
  readonly kind: "steps";
  readonly epoch: number;
  /** How many steps of the epoch were taken, and are to be taken, where that is known. */
  readonly step: number;
  readonly total: number | null;
  readonly learningRate: number | null;
  /** Nothing of the first call of a backend, which is slow for reasons of its own. */
  readonly stepsPerSecond: number | null;
  readonly samplesPerSecond: number | null;
  /** What is reported of the samples since the last such record of the epoch alone. */
  readonly reports: PlainReports;
}

export interface EpochEnded extends Place {
  readonly kind: "epoch";
  readonly epoch: number;
  /** How many seconds it took. */
  readonly took: number;
  /** Of the next epoch. */
  readonly learningRate: number | null;
  readonly reports: PlainReports;
}

/** Something that happened. */
export interface RunEvent extends Place {
  readonly kind: "event";
  readonly event: "pausing" | "paused" | "resumed" | "stopping" | "saved" | "failed";
  readonly text: string;
}

/** The last of a run, which is not there where its process was killed. */
export interface RunEnded extends Place {
  readonly kind: "end";
  readonly how: "done" | "stopped" | "interrupted" | "failed";
  /** Why, or where. */
  readonly text: string;
}

/** A record, with the run that it is of. */
export interface Entry {
  readonly run: string;
  readonly record: RunRecord;
}

/** What is carried in a page. */
export interface WatchData {
  /** Whether more comes, from `events` beside the page. */
  readonly isLive: boolean;
  /** The run that can be paused, stopped and saved, where one can. */
  readonly controlled: string | null;
  readonly entries: readonly Entry[];
}

/** What can be asked of training. */
export const acts = ["pause", "resume", "stop", "save"] as const;
export type Act = (typeof acts)[number];
