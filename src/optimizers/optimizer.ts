import type { Builder } from "../ir/builder.js";
import type { Node } from "../ir/node.js";

/** A variable that an optimizer changes. */
export interface Parameter {
  readonly variable: Node<"variable">;
  /** The variables that the optimizer keeps for this variable, by the names of its `slots`. */
  readonly slots: Readonly<Record<string, Node<"variable">>>;
  readonly gradient: Node;
}

/** What a step is made of. */
export interface StepContext {
  readonly b: Builder;
  /** All variables that are changed. */
  readonly parameters: readonly Parameter[];
  readonly learningRate: Node;
  /** How many steps were taken before this one: an int32 scalar variable. */
  readonly steps: Node<"variable">;
}

/** Next values of variables. */
export type NextValues = readonly (readonly [Node<"variable">, Node])[];

/** A rule for changing variables by their gradients. */
export interface Optimizer {
  readonly name: string;
  /** The step size. */
  readonly learningRate: number;
  /** What it keeps for every variable, of the variable's shape: names, and the value each starts with. */
  readonly slots: Readonly<Record<string, number>>;
  /** The next values of the variables and of their slots. */
  step(context: StepContext): NextValues;
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
