import type { Node, Scope } from "../src/ir/node.js";
import { isTensor } from "../src/ir/node.js";
import { anything, checkOptions, having, type OptionRules, oneOf, required } from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import { type Model, type Outputs, outputNodes } from "../src/model.js";
import { type CheckBatch, checkBatch } from "./checkBatch.js";
import { checkKind } from "./checkKind.js";
import { type Judging, judge } from "./judge.js";
import type {
  CheckLosses,
  CheckMetrics,
  ClassWeights,
  Losses,
  LossWeights,
  Metrics,
  ReportsOf,
  TargetsOf,
  WeightsOf,
} from "./losses.js";
import type { Inputs, Program } from "./program.js";
import { makeReporter } from "./reports.js";
import { type TrainingOptions, trainingProgram, trainingRules } from "./trainingProgram.js";
import { type Weighting, weightings } from "./weighting.js";

/** What `compile` needs besides a model. */
export interface CompileOptions<W extends Weighting = Weighting> extends TrainingOptions {
  /**
   * Whether samples are weighted, by weights that are given to `fit` and `evaluate` beside the targets: one number for each sample
   * (`"samples"`), or for each place of a target (`"places"`); `"mask"` takes yes or no for each place, and the loss is the mean over
   * those that count. Weighted otherwise, it is the sum of weighted values over their number, as in Keras; metrics are weighted
   * means.
   *
   * @default "none"
   */
  readonly sampleWeight?: W;
}

/** What a model is judged by. */
export interface Judgement<O extends Outputs, L extends Losses, M extends Metrics> {
  /** What training minimises: a loss, or losses by the names of outputs. A function of targets and the output is one, too. */
  readonly loss: L & CheckLosses<O, L>;
  /** How much each of several losses counts. @default 1 */
  readonly lossWeights?: LossWeights<O, NoInfer<L>>;
  /**
   * How much the classes of targets count in training, such as `{ 0: 1, 1: 5 }` where class 1 is rare, or by the names of outputs; 1, unless said
   * otherwise. Evaluation, validation and metrics leave them out, as Keras's `metrics` do, so that what is reported of training and of validation
   * data compares; `sampleWeight` stands beside them, and weights both. Unlike in Keras, each place of a sequence has its own.
   */
  readonly classWeight?: ClassWeights<O, NoInfer<L>>;
  /** What is reported besides the loss: a list, or lists by the names of outputs. */
  readonly metrics?: M & CheckMetrics<O, NoInfer<L>, M>;
}

const rules: OptionRules<CompileOptions & Judgement<any, any, any>> = {
  ...trainingRules,
  loss: required(anything),
  lossWeights: having("a record of numbers by the names of outputs"),
  classWeight: anything,
  metrics: anything,
  sampleWeight: oneOf(weightings),
};

/**
 * Compiles a model: differentiates the loss, adds the optimizer's updates, and optimises training, evaluation and
 * prediction as one graph each.
 *
 * @throws SW_NAME when a metric's name is none or another's, or there is no such output; SW_SHAPE or SW_DTYPE when a loss does not
 *   take the model's output; SW_VALUE when there is no batch axis or nothing to train; SW_GRADIENT when no gradient
 *   reaches any variable
 * @example
 * const program = compile(digits, {
 *   optimizer: rmsprop({ learningRate: 1e-3 }),
 *   loss: sparseCategoricalCrossentropy({ fromLogits: true }),
 *   metrics: [accuracy()],
 * });
 */
export function compile<
  I extends Inputs,
  O extends Outputs,
  const L extends Losses<O>,
  const M extends Metrics = readonly [],
  const W extends Weighting = "none",
>(
  model: Model<I, O> & CheckBatch<I, O>,
  options: CompileOptions<W> & Judgement<O, L, M>,
): Program<I, O, TargetsOf<O, L>, ReportsOf<O, L, M>, WeightsOf<O, L, W>> {
  refuse("SW_VALUE", "compile", checkKind("compile", model, "model"));
  checkOptions("compile", options as CompileOptions & Judgement<any, any, any>, rules);
  checkBatch(model);
  const names = new Map<Node | Scope, string>(model.names);
  const outputs = outputNodes(model.output);
  const judged = judge(model.output, outputs, options as Judging, names);
  const reporter = (keptNames: Map<Node | Scope, string>) => makeReporter(judged, keptNames);
  const keys = [...outputs.keys()].map((name) => (outputs.size === 1 && isTensor(model.output) ? "" : name));
  return trainingProgram({
    model,
    options,
    names,
    judged,
    reporter,
    keys,
    answers: judged.map(({ output }) => output),
  }) as Program<I, O, TargetsOf<O, L>, ReportsOf<O, L, M>, WeightsOf<O, L, W>>;
}
