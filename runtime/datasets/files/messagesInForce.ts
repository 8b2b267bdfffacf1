import type { ArrowMessage } from "./arrow-messages.js";

/** What the rows of an Arrow file are read with, of the messages before them: what the columns are, and the entries of dictionaries. */
export interface MessagesInForce {
  /** Takes note of a message that has no rows. */
  add(message: ArrowMessage): void;
  /** In the order in which they came; entries that took others' place stand in it, so that what refers to them is read behind them. */
  readonly bytes: readonly Uint8Array[];
}

/** Keeps of each dictionary what there is of it now: a stream may send another one with each of its batches. */
export function messagesInForce(): MessagesInForce {
  const kept = new Map<bigint | undefined, Uint8Array[]>();
  return {
    add({ bytes, dictionary }) {
      const before = dictionary?.isDelta ? kept.get(dictionary.id) : undefined;
      kept.set(dictionary?.id, [...(before ?? []), bytes]);
    },
    get bytes() {
      return [...kept.values()].flat();
    },
  };
}
