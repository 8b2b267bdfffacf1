import type { NdArray } from "../../src/ir/array.js";
import type { Graph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { isOp, isTensor, type Node, nodeOf, type Scope } from "../../src/ir/node.js";
import type { Call } from "../../src/ir/place.js";
import { shortestFloat } from "../../src/ir/shortestFloat.js";
import { layerConfigs } from "../../src/layers/config.js";
import { outputNodes } from "../../src/model.js";
import { builder as b } from "../../src/ops/builder.js";
import { inputOp } from "../../src/ops/input.js";
import { isOptimizerState } from "../../src/optimizerState.js";
import type { LearningRate } from "../../src/optimizers/schedules/schedule.js";
import { initialValue } from "../initialValue.js";
import { graphNames, inputNodes, type Program } from "../program.js";
import type { SavedGraph, SavedProgram, SavedScope } from "./saved-program.js";
import { writeNodes } from "./writeNodes.js";

/**
 * A program as JSON, without the values of its variables: its graphs as they are before any pass. Functions are not in it: what they
 * compute is.
 *
 * @param large keeps a constant of many numbers elsewhere, and gives the name that it has there
 */
export function writeProgram(program: Program, large: (array: NdArray) => string): SavedProgram {
  const { model, sources, reported, judged, optimizer, variables, evaluatedAs, budget } = program;
  const { names } = sources.train;
  const rate = rateNodes(optimizer.learningRate);
  const graphs = [...graphNames.map((name) => sources[name]), reported.results];
  const totals = Object.fromEntries(
    [...reported.results.names].flatMap(([node, key]) => ("op" in node && isOp(node, "input") ? [[key, node]] : [])),
  );
  const roots = [
    ...[...inputNodes(model.inputs).values(), ...outputNodes(model.output).values(), ...variables.values()],
    ...judged.flatMap(({ target, weights, output }) => [output, target, ...(weights ? [weights] : [])]),
    ...graphs.flatMap(({ outputs, updates }) => [...Object.values(outputs), ...[...updates].flat()]),
    ...Object.values(totals),
    ...(rate ? [rate.steps, ...Object.values(rate.state), rate.rate] : []),
  ];
  const scopes = scopeNumbers(names);
  const calls = new Map<Call, number>();
  const { nodes, idOf } = writeNodes(roots, {
    scope: scopes.numberOf,
    call: (call) => numberIn(calls, call),
    large,
    start: (variable) => {
      const name = names.get(variable);
      return name !== undefined && isOptimizerState(name)
        ? shortestFloat(initialValue(name, variable, 0).data[0]!)
        : undefined;
    },
  });
  const ids = (record: Readonly<Record<string, Node>>) => mapRecord(record, idOf);
  const named = [...names].filter((entry): entry is [Node, string] => "op" in entry[0] && idOf(entry[0]) !== undefined);
  const { output } = model;
  return {
    scopes: scopes.saved,
    calls: [...calls.keys()],
    nodes,
    names: named.map(([node, name]) => [idOf(node), name]),
    inputs: ids(Object.fromEntries(inputNodes(model.inputs))),
    output: isTensor(output) ? idOf(nodeOf(output)) : ids(Object.fromEntries(outputNodes(output))),
    graphs: Object.fromEntries(
      graphNames.map((name) => [name, savedGraph(sources[name], idOf)]),
    ) as SavedProgram["graphs"],
    results: { outputs: ids(reported.results.outputs), totals: ids(totals) },
    counts: [...reported.counts],
    judged: judged.map(({ name, output, target, weights, weighting, signature, lossWeight, loss }) => ({
      ...{ name, weighting, signature, lossWeight, output: idOf(output), target: idOf(target) },
      ...(weights && { weights: idOf(weights) }),
      loss: { name: loss.name, fromLogits: loss.fromLogits, ...(loss.activation && { activation: loss.activation }) },
    })),
    optimizer: { name: optimizer.name, learningRate: savedRate(optimizer.learningRate, rate, idOf) },
    variables: [...variables.keys()],
    evaluatedAs: [...evaluatedAs],
    ...(budget && { budget: { bytes: budget.bytes, dims: [...budget.dims] } }),
  };
}

/** Numbers in the order in which they are asked for. */
function numberIn<K>(numbers: Map<K, number>, key: K): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

/** Numbers for scopes in the order in which they are asked for. */
function scopeNumbers(names: Graph["names"]) {
  const options = new Map(layerConfigs({ names }).map((config) => [config.name, config.options]));
  const saved: SavedScope[] = [];
  const numbers = new Map<Scope, number>();
  const numberOf = (scope: Scope) => {
    const known = numbers.get(scope);
    if (known !== undefined) return known;
    const name = names.get(scope);
    numbers.set(scope, saved.length);
    saved.push({ kind: scope.kind, ...(name !== undefined && { name }), options: (name && options.get(name)) || {} });
    return saved.length - 1;
  };
  return { saved, numberOf };
}

function savedGraph({ outputs, updates, gradientOf }: Graph, idOf: (node: Node) => number): SavedGraph {
  return {
    outputs: mapRecord(outputs, idOf),
    updates: [...updates].map(([variable, next]) => [idOf(variable), idOf(next)]),
    gradientOf: [...gradientOf].map(([gradient, of]) => [
      idOf(gradient),
      of.map(idOf).filter((id) => id !== undefined),
    ]),
  };
}

/** What computes a schedule's rate, from inputs in place of the number of steps and of what it keeps. */
function rateNodes(learningRate: LearningRate) {
  if (typeof learningRate === "number") return undefined;
  const scalar = () => makeNode(inputOp, [], { shape: [], dtype: "float32" });
  const state = mapRecord(learningRate.state ?? {}, scalar);
  const steps = scalar();
  return { steps, state, rate: learningRate.rate(b, steps, state) };
}

function savedRate(
  learningRate: LearningRate,
  rate: ReturnType<typeof rateNodes>,
  idOf: (node: Node) => number,
): SavedProgram["optimizer"]["learningRate"] {
  if (typeof learningRate === "number" || !rate) return learningRate as number;
  const { name, initialLearningRate, state = {} } = learningRate;
  return {
    ...{ name, initialLearningRate, steps: idOf(rate.steps), rate: idOf(rate.rate) },
    state: mapRecord(state, (start, key) => ({ node: idOf(rate.state[key]!), start })),
  };
}

function mapRecord<V, R>(record: Readonly<Record<string, V>>, of: (value: V, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value, key)]));
}
