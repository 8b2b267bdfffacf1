import type { NdArray } from "../../src/ir/array.js";
import { internalError } from "../../src/ir/errors.js";
import { makeGraph } from "../../src/ir/graph.js";
import { isOp, type Node, type Scope, tensorOf } from "../../src/ir/node.js";
import type { AnyTensor } from "../../src/ir/tensor.js";
import type { Loss } from "../../src/losses/loss.js";
import { model } from "../../src/model.js";
import { rebuild } from "../../src/ops/rebuild.js";
import type { Optimizer } from "../../src/optimizers/optimizer.js";
import type { LearningRate } from "../../src/optimizers/schedules/schedule.js";
import { inputsOf } from "../judge.js";
import { optimize, optimizeTraining } from "../pipeline.js";
import type { Program } from "../program.js";
import type { Judged } from "../reports.js";
import { readNodes } from "./readNodes.js";
import { reportsOfBatch } from "./reportsOfBatch.js";
import type { SavedGraph, SavedJudged, SavedProgram } from "./saved-program.js";

/**
 * The program that `writeProgram` wrote, compiled again.
 *
 * @param large gives the constants that are kept elsewhere
 */
export function readProgram(saved: SavedProgram, large: (name: string) => NdArray): Program {
  const nodes = readNodes(saved.nodes, { scopes: saved.scopes, calls: saved.calls ?? [], large });
  const nodeAt = (id: number) => nodes[id]!;
  const nodesAt = (ids: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, nodeAt(id)]));
  const tensorsAt = (ids: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, tensorOf<AnyTensor>(nodeAt(id))]));

  const { output } = saved;
  const made = model(tensorsAt(saved.inputs), () =>
    typeof output === "number" ? tensorOf<AnyTensor>(nodeAt(output)) : tensorsAt(output),
  );
  const names = new Map<Node | Scope, string>([
    ...made.names,
    ...saved.scopes.flatMap((scope): [Scope, string][] => (scope.name === undefined ? [] : [[scope, scope.name]])),
    ...saved.names.map(([id, name]): [Node, string] => [nodeAt(id), name]),
  ]);
  const graph = (name: string, { outputs, updates, gradientOf }: SavedGraph) =>
    makeGraph(
      name,
      nodesAt(outputs),
      updates.map(([variable, next]) => [nodeAt(variable) as Node<"variable">, nodeAt(next)] as const),
      names,
      // What a gradient is of may not be in the graph any more: nothing was left that computes with it.
      new Map(gradientOf.flatMap(([gradient, of]) => (of.length === 0 ? [] : [[nodeAt(gradient), of.map(nodeAt)]]))),
    );
  const sources = {
    train: graph("train", saved.graphs.train),
    evaluate: graph("evaluate", saved.graphs.evaluate),
    predict: graph("predict", saved.graphs.predict),
  };
  const judged = saved.judged.map((one) => judgedOf(one, nodeAt));
  const totals = new Map(Object.entries(nodesAt(saved.results.totals)));
  const keys = new Map([...totals].map(([key, node]) => [node, key]));
  const results = optimize(makeGraph("results", nodesAt(saved.results.outputs), [], keys));
  const counts = new Map(saved.counts);
  const variables = new Map(
    [...names].flatMap(([node, name]) => ("op" in node && isOp(node, "variable") ? [[name, node] as const] : [])),
  );
  const budget = saved.budget && { bytes: saved.budget.bytes, dims: new Map(saved.budget.dims) };
  return {
    model: made,
    optimizer: optimizerOf(saved.optimizer, nodeAt),
    judged,
    targetInput: inputsOf(judged, ({ target }) => target),
    weightInput: inputsOf(judged, ({ weights }) => weights),
    train: optimizeTraining(sources.train, budget),
    evaluate: optimize(sources.evaluate),
    predict: optimize(sources.predict),
    reported: { results, counts, ofBatch: reportsOfBatch(results, counts, totals) },
    sources,
    ...(budget && { budget }),
    variables: new Map(saved.variables.map((name) => [name, variables.get(name)!])),
    evaluatedAs: new Map(saved.evaluatedAs),
    warnings: [],
  };
}

/** The program has been compiled: nothing asks its losses and its optimizer any more. */
const compiled = (): never => {
  throw internalError("a loaded program is compiled already");
};

function judgedOf({ loss, target, output, weights, ...one }: SavedJudged, nodeAt: (id: number) => Node): Judged {
  const known: Loss = { ...loss, target: () => one.signature, values: compiled };
  return {
    ...one,
    ...{ loss: known, metrics: [], output: nodeAt(output), target: nodeAt(target) },
    ...(weights !== undefined && { weights: nodeAt(weights) }),
  };
}

function optimizerOf({ name, learningRate }: SavedProgram["optimizer"], nodeAt: (id: number) => Node): Optimizer {
  return { name, learningRate: rateOf(learningRate, nodeAt), slots: () => ({}), step: compiled };
}

function rateOf(saved: SavedProgram["optimizer"]["learningRate"], nodeAt: (id: number) => Node): LearningRate {
  if (typeof saved === "number") return saved;
  const { name, initialLearningRate, steps, rate } = saved;
  const kept = Object.entries(saved.state);
  return {
    ...{ name, initialLearningRate },
    state: Object.fromEntries(kept.map(([key, { start }]) => [key, start])),
    rate: (_, counted, state) =>
      rebuild(
        [nodeAt(rate)],
        new Map([[nodeAt(steps), counted], ...kept.map(([key, { node }]) => [nodeAt(node), state[key]!] as const)]),
      )[0]!,
  };
}
