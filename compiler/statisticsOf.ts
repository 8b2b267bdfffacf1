import { type Graph, makeGraph } from "../src/ir/graph.js";
import { isOp, type Names, type Node } from "../src/ir/node.js";
import { within } from "../src/ir/place.js";
import { asNumbers, plus } from "../src/metrics/counting.js";
import { builder as b } from "../src/ops/builder.js";
import type { Dim } from "../src/types/dim.js";
import { isOfSamples } from "./by-hand.js";
import { meanOf, scaled } from "./means.js";
import { optimizeTraining } from "./pipeline.js";
import { type Computation, feedKeys, feedsOf, inputNodes, type Program, variablesOf } from "./program.js";
import type { Judged } from "./reports.js";

/** What is computed of a step of training to look at it. Values stand under the keys of the call's outputs. */
export interface Statistics {
  /** Called with a batch: what is fed, by keys. It changes no variable. */
  readonly computation: Computation;
  /** Trained variables by their names, with what there is of each in the step: its gradient, and its next value. */
  readonly weights: readonly { readonly name: string; readonly gradient: string; readonly next: string }[];
  /** Rectifiers by their layers, with the share of their units that are 0 for the whole batch. */
  readonly relus: readonly { readonly name: string; readonly dead: string }[];
  /** The names of the model's inputs. */
  readonly inputs: readonly string[];
  /** The loss of each sample, as the model is in prediction; nothing where it is one for the whole batch. */
  readonly losses: string | undefined;
  /** What is predicted, with the key that its target is fed under. */
  readonly predictions: readonly { readonly judged: Judged; readonly target: string; readonly prediction: string }[];
}

/** What lets a program's steps be looked at: the step as it is differentiated, with what it has on its way as outputs. */
export function statisticsOf(program: Program): Statistics {
  const { train } = program.sources;
  const outputs: Record<string, Node> = {};
  const output = (key: string, node: Node) => {
    outputs[key] = node;
    return key;
  };
  const gradients = new Map([...train.gradientOf].flatMap(([gradient, of]) => of.map((node) => [node, gradient])));
  const weights = [...program.variables].flatMap(([name, variable]) => {
    const [gradient, next] = [gradients.get(variable), train.updates.get(variable)];
    if (!gradient || !next) return [];
    return [{ name, gradient: output(`gradient of ${name}`, gradient), next: output(`next ${name}`, next) }];
  });
  const relus = relusIn(train).map(({ name, node }) => ({ name, dead: output(`dead in ${name}`, deadShare(node)) }));
  const each = lossOfEach(program);
  const losses = each && output("losses", each);
  const predictions = feedKeys(program).map(({ judged, target }) => {
    const name = judged.name || "output";
    return { judged, target, prediction: output(`prediction of ${name}`, program.sources.predict.outputs[name]!) };
  });
  const written = makeGraph("statistics", outputs, [], train.names, train.gradientOf);
  const call = optimizeTraining(written, program.budget);
  const computation = { inputs: feedsOf(program), variables: variablesOf([call], call.names), call };
  return { computation, weights, relus, inputs: Object.keys(program.model.inputs), losses, predictions };
}

/** The rectifiers of the forward pass whose last axis is one of units, each with a name of its own. */
function relusIn({ nodes, names }: Graph): { readonly name: string; readonly node: Node }[] {
  const counts = new Map<string, number>();
  const isRelu = (node: Node) => node.part === "forward" && (isOp(node, "relu") || isOp(node, "relu6"));
  return nodes
    .filter((node) => isRelu(node) && node.rank > 1 && typeof node.shape.at(-1) === "number")
    .map((node) => {
      const layer = layerOf(node, names);
      const count = (counts.get(layer) ?? 0) + 1;
      counts.set(layer, count);
      return { name: count === 1 ? layer : `${layer} (${count})`, node };
    });
}

/** The layer that a rectifier belongs to: its own, or that whose result it takes. */
function layerOf(node: Node, names: Names): string {
  const scope = node.scope ?? node.inputs[0]!.scope;
  return (scope && names.get(scope)) ?? node.op;
}

/** The share of units, along the last axis, whose greatest value is 0. */
function deadShare(node: Node): Node {
  return within({ part: "metric" }, () => {
    const axes = node.shape.slice(0, -1).map((_, axis) => axis);
    const greatest = b.op("max", [node], { axes, keepDims: false });
    return meanOf(asNumbers(b.op("equal", [greatest, b.scalar(0)])));
  });
}

/** The loss of each sample, of all outputs with their weights: the mean over a sample's places. */
function lossOfEach({ judged, sources: { evaluate }, model }: Program): Node | undefined {
  const batch = inputNodes(model.inputs).values().next().value!.shape[0]!;
  const summed = judged.length === 0 ? [{ name: "", lossWeight: 1 }] : judged;
  return within({ part: "metric" }, () => {
    const losses = summed.map(({ name, lossWeight }) => {
      const total = evaluate.outputs[name === "" ? "loss" : `${name}_loss`];
      const values = total && isOp(total, "sum") ? total.inputs[0] : undefined;
      if (!values || values.shape[0] !== batch || isOfBatch(values, batch)) return undefined;
      const axes = values.shape.slice(1).map((_, i) => i + 1);
      const means = axes.length === 0 ? values : b.op("mean", [values], { axes, keepDims: false });
      return scaled(means, lossWeight);
    });
    return losses.every((one) => one !== undefined) ? losses.reduce(plus) : undefined;
  });
}

/** Whether values stand for each sample that are one for the whole batch: see `forEachSample`. */
function isOfBatch(values: Node, batch: Dim): boolean {
  return isOp(values, "broadcastTo") && !isOfSamples(values.inputs[0]!, batch);
}
