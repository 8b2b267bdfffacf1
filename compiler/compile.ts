import { constantInitializer } from "../src/initializers/constantInitializer.js";
import { makeGraph } from "../src/ir/graph.js";
import { type Node, nodeOf, type Scope, tensorOf } from "../src/ir/node.js";
import { makeNode } from "../src/ir/op.js";
import { callback, checkOptions, having, integer, listOf, type OptionRules, required } from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import type { TensorLike } from "../src/ir/tensor.js";
import { type CheckTarget, checkOutputDType, type Loss, type TargetOf, type TargetRule } from "../src/losses/loss.js";
import { checkMetricNames, type Metric } from "../src/metrics/metric.js";
import { type Model, optimizerState } from "../src/model.js";
import { inputOp } from "../src/ops/input.js";
import { variableOp } from "../src/ops/variable.js";
import type { Optimizer } from "../src/optimizers/optimizer.js";
import { type CheckBatch, checkBatch } from "./checkBatch.js";
import { checkKind } from "./checkKind.js";
import { type MemoryOptions, memoryBudget, overBudget } from "./memory.js";
import { optimize, optimizeTraining } from "./pipeline.js";
import { type Inputs, type Program, variablesOf } from "./program.js";
import { reporter } from "./reports.js";
import { specializeTraining } from "./specializeTraining.js";
import { updatesOf, withStepCount } from "./updatesOf.js";
import { checkReached } from "./warnings/noGradient.js";
import type { CompileWarning } from "./warnings/warning.js";
import { warningsOf } from "./warnings/warningsOf.js";

/** What `compile` needs besides a model. */
export interface CompileOptions<R extends TargetRule, M extends string> {
  readonly optimizer: Optimizer;
  readonly loss: Loss<R>;
  /** What is reported besides the loss. */
  readonly metrics?: readonly Metric<M>[];
  /** The seed of the random numbers inside the model, such as dropout's: 0. */
  readonly seed?: number;
  /**
   * Lets a training step take no more memory than this, by computing values of the forward pass again in the backward pass
   * (gradient checkpointing): the same losses, in less memory and more time. No limit unless said otherwise. A budget that
   * cannot be met is come as near to as possible, with a warning.
   */
  readonly memory?: MemoryOptions;
  /** Told of each probable mistake in the model: prints them with `console.warn`, unless said otherwise. */
  readonly onWarning?: (warning: CompileWarning) => void;
}

const rules: OptionRules<CompileOptions<TargetRule, string>> = {
  optimizer: required(having("an optimizer, such as adam()", "step")),
  loss: required(having("a loss, such as meanSquaredError()", "target", "values")),
  metrics: listOf(having("a list of metrics, such as [accuracy()]", "values")),
  seed: integer,
  memory: having("a record of a budget and of dims"),
  onWarning: callback,
};

/**
 * Compiles a model: differentiates the loss, adds the optimizer's updates, and optimises training, evaluation and
 * prediction as one graph each.
 *
 * @throws SW_NAME when a metric's name is none or another's; SW_SHAPE or SW_DTYPE when the loss does not take the model's output; SW_VALUE when there is no batch axis or nothing to train; SW_GRADIENT when no gradient reaches any variable
 * @example
 * const program = compile(digits, {
 *   optimizer: rmsprop({ learningRate: 1e-3 }),
 *   loss: sparseCategoricalCrossentropy({ fromLogits: true }),
 *   metrics: [accuracy()],
 * });
 */
export function compile<I extends Inputs, O extends TensorLike, R extends TargetRule, const M extends string = never>(
  model: Model<I, O> & CheckBatch<I, O>,
  options: CompileOptions<R, M> & { readonly loss: CheckTarget<R, O> },
): Program<I, O, TargetOf<R, O>, M> {
  refuse("SW_VALUE", "compile", checkKind("compile", model, "model"));
  checkOptions("compile", options, rules);
  checkBatch(model);
  const { loss, metrics = [], seed = 0, onWarning = printWarning } = options;
  refuse("SW_NAME", "compile", checkMetricNames("compile", metrics));
  const output = nodeOf(model.output);
  refuse("SW_DTYPE", "compile", checkOutputDType(output.dtype));
  const target = loss.target(output);
  const targetInput = makeNode(inputOp, [], { shape: target.shape, dtype: target.dtype }, undefined, "loss");
  const names = new Map<Node | Scope, string>(model.names).set(targetInput, "target");
  const steps = makeNode(variableOp, [], stepCount);
  names.set(steps, `${optimizerState}steps`);

  const reports = reporter(loss, metrics, targetInput, names);
  const specialized = specializeTraining(output, steps, names, seed);
  const trained = reports(specialized.output);
  const gradientOf = new Map<Node, Node[]>();
  const optimized = updatesOf(model, trained.loss, options.optimizer, { steps, names, gradientOf });
  const updates = [...specialized.nextValues, ...optimized];
  refuse("SW_GRADIENT", "compile", checkReached(model, output, gradientOf));
  const sources = {
    train: withStepCount(makeGraph("train", trained, updates, names, gradientOf), steps),
    evaluate: makeGraph("evaluate", reports(output), [], names),
    predict: makeGraph("predict", { output }, [], names),
  };
  const budget = options.memory && memoryBudget(options.memory, sources.train);
  const train = optimizeTraining(sources.train, budget);
  const [evaluate, predict] = [optimize(sources.evaluate), optimize(sources.predict)];
  const judged = [{ output, target: targetInput, loss }];
  const warnings = [
    ...warningsOf({ model, judged, sources, gradientOf }),
    ...(budget ? overBudget(train, budget) : []),
  ];
  warnings.forEach(onWarning);
  return {
    model,
    loss,
    optimizer: options.optimizer,
    metricNames: metrics.map(({ name }) => name),
    target,
    targetInput: tensorOf(targetInput),
    train,
    evaluate,
    predict,
    sources,
    ...(budget && { budget }),
    variables: variablesOf([train, evaluate, predict], names),
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
