import { showName } from "../ir/checkName.js";
import { ShapewrightError } from "../ir/errors.js";
import { aRecord, checkOption, required } from "../ir/options.js";
import { nextValuesOf, rateAt, scheduleState, stateOf } from "./given-optimizer.js";
import { checkMeant, means } from "./names.js";
import {
  anOptimizer,
  changesOf,
  type Kept,
  type Optimizer,
  type Parameter,
  rateOf,
  type StepContext,
} from "./optimizer.js";

const op = "optimizers";

/** The key of what no other key is for. */
const rest = "default";

/**
 * Several optimizers, each for a part of the model: by the full names of variables, or by how these begin (`"encoder"` for all that begins
 * with `encoder/`), where `*` stands for anything; `default` is for all else. Each has its own rate, or schedule, which is kept as
 * `optimizer/encoder/learningRate`. A session's `learningRate`, and what callbacks set, is what all of them are multiplied by: 1 at first.
 *
 * @param parts optimizers by the names of what they are for
 * @throws SW_VALUE when there is none; in `compile`, SW_NAME when a variable is of no part or of two, or a name means nothing
 * @example
 * optimizers({ dense: adam({ learningRate: 1e-5 }), default: sgd({ momentum: 0.9 }) });
 */
export function optimizers(parts: Readonly<Record<string, Optimizer>>): Optimizer {
  checkOption(op, "parts", parts, required(aRecord));
  const all = Object.entries(parts);
  if (all.length === 0) throw new ShapewrightError("SW_VALUE", `${op}: there is no optimizer`, op);
  for (const [key, optimizer] of all)
    checkOption(op, `the optimizer of ${showName(key)}`, optimizer, required(anOptimizer));
  const given = new Map(all);
  const keys = [...given.keys()].filter((key) => key !== rest);
  const keyOf = (name: string): string => {
    const [first, second] = keys.filter((key) => means(op, key, name));
    if (second !== undefined) {
      const both = `${showName(first)} and ${showName(second)}`;
      throw refused(`${showName(name)} is of two parts, ${both}; let one of them leave it out`);
    }
    if (first !== undefined) return first;
    if (given.has(rest)) return rest;
    throw refused(`${showName(name)} is of no part; name it, or say which optimizer is the ${rest}`);
  };
  return {
    name: op,
    learningRate: 1,
    // Without a name it is asked what any of them keeps.
    slots: (name, shape) =>
      name === ""
        ? Object.assign({}, ...[...given.values()].map((optimizer) => optimizer.slots(name, shape)))
        : given.get(keyOf(name))!.slots(name, shape),
    state: Object.fromEntries([...given].flatMap(([key, optimizer]) => keptOf(key, optimizer))),
    evaluatedAs: (name) => given.get(keyOf(name))!.evaluatedAs?.(name),
    checkNames(names) {
      checkMeant(op, keys, names);
      for (const optimizer of given.values()) optimizer.checkNames?.(names);
    },
    rateOf(parameter, context) {
      const key = keyOf(parameter.name);
      const optimizer = given.get(key)!;
      const own = contextOf(key, optimizer, context, [parameter]);
      return rateOf(optimizer, own.parameters[0]!, own);
    },
    changesOf(parameter, context) {
      const key = keyOf(parameter.name);
      const optimizer = given.get(key)!;
      return changesOf(optimizer, parameter, contextOf(key, optimizer, context, [parameter]));
    },
    step: (context) =>
      [...given].flatMap(([key, optimizer]) => {
        const parameters = context.parameters.filter(({ name }) => keyOf(name) === key);
        if (parameters.length === 0) return [];
        return nextValuesOf(op, optimizer, contextOf(key, optimizer, context, parameters));
      }),
  };
}

/** What a part keeps once, under names that begin with its key. */
function keptOf(key: string, optimizer: Optimizer): [string, Kept][] {
  const kept = { ...stateOf(op, optimizer), ...scheduleState(op, optimizer) };
  return Object.entries(kept).map(([name, one]) => [`${key}/${name}`, one]);
}

/** What a part's step is made of: its own rate, times the one that all have. */
function contextOf(
  key: string,
  optimizer: Optimizer,
  context: StepContext,
  parameters: readonly Parameter[],
): StepContext {
  const { b, steps } = context;
  const within = (names: object) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, context.state[`${key}/${name}`]!]));
  const rate = rateAt(op, b, optimizer, steps, within(scheduleState(op, optimizer)));
  return {
    ...context,
    parameters: parameters.map((parameter) => ({
      ...parameter,
      learningRate: b.op("multiply", [parameter.learningRate, rate]),
    })),
    state: within(stateOf(op, optimizer)),
  };
}

function refused(fault: string): ShapewrightError {
  return new ShapewrightError("SW_NAME", `${op}: ${fault}`, op);
}
