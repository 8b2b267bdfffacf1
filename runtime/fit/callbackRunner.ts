import type { Program } from "../../compiler/program.js";
import { showName } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { checkOption, type OptionRule, required, text } from "../../src/ir/options.js";
import type { Callback, CallbackState, Training } from "../callbacks/callback.js";
import { checkCallback, type Hook, stateOf } from "./checkCallback.js";
import type { Reports } from "./totals.js";

/** What callbacks may do with a session. */
export type TrainingHands = Omit<
  Training,
  "epoch" | "epochs" | "step" | "reports" | "reportNames" | "seconds" | "stop"
>;

/** How far training has come. */
export type Progress = Pick<Training, "epoch" | "step" | "reports" | "seconds">;

/** What callbacks remember, by their places and names, and why training is to end. */
export interface States {
  readonly stopped: string | undefined;
  readonly callbacks: ReadonlyMap<string, CallbackState>;
}

/** Calls callbacks, in their order, one after the other. */
export interface CallbackRunner {
  /** Why training is to end, once a callback has said so. */
  readonly stopped: string | undefined;
  /** Whether one of them asks for this. */
  has(hook: Hook): boolean;
  call(hook: Hook, progress: Progress): Promise<void>;
  states(): States;
  restore(states: States): void;
}

/** What an untyped program may give for callbacks. */
export const callbacksRule: OptionRule = {
  takes: "a list of callbacks, such as [earlyStopping()]",
  // What is in it is looked at one by one.
  accepts: Array.isArray,
};

/**
 * Makes a runner.
 *
 * @param epochs the number of the last epoch
 * @throws SW_VALUE when a callback has a function that is none of a callback's, or monitors what is not reported
 */
export function callbackRunner(
  op: string,
  program: Program,
  callbacks: readonly Callback<any, string>[],
  hands: TrainingHands,
  epochs: number,
  validates: boolean,
): CallbackRunner {
  const { outputs } = program.reported.results;
  const all = Object.keys(outputs);
  const names = all.filter((name) => outputs[name]!.shape.length === 0);
  const reportNames = validates ? [...all, ...all.map((name) => `val_${name}`)] : all;
  for (const [place, callback] of callbacks.entries()) checkCallback(op, place, callback, names, validates);
  const ofHands = Object.getOwnPropertyDescriptors(hands);
  let stopped: string | undefined;
  const stop = (why: string) => {
    checkOption("stop", "why", why, required(text));
    stopped ??= why;
  };
  const placed = new Map(callbacks.map((callback, i) => [`${i}.${callback.name ?? ""}`, callback]));
  return {
    get stopped() {
      return stopped;
    },
    states: () => ({
      stopped,
      callbacks: new Map(
        [...placed].flatMap(([place, callback]) => (callback.state ? [[place, stateOf(op, callback)]] : [])),
      ),
    }),
    restore(states) {
      const strange = [...states.callbacks.keys()].find((place) => !placed.get(place)?.setState);
      if (strange !== undefined) {
        const message = `${op}: the backup remembers the callback ${showName(strange)}, which is not among those given; give the same, in this order`;
        throw new ShapewrightError("SW_VALUE", message, op);
      }
      stopped = states.stopped;
      for (const [place, state] of states.callbacks) placed.get(place)?.setState?.(state);
    },
    has: (hook) => callbacks.some((callback) => callback[hook]),
    async call(hook, progress) {
      for (const callback of callbacks) {
        if (!callback[hook]) continue;
        const own = { epochs, ...progress, reportNames, stop };
        const training = Object.defineProperties(own, ofHands) as unknown as Training<Reports>;
        await callback[hook](training);
      }
    },
  };
}
