import type { NdArray } from "../../src/ir/array.js";

/** Numbers that TensorFlow holds: fed to many runs, or taken from one session to another. */
export interface Held {
  release(): void;
}

/** What is fed, by the names of tensors: numbers, which are copied, or what is held. */
export type Feeds = Readonly<Record<string, NdArray | Held>>;

/** A TensorFlow graph in a session with its variables. Names are `node:output`, as TensorFlow writes them. */
export interface GraphSession {
  /** Runs what is fetched, and gives it in this order. An error's message is TensorFlow's own. */
  run(feeds: Feeds, fetches: readonly string[]): NdArray[];
  /** The same, where what is fetched stays with TensorFlow. */
  runHeld(feeds: Feeds, fetches: readonly string[]): Held[];
  hold(value: NdArray): Held;
  /** Frees it with its variables. */
  close(): void;
}

export function isHeld(value: NdArray | Held): value is Held {
  return "release" in value;
}
