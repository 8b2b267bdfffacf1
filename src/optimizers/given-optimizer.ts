import { constantInitializer } from "../initializers/constantInitializer.js";
import type { Builder } from "../ir/builder.js";
import { checkName, showName } from "../ir/checkName.js";
import { inWords } from "../ir/inWords.js";
import { makeNode } from "../ir/makeNode.js";
import { isTensor, type Node } from "../ir/node.js";
import { aRecord, checkOption, listOf, natural, type OptionRule, oneOf, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { returnedNode, wronglyReturned } from "../ir/returned.js";
import { variableOp } from "../ops/variable.js";
import { sameShape } from "../types/same-shape.js";
import { show } from "../types/show.js";
import type { Kept, KeptDtype, NextValues, Optimizer, StepContext } from "./optimizer.js";
import { learningRateRule, type Schedule } from "./schedules/schedule.js";

// An optimizer may be written by hand: what it gives is looked at before anything is made of it.

const dtypes = oneOf(["float32", "int32"]);
const sizes = listOf(natural);

function isKept(value: unknown): value is Kept {
  if (!aRecord.accepts(value)) return Number.isFinite(value);
  const { start, shape = [], dtype = "float32" } = value as Exclude<Kept, number>;
  return Number.isFinite(start) && sizes.accepts(shape) && dtypes.accepts(dtype);
}

const starts: OptionRule = required({
  takes: "a record of numbers by names",
  accepts: (value) => aRecord.accepts(value) && Object.values(value as object).every(isKept),
});

/** A variable that is kept, as it begins. */
export interface KeptVariable {
  readonly start: number;
  readonly shape: readonly number[];
  readonly dtype: KeptDtype;
}

/** What is kept, as a variable of the graph. */
export function keptNode(name: string, { start, shape, dtype }: KeptVariable): Node<"variable"> {
  const initializer = constantInitializer(start);
  return makeNode(variableOp, [], { name, shape, dtype, initializer, trainable: false });
}

type KeptVariables = Readonly<Record<string, KeptVariable>>;

/** What an optimizer keeps for a variable of a name. */
export function slotsFor(op: string, optimizer: Optimizer, parameter: string, shape: readonly number[]): KeptVariables {
  const slots = optimizer.slots(parameter, shape);
  return checkedStarts(op, `what ${called(optimizer)} keeps for "${parameter}"`, slots, { shape, dtype: "float32" });
}

/** What an optimizer keeps once. */
export function stateOf(op: string, optimizer: Optimizer): KeptVariables {
  return checkedStarts(op, `the state of ${called(optimizer)}`, optimizer.state ?? {}, { shape: [], dtype: "int32" });
}

/** What the learning rate is kept in where it is a plain number: so it can be set between steps. */
export const keptRate = "learningRate";

/** What an optimizer's schedule keeps, or its plain rate is kept in. */
export function scheduleState(op: string, optimizer: Optimizer): KeptVariables {
  const { learningRate } = optimizer;
  checkOption(op, `the learningRate of ${called(optimizer)}`, learningRate, required(learningRateRule));
  if (typeof learningRate === "number") return { [keptRate]: { start: learningRate, shape: [], dtype: "float32" } };
  const state = learningRate.state ?? {};
  return checkedStarts(op, `the state of ${scheduled(learningRate)}`, state, { shape: [], dtype: "float32" });
}

/** The learning rate of the step before which `steps` were taken. */
export function rateAt(
  op: string,
  b: Builder,
  { learningRate }: Optimizer,
  steps: Node,
  state: Readonly<Record<string, Node>>,
): Node {
  if (typeof learningRate === "number") return state[keptRate]!;
  const rate: unknown = learningRate.rate(b, b.op("cast", [steps], { dtype: "float32" }), state);
  return returnedNode(op, `the rate of ${scheduled(learningRate)}`, rate, {
    takes: "a float32 scalar of the graph, such as b.scalar(0.1)",
    accepts: ({ dtype, rank }) => dtype === "float32" && rank === 0,
  });
}

const pairs = "a list of [variable, next value], each a variable or a slot of the parameters, or of the state";

/** The next values that an optimizer gives. */
export function nextValuesOf(op: string, optimizer: Optimizer, context: StepContext): NextValues {
  const step = `the step of ${called(optimizer)}`;
  const given: unknown = optimizer.step(context);
  if (!Array.isArray(given)) throw wronglyReturned(op, step, inWords(given), pairs);
  const own = context.parameters.flatMap(({ variable, slots }) => [variable, ...Object.values(slots)]);
  const changeable = new Set([...own, ...Object.values(context.state)]);
  return given.map((entry: unknown) => {
    const [variable, next]: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
    const found = isTensor(variable) ? "a next value of another tensor" : `a list with ${inWords(entry)} in it`;
    if (!changeable.has(variable as Node<"variable">)) throw wronglyReturned(op, step, found, pairs);
    changeable.delete(variable as Node<"variable">);
    const { shape, dtype, attributes } = variable as Node<"variable">;
    const node = returnedNode(op, `${step}, of "${attributes.name}",`, next, {
      takes: `${dtype} ${show(shape)}`,
      accepts: (node) => node.dtype === dtype && sameShape(node.shape, shape),
    });
    return [variable as Node<"variable">, node] as const;
  });
}

function checkedStarts(op: string, what: string, value: unknown, usual: Omit<KeptVariable, "start">): KeptVariables {
  checkOption(op, what, value, starts);
  const given = Object.entries(value as Readonly<Record<string, Kept>>);
  for (const [name] of given) refuse("SW_NAME", op, checkName(op, name, `in ${what}, `));
  return Object.fromEntries(
    given.map(([name, kept]) => [name, { ...usual, ...(typeof kept === "number" ? { start: kept } : kept) }]),
  );
}

function called({ name }: Optimizer): string {
  return `the optimizer ${showName(name)}`;
}

function scheduled({ name }: Schedule): string {
  return `the schedule ${showName(name)}`;
}
