/** What a run's log consists of: a record of JSON per line. Numbers that JSON has not got, such as NaN, are null. */
export type RunRecord = RunBegun | StepsTaken | StepStatistics | EpochEnded | RunEvent | RunEnded;

/** How a log begins, and no other file. */
export const logStart = '{"kind":"run",';

/** A number, or numbers in lists of lists, as their shape says. */
export type PlainNumbers = number | null | readonly PlainNumbers[];

/** What is reported, by its names. */
export type PlainReports = Readonly<Record<string, PlainNumbers>>;

/** The first of a run. A file may hold several, one after the other. */
export interface RunBegun {
  readonly kind: "run";
  /** 2 where there may be statistics of steps. Kinds of records that a reader does not know, it leaves out. */
  readonly version: 1 | 2;
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

/** What a step did, seen from within; `steps` is its number. The longer a run goes on, the rarer they are. */
export interface StepStatistics extends Place {
  readonly kind: "statistics";
  /** Trained weights in the order of the model: the largest, where there are very many. */
  readonly weights: readonly WeightStatistics[];
  /** How many there are besides. */
  readonly omitted: number;
  readonly relus: readonly ReluStatistics[];
  /** Of the step's batch, those with the greatest loss, which comes first. */
  readonly samples: readonly WorstSample[];
}

/** The norms are Euclidean ones: the root of the sum of the squares of all elements. */
export interface WeightStatistics {
  readonly name: string;
  readonly shape: readonly number[];
  /** Of the weight, of its gradient, and of what the step added to it. */
  readonly norm: number | null;
  readonly gradientNorm: number | null;
  readonly updateNorm: number | null;
  readonly histogram: Histogram;
  readonly gradientHistogram: Histogram;
}

/** How many values fall into each bin, from one bin up to the last that has any; `octaves.ts` says which bins there are. */
export interface Histogram {
  readonly first: number;
  readonly counts: readonly number[];
  /** How many are infinite or NaN, where any is. */
  readonly notFinite?: number;
}

export interface ReluStatistics {
  readonly name: string;
  /** The share of its units, along the last axis, that are 0 for all of the batch. */
  readonly dead: number | null;
}

export interface WorstSample {
  readonly loss: number | null;
  readonly inputs: Readonly<Record<string, ShownValue>>;
  /** By the names of outputs: empty of a model that computes its loss itself. */
  readonly outputs: Readonly<Record<string, { readonly target: ShownValue; readonly prediction: ShownValue }>>;
}

/** A value of a sample: the likeliest classes, with their probabilities; an image, as bytes in base64; or its first numbers. */
export type ShownValue =
  | { readonly classes: readonly (readonly [number: number, probability: number | null])[] }
  | { readonly image: string; readonly height: number; readonly width: number; readonly channels: number }
  | { readonly numbers: readonly (number | null)[]; readonly count: number };

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
