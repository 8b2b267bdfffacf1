import type { CheckRate } from "../ir/option-checks.js";
import { checkOption, checkOptions, flag, type OptionRules, rate, required } from "../ir/options.js";
import { nextValuesOf } from "./given-optimizer.js";
import { anOptimizer, changesOf, checkKept, type Optimizer, wrapped } from "./optimizer.js";

/** Options of `averagedWeights`. */
export interface AveragedWeightsOptions<M extends number = number> {
  /** How much of the average is kept in a step. @default 0.99 */
  readonly momentum?: M & CheckRate<"averagedWeights", "momentum", M>;
  /**
   * Whether evaluation, validation, prediction, `exportSavedModel` and `saveWeights` take the averages in the weights' places, from the first
   * step on.
   *
   * @default true
   */
  readonly inEvaluation?: boolean;
}

const rules: OptionRules<AveragedWeightsOptions> = { momentum: rate, inEvaluation: flag };

/**
 * Keeps a moving average of each weight beside it: a := μ·a + (1 - μ)·w, of the new w; up to the weight's first change it is w itself. Training goes on
 * with the weights, and what is trained is judged and used by the averages, as with Keras's `use_ema` and `SwapEMAWeights`; a session reads them
 * as `optimizer/dense/kernel/average`. `loadWeights` sets both. Of sessions that share weights (`openTogether`), each predicts with the averages of its
 * own optimizer: what another session does to a weight is in them from this one's next step on.
 * Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging" (1992).
 *
 * @throws SW_VALUE when the momentum is out of range, or when the optimizer averages already
 * @example
 * averagedWeights(adam(), { momentum: 0.999 });
 */
export function averagedWeights<const M extends number = number>(
  optimizer: Optimizer,
  options: AveragedWeightsOptions<M> = {},
): Optimizer {
  checkOption("averagedWeights", "optimizer", optimizer, required(anOptimizer));
  checkOptions("averagedWeights", options, rules);
  checkKept("averagedWeights", optimizer, ["average"]);
  const { momentum = 0.99, inEvaluation = true } = options;
  return wrapped(optimizer, {
    slots: (name, shape) => ({ ...optimizer.slots(name, shape), average: 0 }),
    evaluatedAs: () => (inEvaluation ? "average" : undefined),
    step(context) {
      const { b, parameters } = context;
      const next = nextValuesOf("averagedWeights", optimizer, context);
      const nextOf = new Map(next);
      const averages = parameters.map((parameter) => {
        const { variable, slots } = parameter;
        const { average } = slots;
        const isFirst = b.op("equal", [changesOf(optimizer, parameter, context), b.scalar(0, "int32")]);
        const kept = b.op("select", [isFirst, b.scalar(0), b.scalar(momentum)]);
        const share = b.op("subtract", [b.scalar(1), kept]);
        const old = b.op("multiply", [average!, kept]);
        return [average!, b.op("add", [old, b.op("multiply", [nextOf.get(variable) ?? variable, share])])] as const;
      });
      return [...next, ...averages];
    },
  });
}
