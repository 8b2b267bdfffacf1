import { appendTo } from "../../src/ir/appendTo.js";
import { elementCount } from "../../src/ir/array.js";
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
  const layers = [...membersOf(graph)].map(([name, nodes]) => summaryOf(name, nodes, dims));
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

/** The nodes of each layer, in the graph's order. An input is a line of its own, and so is a constant that layers share. */
function membersOf(graph: Graph): Map<string, Node[]> {
  const layers = layersOf(graph, kindsOf(graph));
  const firstReader = new Map<Node, Node>();
  for (const node of graph.nodes) {
    for (const input of node.inputs) if (!firstReader.has(input)) firstReader.set(input, node);
  }
  const members = new Map<string, Node[]>();
  for (const node of graph.nodes) {
    if (isOp(node, "constant")) continue;
    const reader = isOp(node, "variable") ? firstReader.get(node) : undefined;
    const name = layers.get(node) ?? (reader && layers.get(reader)) ?? graph.names.get(node) ?? node.op;
    appendTo(members, name, node);
  }
  return members;
}

function summaryOf(name: string, nodes: readonly Node[], dims: DimSizes): LayerSummary {
  const { shape, dtype } = nodes.findLast((node) => !isOp(node, "variable")) ?? nodes[0]!;
  return {
    name,
    kind: kindOf(nodes),
    shape,
    dtype,
    parameters: total(nodes, (node) => (isOp(node, "variable") ? parametersOf(node) : 0)),
    flops: total(nodes, (node) => nodeCost(node, dims).flops),
  };
}

/** The kind of layer that made the nodes; what no layer made is called like its first op. */
function kindOf(nodes: readonly Node[]): string {
  const made = nodes.find(({ scope }) => scope !== undefined);
  return made?.scope?.kind ?? nodes.find((node) => !isOp(node, "variable"))?.op ?? "variable";
}

/** A variable's shape has no names in it. */
function parametersOf(variable: Node): number {
  return elementCount(variable.shape as number[]);
}
