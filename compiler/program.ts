import type { Graph } from "../src/ir/graph.js";
import { isOp, type Names, type Node, nodeOf } from "../src/ir/node.js";
import type { TensorLike } from "../src/ir/tensor.js";
import type { Loss, TargetSignature } from "../src/losses/loss.js";
import type { Model } from "../src/model.js";
import type { Optimizer } from "../src/optimizers/optimizer.js";
import type { MemoryBudget } from "./passes/recompute.js";
import type { CompileWarning } from "./warnings/warning.js";

/** Inputs by the names that data is fed under. */
export type Inputs = Readonly<Record<string, TensorLike>>;

/**
 * A compiled model: three graphs over the same variables.
 *
 * @typeParam I the model's inputs
 * @typeParam O its output
 * @typeParam T the target that the loss compares the output with
 * @typeParam M the names of the metrics
 */
export interface Program<
  out I extends Inputs = Inputs,
  out O extends TensorLike = TensorLike,
  out T extends TensorLike = TensorLike,
  out M extends string = string,
> {
  readonly model: Model<I, O>;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metricNames: readonly M[];
  readonly target: TargetSignature;
  /** The target's input node. Never set in types that users see: carries `T`. */
  readonly targetInput: T;
  /** One training step: outputs `loss` and the metrics; updates the variables. */
  readonly train: Graph;
  /** Outputs `loss` and the metrics, as the model is in prediction. */
  readonly evaluate: Graph;
  /** Outputs `output`. */
  readonly predict: Graph;
  /** The three graphs as they are before any pass, the train graph with its gradients: what `explain` begins with. */
  readonly sources: Readonly<Record<GraphName, Graph>>;
  /** How much memory a training step may take, where it was said. */
  readonly budget?: MemoryBudget;
  /** Every variable of the three graphs by name: the model's, the optimizer's, the count of steps. */
  readonly variables: ReadonlyMap<string, Node<"variable">>;
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
  /** Run over batches of the inputs and of a target. */
  readonly batches?: { readonly target: Node; readonly train: Graph; readonly evaluate: Graph };
}

/** A program as a backend sees it. */
export function computationOf(program: Program): Computation {
  return {
    inputs: inputNodes(program.model.inputs),
    variables: program.variables,
    call: program.predict,
    batches: { target: nodeOf(program.targetInput), train: program.train, evaluate: program.evaluate },
  };
}

/** The part of a program that predicts, with the variables that this takes. */
export function predictionOf({ model, predict }: Program): Computation {
  return { inputs: inputNodes(model.inputs), variables: variablesOf([predict], predict.names), call: predict };
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
