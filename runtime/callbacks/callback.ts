import type { Program } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import type { Data } from "../data/data.js";
import type { Reports } from "../fit/totals.js";

/**
 * Training under way, as callbacks see it: between two epochs or steps, when nothing runs. The session may `evaluate` and `predict` then.
 * Nothing of it can be used after training has ended.
 *
 * @typeParam R what is reported of an epoch: the loss, metrics, and those of validation data with `val_` before their names
 */
export interface Training<R = any> {
  /** What is trained. */
  readonly program: Program;
  /** One object for all calls of a session, and another for each other session: what a callback remembers beyond a call is of one of them. */
  readonly sessionKey: object;
  /** The number of the epoch, from 1, counted over all calls of a session. */
  readonly epoch: number;
  /** The number of the last epoch that was asked for. */
  readonly epochs: number;
  /** How many steps of the epoch have been taken. */
  readonly step: number;
  /** What was reported of the epoch that has ended, or of the steps that have been taken. */
  readonly reports: R;
  /** The names of all that is reported: after an epoch without validation, those with `val_` are not. */
  readonly reportNames: readonly string[];
  /** How long that took. */
  readonly seconds: number;
  /** The rate of the next step. It can be set, unless the optimizer's follows a schedule. */
  learningRate: number;
  /** The names of the model's variables, and of their averages where evaluation takes those. */
  readonly weightNames: readonly string[];
  /** Copies of these variables as they are now, by their names. */
  getWeights(): ReadonlyMap<string, NdArray>;
  /** Sets variables, all or none, as the session's `setWeight` does one. */
  setWeights(values: ReadonlyMap<string, Data>): Promise<void>;
  /** As the session's method. */
  saveWeights(file: string): Promise<void>;
  /** As the session's method. */
  saveCheckpoint(file: string): Promise<void>;
  /** Ends training after this epoch, which ends after the steps that have been taken. `why` stands in the history. */
  stop(why: string): void;
}

/** What a callback remembers from epoch to epoch: numbers and texts, and weights by their names. */
export interface CallbackState {
  readonly values: Readonly<Record<string, number | string | null>>;
  readonly weights?: ReadonlyMap<string, NdArray>;
}

/**
 * What is done between the epochs of training, or between its steps. One of your own is a record with some of these functions, which are
 * awaited. What one throws ends training, whose steps are taken.
 *
 * One that has `onTrainBegin`, `onTrainEnd` or `state`, as all of ours that remember anything, is in one call of `fit` at a time: SW_VALUE
 * otherwise. In one call after the other, it begins anew.
 *
 * @typeParam R what is reported of an epoch
 * @typeParam M the report that it monitors, if any
 * @example
 * await session.fit({ image: trainX }, trainY, {
 *   callbacks: [
 *     {
 *       async onEpochEnd({ epoch, saveWeights }) {
 *         if (epoch % 5 === 0) await saveWeights(`runs/epoch-${epoch}.safetensors`);
 *       },
 *     },
 *   ],
 * });
 */
export interface Callback<R = any, M extends string = never> {
  /** What it is called in messages. */
  readonly name?: string;
  /** The report that it looks at. Training is refused where there is none of this name. */
  readonly monitor?: M;
  onTrainBegin?(training: Training<R>): unknown;
  onEpochBegin?(training: Training<R>): unknown;
  onEpochEnd?(training: Training<R>): unknown;
  /** After some steps, about ten times a second: as many as are one call of the backend. */
  onProgress?(training: Training<R>): unknown;
  /** After each step. Where it is given, each step is a call of the backend of its own, which small models are slower by. */
  onTrainBatchEnd?(training: Training<R>): unknown;
  /** After the last epoch, also where training was stopped; not where it failed. */
  onTrainEnd?(training: Training<R>): unknown;
  /** What it remembers, for the `backup` of training. */
  state?(): CallbackState;
  /** Goes on from what it remembered, after `onTrainBegin`. */
  setState?(state: CallbackState): void;
}

/** What is reported as a number, by its name: nothing after an epoch without validation, of what it would give. */
export function numberOf(training: Training<Reports>, name: string): number | undefined {
  return training.reports[name] as number | undefined;
}
