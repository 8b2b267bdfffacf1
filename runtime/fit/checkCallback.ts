import { showName } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { inWords } from "../../src/ir/inWords.js";
import { isCallable, isClass } from "../../src/ir/isCallable.js";
import { listNames, nearest } from "../../src/ir/nearest.js";
import { aRecord } from "../../src/ir/options.js";
import type { Callback, CallbackState } from "../callbacks/callback.js";

const hooks = ["onTrainBegin", "onEpochBegin", "onTrainBatchEnd", "onProgress", "onEpochEnd", "onTrainEnd"] as const;
export type Hook = (typeof hooks)[number];
const memory = ["state", "setState"] as const;

/**
 * What a callback remembers.
 *
 * @throws SW_VALUE for what a file does not hold
 */
export function stateOf(op: string, callback: Callback<any, string>): CallbackState {
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

/**
 * @param place where it stands in the list
 * @param names what is reported as a number
 * @param validates whether there is validation data
 * @throws SW_VALUE when it is no callback, has a function that is none of a callback's, or monitors what is not reported
 */
export function checkCallback(
  op: string,
  place: number,
  callback: Callback<any, string>,
  names: readonly string[],
  validates: boolean,
): void {
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);
  const problem = notCallback(callback);
  if (problem !== undefined) throw refuse(`callbacks[${place}] ${problem}`);
  for (const name of namesOf(callback)) {
    const value: unknown = callback[name as keyof typeof callback];
    const isHook = hooks.some((hook) => hook === name);
    if (value === undefined) continue;
    const isFunction = isHook || memory.some((own) => own === name);
    if (isFunction && !isCallable(value))
      throw refuse(`${name} of a callback is ${inWords(value)}, but must be a function`);
    if (isHook || !name.startsWith("on")) continue;
    const meant = hookLike(name);
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

/** Why something is no callback, if it is none. */
function notCallback(value: unknown): string | undefined {
  const wanted = "but must be a callback";
  if (Array.isArray(value)) return `is an array, ${wanted}; spread it: [...list]`;
  if (typeof value === "function" && isClass(value)) return `is a class, ${wanted}; make one by new`;
  if (typeof value === "function")
    return `is a function, ${wanted}; call it, as earlyStopping(), or write { onEpochEnd: … }`;
  if (typeof value !== "object" || value === null)
    return `is ${inWords(value)}, ${wanted}, such as earlyStopping() or { onEpochEnd: … }`;
  if (typeof (value as Partial<Promise<unknown>>).then === "function")
    return `is ${inWords(value)}, ${wanted}; await it`;
  const names = namesOf(value);
  if (([...hooks, ...memory] as const).some((own) => names.has(own)) || [...names].some((name) => /^on/.test(name)))
    return undefined;
  const written = [...names].find((name) => hookLike(name));
  if (written !== undefined)
    return `is ${inWords(value)} with ${showName(written)}, which is never called; did you mean "${hookLike(written)}"?`;
  return `is ${inWords(value)} without any of a callback's functions; there are ${hooks.join(", ")}`;
}

/** What hooks are called elsewhere, in Keras and in tfjs-layers: ours, or none. */
const elsewhere: ReadonlyMap<string, Hook | undefined> = new Map([
  ["batchend", "onTrainBatchEnd"],
  ["yield", "onProgress"],
  ["batchbegin", undefined],
  ["trainbatchbegin", undefined],
]);

/** The function that a name stands for, as it is written elsewhere too: "on_epoch_end", "epochEnd". */
function hookLike(name: string): Hook | undefined {
  const bare = (text: string) => text.toLowerCase().replaceAll("_", "").replace(/^on/, "");
  if (elsewhere.has(bare(name))) return elsewhere.get(bare(name));
  return hooks.find((hook) => bare(hook) === bare(name)) ?? (nearest(name, hooks) as Hook | undefined);
}

/** The names of what it has, also by its class. */
function namesOf(callback: object): Set<string> {
  const names = new Set<string>();
  for (let one = callback; one && one !== Object.prototype; one = Object.getPrototypeOf(one)) {
    for (const name of Object.getOwnPropertyNames(one)) names.add(name);
  }
  return names;
}
