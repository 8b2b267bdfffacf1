import type { States } from "./callbackRunner.js";
import type { Sums } from "./totals.js";

/** How far a session has been trained: outlives the calls of `fit`. */
export interface Trained {
  epochs: number;
}

/** How far a run has come. */
export interface Running {
  /** After how many epochs it began, and how many have passed. */
  readonly first: number;
  readonly epochs: number;
  /** What the steps of the next epoch have added up that it has taken. */
  readonly within: Sums | undefined;
  readonly states: States;
  /** The hash of the first batch that it was given, where that came from a source. */
  readonly data: number | undefined;
}

/** A run that was killed. */
export interface Resumed extends Running {
  /** Sets the session's variables. */
  apply(): void;
}

/** Where training is kept from epoch to epoch, and from time to time. */
export interface Backup {
  /** What was kept of a run that takes in `epoch`, if anything was. */
  read(epoch: number): Promise<Resumed | undefined>;
  /** Keeps a run, and says whether it could be written: what cannot is told once, and costs no training. */
  write(run: Running): Promise<boolean>;
  /** Training has ended as it was to. */
  remove(): Promise<void>;
  /** Nothing more is done with it. */
  release(): void;
}
