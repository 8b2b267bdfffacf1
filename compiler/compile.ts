import { constantInitializer } from "../src/initializers/constantInitializer.js";
import { type Graph, makeGraph } from "../src/ir/graph.js";
import { makeNode } from "../src/ir/makeNode.js";
import { isTensor, type Node, type Scope } from "../src/ir/node.js";
import {
  anything,
  callback,
  checkOptions,
  having,
  integer,
  type OptionRules,
  oneOf,
  required,
} from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import { type Model, type Outputs, outputNodes } from "../src/model.js";
import { optimizerState } from "../src/nameNodes.js";
import { variableOp } from "../src/ops/variable.js";
import { anOptimizer, type Optimizer } from "../src/optimizers/optimizer.js";
import { type CheckBatch, checkBatch } from "./checkBatch.js";
import { checkKind } from "./checkKind.js";
import { evaluatedAs } from "./evaluatedAs.js";
import { inputsOf, type Judging, judge } from "./judge.js";
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
import { type MemoryOptions, memoryBudget, overBudget } from "./memory.js";
import { penalty } from "./penalty.js";
import { optimize, optimizeTraining } from "./pipeline.js";
import { predictionGraph } from "./predictionGraph.js";
import { type Inputs, type Program, variablesOf } from "./program.js";
import { reportedOf, summed } from "./reported.js";
import { makeReporter } from "./reports.js";
import { specializeTraining } from "./specializeTraining.js";
import { updatesOf, withStepCount } from "./updatesOf.js";
import { checkReached } from "./warnings/noGradient.js";
import type { CompileWarning } from "./warnings/warning.js";
import { warningsOf } from "./warnings/warningsOf.js";
import { type Weighting, weightings } from "./weighting.js";

/** What `compile` needs besides a model. */
export interface CompileOptions<W extends Weighting = Weighting> {
  /** What makes next values of gradients, such as `adam()`. */
  readonly optimizer: Optimizer;
  /** The seed of the random numbers inside the model, such as dropout's. @default 0 */
  readonly seed?: number;
  /**
   * Whether samples are weighted, by weights that are given to `fit` and `evaluate` beside the targets: one number for each sample
   * (`"samples"`), or for each place of a target (`"places"`); `"mask"` takes yes or no for each place, and the loss is the mean over
   * those that count. Weighted otherwise, it is the sum of weighted values over their number, as in Keras; metrics are weighted
   * means.
   *
   * @default "none"
   */
  readonly sampleWeight?: W;
  /**
   * Lets a training step take no more memory than this, by computing values of the forward pass again in the backward pass
   * (gradient checkpointing): the same losses, in less memory and more time. No limit unless said otherwise. A budget that
   * cannot be met is come as near to as possible, with a warning.
   */
  readonly memory?: MemoryOptions;
  /** Told of each probable mistake in the model. @default prints them with `console.warn` */
  readonly onWarning?: (warning: CompileWarning) => void;
}

/** What a model is judged by. */
export interface Judgement<O extends Outputs, L extends Losses, M extends Metrics> {
  /** What training minimises: a loss, or losses by the names of outputs. A function of targets and the output is one, too. */
  readonly loss: L & CheckLosses<O, L>;
  /** How much each of several losses counts. @default 1 */
  readonly lossWeights?: LossWeights<O, L>;
  /**
   * How much the classes of targets count in training, such as `{ 0: 1, 1: 5 }` where class 1 is rare, or by the names of outputs; 1, unless said
   * otherwise. As in Keras, evaluation, validation and metrics leave them out; unlike there, each place of a sequence has its own.
   */
  readonly classWeight?: ClassWeights<O, L>;
  /** What is reported besides the loss: a list, or lists by the names of outputs. */
  readonly metrics?: M & CheckMetrics<O, L, M>;
}

const rules: OptionRules<CompileOptions & Judgement<any, any, any>> = {
  optimizer: required(anOptimizer),
  loss: required(anything),
  lossWeights: having("a record of numbers by the names of outputs"),
  classWeight: anything,
  metrics: anything,
  sampleWeight: oneOf(weightings),
  seed: integer,
  memory: having("a record of a budget and of dims"),
  onWarning: callback,
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
  const { optimizer, seed = 0, onWarning = printWarning } = options;
  const outputs = outputNodes(model.output);
  const names = new Map<Node | Scope, string>(model.names);
  const judged = judge(model.output, outputs, options as Judging, names);
  const steps = makeNode(variableOp, [], stepCount);
  names.set(steps, `${optimizerState}steps`);

  const reporter = makeReporter(judged, names);
  const answersOf = (nodes: readonly Node[]) =>
    new Map(
      [...outputs.keys()].map((name, i) => [outputs.size === 1 && isTensor(model.output) ? "" : name, nodes[i]!]),
    );
  const specialized = specializeTraining([...outputs.values()], steps, names, seed);
  const costOf = (nodes: readonly Node[]) => penalty(nodes, model.variables);
  const trained = reporter.ofBatch(answersOf(specialized.outputs), "train", costOf(specialized.outputs));
  const evaluated = reporter.ofBatch(answersOf([...outputs.values()]), "evaluate", costOf([...outputs.values()]));
  const gradientOf = new Map<Node, Node[]>();
  const { next, standIns } = updatesOf(model, trained.loss, optimizer, { steps, names, gradientOf });
  const updates = [...specialized.nextValues, ...next];
  refuse("SW_GRADIENT", "compile", checkReached(model, [...outputs.values()], gradientOf));
  const written = {
    train: withStepCount(makeGraph("train", summed(trained.totals), updates, names, gradientOf), steps),
    evaluate: makeGraph("evaluate", summed(evaluated.totals), [], names),
    predict: predictionGraph(model),
  };
  const asEvaluated = (graph: Graph) => evaluatedAs(graph, standIns, steps, names);
  const sources = {
    ...written,
    evaluate: asEvaluated(written.evaluate),
    predict: asEvaluated(written.predict),
  };
  const budget = options.memory && memoryBudget(options.memory, sources.train);
  const train = optimizeTraining(sources.train, budget);
  const [evaluate, predict] = [optimize(sources.evaluate), optimize(sources.predict)];
  const warnings = [
    ...warningsOf({ model, judged, sources: written, gradientOf }),
    ...(budget ? overBudget(train, budget) : []),
  ];
  warnings.forEach(onWarning);
  return {
    model,
    optimizer,
    judged,
    targetInput: inputsOf(judged, ({ target }) => target) as TargetsOf<O, L>,
    weightInput: inputsOf(judged, ({ weights }) => weights) as WeightsOf<O, L, W>,
    train,
    evaluate,
    predict,
    reported: reportedOf(reporter, trained.totals),
    sources,
    ...(budget && { budget }),
    variables: variablesOf([train, evaluate, predict], names),
    evaluatedAs: new Map([...standIns].map(([variable, standIn]) => [names.get(variable)!, names.get(standIn)!])),
    warnings,
  };
}

function printWarning({ message }: CompileWarning): void {
  console.warn(`shapewright: ${message}`);
}

const stepCount = {
  name: "steps",
  shape: [],
  dtype: "int32",
  initializer: constantInitializer(0),
  trainable: false,
} as const;
