import type { Body } from "../../src/ir/body.js";
import { type Control, firstCaptured } from "../../src/ir/control.js";
import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node, type OpName } from "../../src/ir/node.js";
import type { OpDefinition } from "../../src/ir/op.js";
import { controlOf, definitionOf } from "../../src/ops/registry.js";
import { peakMemory } from "./memory.js";
import { bytesOf, bytesOfResults, type DimSizes, isSource, isView, sizesOf, total } from "./sizes.js";

/** What running something once costs. */
export interface Cost {
  /**
   * Operations on numbers; a multiplication with an addition counts 2. What counts is said at `flops` in src/ir/op.ts. Of a loop that a
   * condition ends they are those of one round, of a choice those of the dearer way.
   */
  readonly flops: number;
  /** Bytes read and written: of all inputs, and of all results. */
  readonly bytes: number;
}

/** What a graph costs, and the memory that it takes. */
export interface GraphCost extends Cost {
  readonly nodes: number;
  /** The most memory that values take at once, in bytes; see `peakMemory`. */
  readonly peakBytes: number;
  /** The trainable variables of the graph, in bytes. */
  readonly parameterBytes: number;
  /** All other variables: the optimizer's slots, the number of steps. */
  readonly stateBytes: number;
}

/**
 * What running a node once costs. What is there already (inputs, variables, constants) costs nothing, and neither does a
 * reshape: the memory stays the same.
 *
 * @param dims the size of every named dim
 */
export function nodeCost(node: Node, dims: DimSizes): Cost {
  if (isSource(node) || isView(node) || isOp(node, "result")) return { flops: 0, bytes: 0 };
  const definition = definitionOf(node.op) as OpDefinition<OpName>;
  const inputs = node.inputs.map((input) => sizesOf(input.shape, dims));
  const flops = definition.flops({ inputs, shape: sizesOf(node.shape, dims), attributes: node.attributes });
  const inner = costOfBodies(node, dims);
  const control = controlOf(node);
  // What a body captures is read by the nodes within alone.
  const read = control ? node.inputs.slice(0, firstCaptured(control)) : node.inputs;
  return {
    flops: flops + inner.flops,
    bytes: inner.bytes + total(read, (value) => bytesOf(value, dims)) + bytesOfResults(node, dims),
  };
}

/** What the bodies of a node cost: all rounds together, of which a loop that ends by a condition counts one; of a choice, the dearer. */
export function costOfBodies(node: Node, dims: DimSizes): Cost {
  const control = controlOf(node);
  if (!control) return { flops: 0, bytes: 0 };
  const costs = bodiesRun(control).map((body) => body.nodes.map((inner) => nodeCost(inner, dims)));
  const of = (what: keyof Cost) => costs.map((inner) => total(inner, (cost) => cost[what]));
  if (control.kind === "choice") return { flops: Math.max(...of("flops")), bytes: Math.max(...of("bytes")) };
  const times = roundsOf(control, dims);
  const sum = (numbers: readonly number[]) => times * total(numbers, (number) => number);
  return { flops: sum(of("flops")), bytes: sum(of("bytes")) };
}

/** How often bodies are run, as far as it is known: where a condition says so, once. */
export function roundsOf(control: Control, dims: DimSizes): number {
  return control.kind === "loop" && !control.condition ? sizesOf([control.length!], dims)[0]! : 1;
}

function bodiesRun(control: Control): readonly Body[] {
  if (control.kind === "choice") return [control.ifTrue, control.ifFalse];
  return control.condition ? [control.condition, control.body] : [control.body];
}

/**
 * What running a graph once costs.
 *
 * @param dims the size of every named dim
 * @example
 * graphCost(program.train, new Map([["batch", 128]])).flops;
 */
export function graphCost(graph: Graph, dims: DimSizes): GraphCost {
  const costs = graph.nodes.map((node) => nodeCost(node, dims));
  const [trainable, others] = [true, false].map((wanted) =>
    graph.nodes.filter((node) => isOp(node, "variable") && node.attributes.trainable === wanted),
  );
  return {
    nodes: graph.nodes.length,
    flops: total(costs, ({ flops }) => flops),
    bytes: total(costs, ({ bytes }) => bytes),
    peakBytes: peakMemory(graph, dims).bytes,
    parameterBytes: total(trainable!, (node) => bytesOf(node, dims)),
    stateBytes: total(others!, (node) => bytesOf(node, dims)),
  };
}
