import type { Graph } from "../src/ir/graph.js";
import { isOp, type Names, type Node, nodeOf } from "../src/ir/node.js";
import type { TensorLike } from "../src/ir/tensor.js";
import type { Model, Outputs } from "../src/model.js";
import type { Optimizer } from "../src/optimizers/optimizer.js";
import type { Targets } from "./losses.js";
import type { MemoryBudget } from "./passes/recompute.js";
import type { Judged, Reported } from "./reports.js";
import type { CompileWarning } from "./warnings/warning.js";

/** Inputs by the names that data is fed under. */
export type Inputs = Readonly<Record<string, TensorLike>>;

/**
 * A compiled model: three graphs over the same variables.
 *
 * @typeParam I the model's inputs
 * @typeParam O its output, or outputs by name
 * @typeParam T the target that the loss compares the output with, or targets by the outputs' names
 * @typeParam R what is reported besides the loss
 * @typeParam W the weights of samples, or weights by the outputs' names; undefined where there are none
 */
export interface Program<
  out I extends Inputs = Inputs,
  out O extends Outputs = any,
  out T extends Targets = any,
  out R = any,
  out W = any,
> {
  readonly model: Model<I, O>;
  readonly optimizer: Optimizer;
  /** The outputs that losses and metrics are taken of, with their targets and weights. */
  readonly judged: readonly Judged[];
  /** The targets' inputs. */
  readonly targetInput: T;
  /** The weights' inputs. */
  readonly weightInput: W;
  /** One training step: outputs the totals that the loss and the metrics are made of; updates the variables. */
  readonly train: Graph;
  /** Outputs the totals that the loss and the metrics are made of, as the model is in prediction. */
  readonly evaluate: Graph;
  /** Outputs `output`, or the outputs by their names. */
  readonly predict: Graph;
  /** What is made of totals. */
  readonly reported: Reported;
  /** Never set: carries `R`. */
  readonly reports?: R;
  /** The three graphs as they are before any pass, the train graph with its gradients: what `explain` begins with. */
  readonly sources: Readonly<Record<GraphName, Graph>>;
  /** How much memory a training step may take, where it was said. */
  readonly budget?: MemoryBudget;
  /** Every variable of the three graphs by name: the model's, the optimizer's, the count of steps. */
  readonly variables: ReadonlyMap<string, Node<"variable">>;
  /** The names of what stands for variables in evaluation and prediction, such as their averages, by the variables' own. */
  readonly evaluatedAs: ReadonlyMap<string, string>;
  /** The probable mistakes in the model. */
  readonly warnings: readonly CompileWarning[];
}

/** The graphs of a program. */
export const graphNames = ["train", "evaluate", "predict"] as const;
export type GraphName = (typeof graphNames)[number];

/** What a backend runs: a graph that is called, and graphs that run over batches where there are any. */
export interface Computation {
  readonly inputs: ReadonlyMap<string, Node>;
  readonly variables: ReadonlyMap<string, Node<"variable">>;
  /** Called with the inputs; returns all its outputs. */
  readonly call: Graph;
  /** Run over batches of what is fed by keys: inputs, targets and weights. */
  readonly batches?: {
    readonly feeds: ReadonlyMap<string, Node>;
    readonly train: Graph;
    readonly evaluate: Graph;
  };
}

/** A program as a backend sees it. */
export function computationOf(program: Program): Computation {
  return {
    inputs: inputNodes(program.model.inputs),
    variables: program.variables,
    call: program.predict,
    batches: { feeds: feedsOf(program), train: program.train, evaluate: program.evaluate },
  };
}

/** The part of a program that predicts, with the variables that this takes. */
export function predictionOf({ model, predict }: Program): Computation {
  return { inputs: inputNodes(model.inputs), variables: variablesOf([predict], predict.names), call: predict };
}

/** What is fed: inputs, targets and weights, by keys. Inputs have their names; another that is named like one, "_" behind its own. */
export function feedsOf({ model, judged, train: { names } }: Program): Map<string, Node> {
  const feeds = inputNodes(model.inputs);
  for (const node of judged.flatMap(({ target, weights }) => [target, ...(weights ? [weights] : [])])) {
    let key = names.get(node)!;
    while (feeds.has(key)) key += "_";
    feeds.set(key, node);
  }
  return feeds;
}

/** The keys under which the targets and the weights of what is judged are fed. */
export function feedKeys(
  program: Program,
): { readonly judged: Judged; readonly target: string; readonly weights?: string }[] {
  const keys = new Map([...feedsOf(program)].map(([key, node]) => [node, key]));
  return program.judged.map((judged) => ({
    judged,
    target: keys.get(judged.target)!,
    ...(judged.weights && { weights: keys.get(judged.weights)! }),
  }));
}

/** A program whose graphs report what a single batch makes of their totals, for who runs them one by one. */
export function reportingProgram(program: Program): Program {
  const { train, evaluate, reported } = program;
  return { ...program, train: reported.ofBatch(train), evaluate: reported.ofBatch(evaluate) };
}

/** The nodes of inputs by name. */
export function inputNodes(inputs: Inputs): Map<string, Node> {
  return new Map(Object.entries(inputs).map(([name, tensor]) => [name, nodeOf(tensor)]));
}

/** The variables that graphs use, by name, in the order in which they were named: the model's first. */
export function variablesOf(graphs: readonly Graph[], names: Names): Map<string, Node<"variable">> {
  const used = new Set(graphs.flatMap((graph) => graph.nodes));
  const variables = new Map<string, Node<"variable">>();
  for (const [node, name] of names) {
    if ("op" in node && isOp(node, "variable") && used.has(node)) variables.set(name, node);
  }
  return variables;
}
