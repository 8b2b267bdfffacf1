import type { Builder } from "../ir/builder.js";
import { ShapewrightError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import { having, type OptionRule } from "../ir/options.js";
import type { LearningRate } from "./schedules/schedule.js";

/** A variable that an optimizer changes. */
export interface Parameter {
  /** The variable's full name, such as `dense/kernel`. */
  readonly name: string;
  readonly variable: Node<"variable">;
  /** The variables that the optimizer keeps for this variable, by the names of its `slots`. */
  readonly slots: Readonly<Record<string, Node<"variable">>>;
  readonly gradient: Node;
  /** A float32 scalar. */
  readonly learningRate: Node;
}

/** What a step is made of. */
export interface StepContext {
  readonly b: Builder;
  /** All variables that are changed. */
  readonly parameters: readonly Parameter[];
  /** How many steps were taken before this one: an int32 scalar. */
  readonly steps: Node;
  /** The variables that the optimizer keeps once, by the names of its `state`. */
  readonly state: Readonly<Record<string, Node<"variable">>>;
}

/**
 * What an optimizer keeps begins as: a number, everywhere. What is kept for a variable is float32 and of the variable's shape, what is
 * kept once is an int32 scalar, unless it is said otherwise.
 */
export type Kept = number | { readonly start: number; readonly shape?: readonly number[]; readonly dtype?: KeptDtype };

export type KeptDtype = "float32" | "int32";

/** Next values of variables. */
export type NextValues = readonly (readonly [Node<"variable">, Node])[];

/** A rule for changing variables by their gradients. */
export interface Optimizer {
  readonly name: string;
  /** The step size, or how it changes from step to step. */
  readonly learningRate: LearningRate;
  /** What it keeps for a variable of a shape: names, and what each begins as. */
  slots(parameterName: string, shape: readonly number[]): Readonly<Record<string, Kept>>;
  /** What it keeps once: names, and what each begins as. Nothing, unless said otherwise. */
  readonly state?: Readonly<Record<string, Kept>>;
  /** A variable's own learning rate: the parameter's, unless said otherwise. */
  rateOf?(parameter: Parameter, context: StepContext): Node;
  /** How often it has changed a variable before this step, an int32 scalar: as often as there were steps, unless said otherwise. */
  changesOf?(parameter: Parameter, context: StepContext): Node;
  /** Which of its slots, of a variable's shape, stands for the variable in evaluation and prediction: none, unless said otherwise. */
  evaluatedAs?(parameterName: string): string | undefined;
  /**
   * Refuses settings that go by names which a model does not have.
   *
   * @param names those of the model's layers and variables
   */
  checkNames?(names: readonly string[]): void;
  /** The next values of the variables, of their slots and of its state. */
  step(context: StepContext): NextValues;
}

/** An optimizer that does what `changes` says, and all else as the one within. That may be of a class, whose methods a spread would lose. */
export function wrapped(optimizer: Optimizer, changes: Partial<Optimizer>): Optimizer {
  const { name, learningRate, state } = optimizer;
  return {
    name,
    learningRate,
    ...(state && { state }),
    slots: (parameter, shape) => optimizer.slots(parameter, shape),
    rateOf: (parameter, context) => rateOf(optimizer, parameter, context),
    changesOf: (parameter, context) => changesOf(optimizer, parameter, context),
    evaluatedAs: (parameter) => optimizer.evaluatedAs?.(parameter),
    checkNames: (names) => optimizer.checkNames?.(names),
    step: (context) => optimizer.step(context),
    ...changes,
  };
}

/** The learning rate that an optimizer changes a variable with. */
export function rateOf(optimizer: Optimizer, parameter: Parameter, context: StepContext): Node {
  return optimizer.rateOf?.(parameter, context) ?? parameter.learningRate;
}

/** How often an optimizer has changed a variable before this step. */
export function changesOf(optimizer: Optimizer, parameter: Parameter, context: StepContext): Node {
  return optimizer.changesOf?.(parameter, context) ?? context.steps;
}

/**
 * Refuses to wrap an optimizer that keeps something under a name that the wrapper wants: the two would share it.
 *
 * @throws SW_VALUE
 */
export function checkKept(op: string, optimizer: Optimizer, kept: readonly string[]): void {
  const taken = kept.find((name) => Object.hasOwn({ ...optimizer.state, ...optimizer.slots("", []) }, name));
  if (taken === undefined) return;
  throw new ShapewrightError("SW_VALUE", `${op}: the optimizer keeps "${taken}" already; wrap it in ${op} once`, op);
}

/** A step that changes every variable by itself: `rule` makes the node whose results are the next values of the variables given. */
export function eachByItself(
  rule: (parameter: Parameter, context: StepContext) => readonly [written: readonly Node<"variable">[], update: Node],
): Optimizer["step"] {
  return (context) =>
    context.parameters.flatMap((parameter) => {
      const [written, update] = rule(parameter, context);
      const next = context.b.results(update);
      return written.map((variable, i) => [variable, next[i]!] as const);
    });
}

/** What an optimizer is to an untyped program. */
export const anOptimizer: OptionRule = having("an optimizer, such as adam()", "step", "slots");
