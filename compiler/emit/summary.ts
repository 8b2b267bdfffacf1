import { appendTo } from "../../src/ir/appendTo.js";
import { elementCount } from "../../src/ir/array.js";
import { bodiesOf, withinBodies } from "../../src/ir/body.js";
import type { DType } from "../../src/ir/dtype.js";
import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { Model } from "../../src/model.js";
import type { Dim } from "../../src/types/dim.js";
import { nodeCost } from "../analysis/cost.js";
import { bytesOf, type DimSizes, total } from "../analysis/sizes.js";
import { predictionGraph } from "../predictionGraph.js";
import { kindsOf } from "./diagram/kinds.js";
import { layersOf } from "./diagram/layers.js";

/** One line of a model's summary: an input, a layer, or an op outside of layers. */
export interface LayerSummary {
  readonly name: string;
  /** What it does: `dense`, `conv2d`, `add`, … */
  readonly kind: string;
  /** Its result's shape and dtype. */
  readonly shape: readonly Dim[];
  readonly dtype: DType;
  /** How many numbers its variables hold. A variable that several layers use is counted with the first. */
  readonly parameters: number;
  /** Of a forward pass. */
  readonly flops: number;
}

/** A model layer by layer, and in all. */
export interface ModelSummary {
  readonly layers: readonly LayerSummary[];
  readonly parameters: { readonly trainable: number; readonly nonTrainable: number; readonly bytes: number };
  /** Of a forward pass. */
  readonly flops: number;
}

/**
 * Lists a model's layers in the order of the computation, as Keras does.
 *
 * @param dims the size of every named dim, for FLOPs
 */
export function summarize(model: Model<any, any>, dims: DimSizes): ModelSummary {
  const graph = predictionGraph(model);
  const inLoops = layersInLoops(graph);
  const layers = [...membersOf(graph)].map(([name, nodes]) => summaryOf(name, nodes, dims, inLoops.get(name)));
  const variables = graph.nodes.filter((node) => isOp(node, "variable"));
  const count = (trainable: boolean) =>
    total(variables, (node) => (node.attributes.trainable === trainable ? parametersOf(node) : 0));
  return {
    layers,
    parameters: {
      trainable: count(true),
      nonTrainable: count(false),
      bytes: total(variables, (node) => bytesOf(node, dims)),
    },
    flops: total(layers, ({ flops }) => flops),
  };
}

/**
 * The nodes of each layer. An input is a line of its own, and so is a constant that layers share. Layers come in the order in
 * which the data reaches them, those that are called within a loop before it.
 */
function membersOf(graph: Graph): Map<string, Node[]> {
  const layers = layersOf(graph, kindsOf(graph));
  const firstReader = new Map<Node, Node>();
  for (const node of graph.nodes) {
    for (const input of node.inputs) if (!firstReader.has(input)) firstReader.set(input, node);
  }
  const nameOf = (node: Node) => {
    const reader = isOp(node, "variable") ? firstReader.get(node) : undefined;
    return layers.get(node) ?? (reader && layers.get(reader)) ?? graph.names.get(node) ?? node.op;
  };
  const members = new Map(inOrderOfData(graph).map((node): [string, Node[]] => [nameOf(node), []]));
  for (const node of graph.nodes) if (!isOp(node, "constant")) appendTo(members, nameOf(node), node);
  return members;
}

/** The nodes that the data reaches, each after the weights that it reads. */
function inOrderOfData(graph: Graph): Node[] {
  const reached = new Set<Node>();
  for (const node of graph.nodes) {
    if (isOp(node, "input") || node.inputs.some((input) => reached.has(input))) reached.add(node);
  }
  return [...reached].flatMap((node) => [...node.inputs.filter((input) => isOp(input, "variable")), node]);
}

/** What layers compute that are called within a loop, by their names. Outside of it there are their weights alone. */
function layersInLoops({ nodes, names }: Graph): Map<string, Node> {
  const inside = nodes.flatMap((node) => bodiesOf(node).flatMap(([, body]) => withinBodies(body.nodes)));
  return new Map(inside.flatMap((node) => (node.scope ? [[names.get(node.scope)!, node] as const] : [])));
}

function summaryOf(name: string, nodes: readonly Node[], dims: DimSizes, inLoop: Node | undefined): LayerSummary {
  const { shape, dtype } = nodes.findLast((node) => !isOp(node, "variable")) ?? inLoop ?? nodes[0]!;
  return {
    name,
    kind: kindOf(name, nodes),
    shape,
    dtype,
    parameters: total(nodes, (node) => (isOp(node, "variable") ? parametersOf(node) : 0)),
    flops: total(nodes, (node) => nodeCost(node, dims).flops),
  };
}

/**
 * The kind of layer that made the nodes, or the function that did; what neither made is called like its op: the one it is named after, or
 * the first.
 */
function kindOf(name: string, nodes: readonly Node[]): string {
  const made = nodes.find(({ scope }) => scope !== undefined);
  const ops = nodes.filter((node) => !isOp(node, "variable")).map(({ op }) => op);
  const [called] = nodes.flatMap(({ call }) => (call?.within ?? call)?.name ?? []);
  return made?.scope?.kind ?? called ?? ops.find((op) => name.replace(/_\d+$/, "") === op) ?? ops[0] ?? "variable";
}

/** A variable's shape has no names in it. */
function parametersOf(variable: Node): number {
  return elementCount(variable.shape as number[]);
}
