import type { Program } from "../../compiler/program.js";
import { showName } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { inWords } from "../../src/ir/inWords.js";
import { listNames, nearest } from "../../src/ir/nearest.js";
import { aRecord, checkOption, type OptionRule, required, text } from "../../src/ir/options.js";
import type { Callback, CallbackState, Training } from "../callbacks/callback.js";
import type { Reports } from "./totals.js";

const hooks = ["onTrainBegin", "onEpochBegin", "onEpochEnd", "onTrainEnd"] as const;
type Hook = (typeof hooks)[number];

/** What callbacks may do with a session. */
export type TrainingHands = Omit<Training, "epoch" | "epochs" | "reports" | "reportNames" | "seconds" | "stop">;

/** What callbacks remember, by their places and names, and why training is to end. */
export interface States {
  readonly stopped: string | undefined;
  readonly callbacks: ReadonlyMap<string, CallbackState>;
}

/** Calls callbacks, in their order, one after the other. */
export interface CallbackRunner {
  /** Why training is to end, once a callback has said so. */
  readonly stopped: string | undefined;
  call(hook: Hook, progress: Pick<Training, "epoch" | "reports" | "seconds">): Promise<void>;
  states(): States;
  restore(states: States): void;
}

/** What an untyped program may give for callbacks. */
export const callbacksRule: OptionRule = {
  takes: "a list of callbacks, such as [earlyStopping()]",
  accepts: (value) => Array.isArray(value) && Array.from(value).every((one) => typeof one === "object" && one !== null),
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
  for (const callback of callbacks) checkCallback(op, callback, names, validates);
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
    async call(hook, progress) {
      for (const callback of callbacks) {
        if (!callback[hook]) continue;
        const own = { epochs, ...progress, reportNames, stop };
        const training = Object.defineProperties(
          {},
          { ...Object.getOwnPropertyDescriptors(hands), ...Object.getOwnPropertyDescriptors(own) },
        ) as Training<Reports>;
        await callback[hook](training);
      }
    },
  };
}

function stateOf(op: string, callback: Callback<any, string>): CallbackState {
  const state: unknown = callback.state!();
  const refuse = (fault: string) =>
    new ShapewrightError("SW_VALUE", `${op}: state() of ${callback.name ?? "a callback"} gave ${fault}`, op);
  if (!aRecord.accepts(state) || !aRecord.accepts((state as CallbackState).values))
    throw refuse(`${inWords(state)}, but must give { values }`);
  const { values, weights } = state as CallbackState;
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "number" || typeof value === "string" || value === null) continue;
    throw refuse(`${inWords(value)} for ${showName(name)}, but values are numbers, texts and null`);
  }
  if (weights !== undefined && !(weights instanceof Map))
    throw refuse(`${inWords(weights)} for weights, but they are a Map of arrays by their names`);
  return state as CallbackState;
}

function checkCallback(
  op: string,
  callback: Callback<any, string>,
  names: readonly string[],
  validates: boolean,
): void {
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);
  for (const [name, value] of Object.entries(callback)) {
    const isHook = hooks.some((hook) => hook === name);
    if (value === undefined) continue;
    const isFunction = isHook || name === "state" || name === "setState";
    if (isFunction && typeof value !== "function")
      throw refuse(`${name} of a callback is ${inWords(value)}, but must be a function`);
    if (isHook || !name.startsWith("on")) continue;
    const meant = nearest(name, hooks);
    throw refuse(
      `callbacks have no ${showName(name)}; ${meant ? `did you mean "${meant}"?` : `there are ${hooks.join(", ")}`}`,
    );
  }
  const { monitor, name = "a callback" } = callback;
  if (monitor === undefined) return;
  const all = [...names, ...names.map((report) => `val_${report}`)];
  if (!all.includes(monitor)) {
    throw refuse(
      `${name} monitors ${inWords(monitor)}, which is not reported as a number; there are ${listNames(monitor, all)}`,
    );
  }
  if (!names.includes(monitor) && !validates) {
    throw refuse(`${name} monitors "${monitor}", but there is no validationData`);
  }
}
