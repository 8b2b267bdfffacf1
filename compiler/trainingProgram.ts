import { constantInitializer } from "../src/initializers/constantInitializer.js";
import { type Graph, makeGraph } from "../src/ir/graph.js";
import { makeNode } from "../src/ir/makeNode.js";
import type { Node, Scope } from "../src/ir/node.js";
import { callback, having, integer, type OptionRules, required } from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import { type Model, outputNodes } from "../src/model.js";
import { variableOp } from "../src/ops/variable.js";
import { optimizerState } from "../src/optimizerState.js";
import { anOptimizer, type Optimizer } from "../src/optimizers/optimizer.js";
import { evaluatedAs } from "./evaluatedAs.js";
import { inputsOf } from "./judge.js";
import { type MemoryOptions, memoryBudget, overBudget } from "./memory.js";
import { penalty } from "./penalty.js";
import { optimize, optimizeTraining } from "./pipeline.js";
import { predictionGraph } from "./predictionGraph.js";
import { type Program, variablesOf } from "./program.js";
import { reportedOf, summed } from "./reported.js";
import type { Judged, Reporter } from "./reports.js";
import { specializeTraining } from "./specializeTraining.js";
import { type Trained, trainedPart, trainedRule } from "./trained.js";
import { updatesOf, withStepCount } from "./updatesOf.js";
import { checkReached } from "./warnings/noGradient.js";
import { type CompileWarning, printWarning } from "./warnings/warning.js";
import { warningsOf } from "./warnings/warningsOf.js";

/** How what is compiled is trained. */
export interface TrainingOptions {
  /** What makes next values of gradients, such as `adam()`. */
  readonly optimizer: Optimizer;
  /** The seed of the random numbers inside the model, such as dropout's. @default 0 */
  readonly seed?: number;
  /**
   * What training changes: a model that is part of this one, layers or variables by names, or a list of these. All, unless said
   * otherwise. What is left out stays as it is; so do its moving statistics, by which its layers normalize, as in prediction.
   */
  readonly trainable?: Trained;
  /**
   * Lets a training step take no more memory than this, by computing values of the forward pass again in the backward pass
   * (gradient checkpointing): the same losses, in less memory and more time. No limit unless said otherwise. A budget that
   * cannot be met is come as near to as possible, with a warning.
   */
  readonly memory?: MemoryOptions;
  /** Told of each probable mistake in the model. @default prints them with `console.warn` */
  readonly onWarning?: (warning: CompileWarning) => void;
}

export const trainingRules: OptionRules<TrainingOptions> = {
  optimizer: required(anOptimizer),
  seed: integer,
  trainable: trainedRule,
  memory: having("a record of a budget and of dims"),
  onWarning: callback,
};

/** What is trained, and what makes a loss of it. */
export interface TrainingTask {
  readonly model: Model<any, any>;
  readonly options: TrainingOptions;
  /** Is added to. */
  readonly names: Map<Node | Scope, string>;
  /** The outputs that are compared with targets. */
  readonly judged: readonly Judged[];
  /** Makes what computes the loss and the metrics, of the outputs by `keys`. */
  readonly reporter: (names: Map<Node | Scope, string>) => Reporter;
  readonly keys: readonly string[];
  /** The outputs that the loss is taken of. */
  readonly answers: readonly Node[];
}

/** Differentiates a loss, adds the optimizer's updates, and optimises training, evaluation and prediction as one graph each. */
export function trainingProgram({
  model,
  options,
  names,
  judged,
  reporter: reporterFor,
  keys,
  answers,
}: TrainingTask): Program {
  const { optimizer, seed = 0, trainable, onWarning = printWarning } = options;
  const outputs = [...outputNodes(model.output).values()];
  const steps = makeNode(variableOp, [], stepCount);
  names.set(steps, `${optimizerState}steps`);

  const part = trainedPart("compile", model, trainable);
  const reporter = reporterFor(names);
  const changed = new Set<Node>(part.variables.values());
  const specialized = specializeTraining(outputs, steps, names, seed, (variable) => changed.has(variable));
  const answersOf = (nodes: readonly Node[]) => new Map(keys.map((key, i) => [key, nodes[i]!]));
  const costOf = (nodes: readonly Node[]) => penalty(nodes, part.variables);
  const trained = reporter.ofBatch(answersOf(specialized.outputs), "train", costOf(specialized.outputs));
  const evaluated = reporter.ofBatch(answersOf(outputs), "evaluate", costOf(outputs));
  const gradientOf = new Map<Node, Node[]>();
  const { next, standIns } = updatesOf(part, trained.loss, optimizer, { steps, names, gradientOf });
  const updates = [...specialized.nextValues, ...next];
  refuse("SW_GRADIENT", "compile", checkReached(part, outputs, gradientOf));
  const written = {
    train: withStepCount(makeGraph("train", summed(trained.totals), updates, names, gradientOf), steps, standIns),
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
    ...warningsOf({ model: part, judged, answers, sources: written, gradientOf }),
    ...(budget ? overBudget(train, budget) : []),
  ];
  warnings.forEach(onWarning);
  return {
    model,
    optimizer,
    judged,
    targetInput: inputsOf(judged, ({ target }) => target),
    weightInput: inputsOf(judged, ({ weights }) => weights),
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

const stepCount = {
  name: "steps",
  shape: [],
  dtype: "int32",
  initializer: constantInitializer(0),
  trainable: false,
} as const;
