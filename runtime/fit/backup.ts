import type { States } from "./callbackRunner.js";
import type { Sums } from "./totals.js";

/** How far a session has been trained: outlives the calls of `fit`. */
export interface Trained {
  epochs: number;
}

/** A run that was killed. */
export interface Resumed {
  /** After how many epochs it began, and how many have passed. */
  readonly first: number;
  readonly epochs: number;
  /** What the steps of the next epoch had added up that it had taken. */
  readonly within: Sums | undefined;
  readonly states: States;
  /** Sets the session's variables. */
  apply(): void;
}

/** Where training is kept from epoch to epoch, and from time to time. */
export interface Backup {
  /** What was kept of a run that takes in `epoch`, if anything was. */
  read(epoch: number): Promise<Resumed | undefined>;
  /**
   * Keeps a run that began after `first` epochs. What cannot be written is told once, and costs no training.
   *
   * @param within what the steps of an epoch have added up that has not ended
   * @returns whether it was written
   */
  write(first: number, states: States, within?: Sums): Promise<boolean>;
  /** Training has ended as it was to. */
  remove(): Promise<void>;
  /** Nothing more is done with it. */
  release(): void;
}
