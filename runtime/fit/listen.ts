import { host } from "#host";
import type { Signal } from "../signal.js";

/** A call of `fit` that is ended by Ctrl-C. */
export interface Listening {
  /** Aborted when Ctrl-C has been pressed: by `heard`. */
  readonly signal: Signal;
  /** Waits for what callbacks do. */
  during<R>(act: () => Promise<R>): Promise<R>;
  /** The call has ended. */
  stop(): void;
  /** The same, by Ctrl-C: ends the process once all calls that are under way have ended. */
  end(): Promise<never>;
}

/** Why a call ends that Ctrl-C has ended. */
export const heard = new Error("Ctrl-C was pressed");

interface Call {
  readonly ending: AbortController;
  /** What callbacks did as it began, one of which may wait for it. */
  readonly around: readonly object[];
}

/** Ctrl-C is the process's, in which several calls may be under way. */
const calls = new Set<Call>();
/** What callbacks are doing. */
const turns = new Set<object>();
let [isHeard, isEnding] = [false, false];
let ignore: (() => void) | undefined;

/** Listens for Ctrl-C for as long as a call is under way. All that are end by the first one, and the process with the last of them. */
export function listen(op: string): Listening {
  const call = { ending: new AbortController(), around: [...turns] };
  if (calls.size === 0) ignore = host.onInterruption?.(() => hear(op));
  calls.add(call);
  tell();
  const stop = () => {
    if (calls.delete(call) && calls.size === 0) void finish();
  };
  return {
    signal: call.ending.signal,
    async during(act) {
      const turn = {};
      turns.add(turn);
      try {
        return await act();
      } finally {
        turns.delete(turn);
        tell();
      }
    },
    stop,
    end() {
      isEnding = true;
      stop();
      return new Promise(() => {});
    },
  };
}

function hear(op: string): void {
  isHeard = true;
  // What was typed stands on a terminal's line.
  const line = host.reports.isTTY ? "\n" : "";
  const text = "Ctrl-C ends it after the step or callback that is under way; a second one at once, and keeps nothing";
  host.reports.write(`${line}${op}: ${text}\n`);
  tell();
}

/** Ends calls. One that a callback may be waiting for goes on until that has returned: its caller could not end otherwise. */
function tell(): void {
  if (!isHeard) return;
  for (const { ending, around } of calls) if (!around.some((turn) => turns.has(turn))) ending.abort(heard);
}

/** No call is under way. */
async function finish(): Promise<void> {
  const ends = isEnding;
  ignore?.();
  [isHeard, isEnding, ignore] = [false, false, undefined];
  if (ends) await host.endByInterruption?.();
}
