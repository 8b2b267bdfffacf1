import { dimNames } from "../../src/ir/evaluate.js";
import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import { plainUpdates } from "../passes/plainUpdates.js";
import { attribute, GraphDefBuilder } from "./graph-def.js";
import { lowerGraph } from "./lowerGraph.js";
import { placeholder } from "./nodes.js";
import type { NodeDef } from "./saved-model/generated/tensorflow_pb.js";

/** TensorFlow nodes that compute nothing: they name, hold or pass on what is there. */
const idle = new Set(["Const", "Placeholder", "VarHandleOp", "ReadVariableOp", "Identity", "NoOp"]);

/** The activations that TensorFlow's own optimiser takes into the kernel of a convolution with a bias. */
const activations = new Set(["Relu", "Relu6", "Elu", "LeakyRelu"]);

/**
 * The TensorFlow kernels that a graph becomes, by the names of TensorFlow's ops, in the order in which they are written: each
 * is one entry to the executor, which is what a small step's time goes into. A convolution, its bias and its activation are one
 * (`"Conv2D+BiasAdd+Relu"`) where nothing else reads what is in between: TensorFlow's own optimiser makes them so.
 *
 * @example
 * kernelsOf(program.train).length;
 */
export function kernelsOf(graph: Graph): string[] {
  // What every target does first, and no graph can be lowered without.
  const { nodes, fetched } = lowerAlone(plainUpdates.run(graph));
  const needed = reachable(nodes, fetched);
  const readers = countReaders(needed, fetched);
  const kernels: string[] = [];
  // Where the kernel that ends in a node stands in the list.
  const places = new Map<string, number>();
  for (const { name, op, input } of needed) {
    if (idle.has(op)) continue;
    const producer = inputName(input[0] ?? "");
    const place = readers.get(producer) === 1 ? places.get(producer) : undefined;
    if (place !== undefined && continues(kernels[place]!, op)) {
      kernels[place] += `+${op}`;
      places.set(name, place);
    } else {
      places.set(name, kernels.push(op) - 1);
    }
  }
  return kernels;
}

function continues(kernel: string, op: string): boolean {
  return kernel === "Conv2D" ? op === "BiasAdd" : kernel === "Conv2D+BiasAdd" && activations.has(op);
}

/** A graph as TensorFlow nodes, fed with everything that it needs, and the names of what is fetched of it. */
function lowerAlone(graph: Graph): { nodes: readonly NodeDef[]; fetched: ReadonlySet<string> } {
  const builder = new GraphDefBuilder();
  const feeds = new Map<Node, TensorRef>();
  const handles = new Map<Node, TensorRef>();
  const sizes = new Map<string, TensorRef>();
  for (const node of graph.nodes) {
    for (const name of node.shape.flatMap((dim) => dimNames(dim))) {
      if (!sizes.has(name)) sizes.set(name, placeholder(builder, name, "int32", []));
    }
    if (isOp(node, "input")) feeds.set(node, placeholder(builder, "input", node.dtype, node.shape));
    if (isOp(node, "variable")) {
      const attributes = { dtype: attribute.type(node.dtype), shape: attribute.shape(node.shape as number[]) };
      handles.set(node, builder.node("VarHandleOp", [], attributes, { unique: true }));
    }
  }
  const { outputs, updates } = lowerGraph(graph, { builder, feeds, handles, sizes });
  const fetched = new Set([...Object.values(outputs), ...updates].map(({ node }) => node));
  return { nodes: builder.finish().node, fetched };
}

/** The nodes that something fetched depends on, in their order. A loop's beginning reads its end, which stands behind it. */
function reachable(nodes: readonly NodeDef[], fetched: ReadonlySet<string>): NodeDef[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  // A set hands out what is added while it is gone through.
  const wanted = new Set(fetched);
  for (const name of wanted) for (const input of byName.get(name)!.input) wanted.add(inputName(input));
  return nodes.filter(({ name }) => wanted.has(name));
}

function countReaders(nodes: readonly NodeDef[], fetched: ReadonlySet<string>): Map<string, number> {
  const readers = new Map<string, number>([...fetched].map((name) => [name, 1]));
  for (const input of nodes.flatMap((node) => node.input)) {
    if (!input.startsWith("^")) readers.set(inputName(input), (readers.get(inputName(input)) ?? 0) + 1);
  }
  return readers;
}

/** The node that an input names: `^node` waits for it, `node:1` is its second output. */
function inputName(input: string): string {
  return input.replace(/^\^/, "").replace(/:\d+$/, "");
}
