import { constantInitializer } from "../src/initializers/constantInitializer.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { type Graph, makeGraph } from "../src/ir/graph.js";
import { type Node, nodeOf, type Scope, tensorOf } from "../src/ir/node.js";
import { makeNode } from "../src/ir/op.js";
import { callback, checkOptions, having, integer, listOf, type OptionRules, required } from "../src/ir/options.js";
import { within } from "../src/ir/place.js";
import { refuse } from "../src/ir/refuse.js";
import type { TensorLike } from "../src/ir/tensor.js";
import { type CheckTarget, checkOutputDType, type Loss, type TargetOf, type TargetRule } from "../src/losses/loss.js";
import { checkMetricNames, type Metric } from "../src/metrics/metric.js";
import { type Model, optimizerState } from "../src/model.js";
import { builder as b } from "../src/ops/builder.js";
import { inputOp } from "../src/ops/input.js";
import { variableOp } from "../src/ops/variable.js";
import type { NextValues, Optimizer } from "../src/optimizers/optimizer.js";
import { gradientNodes } from "./autodiff/gradients.js";
import { type CheckBatch, checkBatch } from "./checkBatch.js";
import { checkKind } from "./checkKind.js";
import { type MemoryOptions, memoryBudget, overBudget } from "./memory.js";
import { optimize, optimizeTraining } from "./pipeline.js";
import { type Inputs, type Program, variablesOf } from "./program.js";
import { reporter } from "./reports.js";
import { specializeTraining } from "./specializeTraining.js";
import { type CompileWarning, warningsOf } from "./warnings.js";

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
 * @throws SW_NAME when a metric's name is none or another's; SW_SHAPE or SW_DTYPE when the loss does not take the model's output; SW_VALUE when there is no batch axis or nothing to train
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
  const trained = reports(specializeTraining(output, steps, names, seed));
  const gradientOf = new Map<Node, Node[]>();
  const updates = updatesOf(model, trained.loss, options.optimizer, { steps, names, gradientOf });
  const sources = {
    train: withStepCount(makeGraph("train", trained, updates, names, gradientOf), steps),
    evaluate: makeGraph("evaluate", reports(output), [], names),
    predict: makeGraph("predict", { output }, [], names),
  };
  const budget = options.memory && memoryBudget(options.memory, sources.train);
  const train = optimizeTraining(sources.train, budget);
  const [evaluate, predict] = [optimize(sources.evaluate), optimize(sources.predict)];
  const warnings = [...warningsOf(sources.predict), ...(budget ? overBudget(train, budget) : [])];
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

/** What updates are made among; `names` and `gradientOf` are added to. */
interface UpdateSurroundings {
  readonly steps: Node<"variable">;
  readonly names: Map<Node | Scope, string>;
  readonly gradientOf: Map<Node, Node[]>;
}

/**
 * The next values of every trainable variable and of what the optimizer keeps for it, the last variable's first: that is the order in
 * which the backward pass comes to them, so that what a layer kept for it is freed with that layer's updates.
 */
function updatesOf(
  { variables }: Model<any, any>,
  loss: Node,
  optimizer: Optimizer,
  { steps, names, gradientOf }: UpdateSurroundings,
): NextValues {
  const trainable = [...variables].filter(([, variable]) => variable.attributes.trainable);
  if (trainable.length === 0) {
    throw new ShapewrightError("SW_VALUE", "compile: the model has no trainable variable", "compile");
  }
  const wanted = trainable.map(([, variable]) => variable);
  const gradients = within({ part: "backward" }, () => gradientNodes(loss, wanted, gradientOf));
  return within({ part: "update" }, () => {
    const parameters = trainable.map(([name, variable], i) => {
      const slots = slotsOf(optimizer, name, variable, names);
      return { variable, slots, gradient: gradients[i]! };
    });
    const learningRate = b.scalar(optimizer.learningRate);
    return optimizer.step({ b, parameters: parameters.reverse(), learningRate, steps });
  });
}

/** Counts steps, where something in the graph depends on their number. */
function withStepCount(graph: Graph, steps: Node<"variable">): Graph {
  if (!graph.nodes.includes(steps)) return graph;
  const next = within({ part: "update" }, () => b.op("add", [steps, b.scalar(1, "int32")]));
  return makeGraph(graph.name, graph.outputs, [...graph.updates, [steps, next]], graph.names, graph.gradientOf);
}

function slotsOf(
  optimizer: Optimizer,
  variableName: string,
  variable: Node<"variable">,
  names: Map<Node | Scope, string>,
): Record<string, Node<"variable">> {
  const { shape, dtype } = variable.attributes;
  const slot = ([name, start]: [string, number]) => {
    const initializer = constantInitializer(start);
    const node = makeNode(variableOp, [], { name, shape, dtype, initializer, trainable: false });
    names.set(node, `${optimizerState}${variableName}/${name}`);
    return [name, node];
  };
  return Object.fromEntries(Object.entries(optimizer.slots).map(slot));
}
