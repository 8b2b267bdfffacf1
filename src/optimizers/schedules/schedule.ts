import type { Builder } from "../../ir/builder.js";
import type { Node } from "../../ir/node.js";
import type { Given, NotNegatives, Positives } from "../../ir/option-checks.js";
import { having, notNegative, type OptionRule } from "../../ir/options.js";

/** A learning rate that changes with the number of steps: a function of it, computed in the graph. */
export interface Schedule {
  readonly name: string;
  /** The rate of the first step. */
  readonly initialLearningRate: number;
  /** What it keeps, to be set between steps: names of float32 scalars, and the value each starts with. Nothing, unless said otherwise. */
  readonly state?: Readonly<Record<string, number>>;
  /**
   * The rate, a float32 scalar, of the step before which `steps` were taken, a float32 scalar. It is called once, to see how the rate
   * is computed.
   *
   * @param state the variables that it keeps
   */
  rate(b: Builder, steps: Node, state: Readonly<Record<string, Node>>): Node;
}

/** A learning rate: a number, or a schedule. */
export type LearningRate = number | Schedule;

/** The rule for a learning rate among options. */
export const learningRateRule = {
  takes: "a number in [0, Infinity) or a schedule",
  accepts: (value) => notNegative.accepts(value) || having("a schedule", "rate").accepts(value),
} as const satisfies OptionRule;

/** The rule for one that is divided by. */
export const positiveRateRule = {
  takes: "a positive number or a schedule",
  accepts: (value) => learningRateRule.accepts(value) && value !== 0,
} as const satisfies OptionRule;

/** What `checkOption` says of a learning rate that is a number, as types say it. */
export type CheckLearningRate<Op extends string, L extends LearningRate> = Refused<
  Op,
  L & number,
  typeof learningRateRule
>[NotNegatives[RateText<L>]];

/** The same of one that is divided by. */
export type CheckPositiveRate<Op extends string, L extends LearningRate> = Refused<
  Op,
  L & number,
  typeof positiveRateRule
>[Positives[RateText<L>]];

type Refused<Op extends string, N extends number, Rule extends OptionRule> = Given<Op, "learningRate", N, Rule>;
type RateText<L extends LearningRate> = L extends number ? `${L}` : "schedule";
