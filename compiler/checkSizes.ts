import { asCalled } from "../src/ir/asCalled.js";
import { bodiesOf, withinBodies } from "../src/ir/body.js";
import { evaluateDim } from "../src/ir/evaluate.js";
import type { Graph } from "../src/ir/graph.js";
import { isOp, type Node } from "../src/ir/node.js";
import type { Call } from "../src/ir/place.js";
import { refuse } from "../src/ir/refuse.js";
import { mapDims } from "../src/ops/mapDims.js";
import { definitionOf } from "../src/ops/registry.js";
import { checkBlock } from "../src/ops/shared/slice-shape.js";
import type { Dim } from "../src/types/dim.js";
import { show } from "../src/types/show.js";
import { askAgain } from "./askAgain.js";

/** What is known of a graph's sizes: the nodes whose rules depend on them, and the sizes that have been found to fit. */
interface Checks {
  readonly nodes: readonly Node[];
  /** What was called, of which named sizes tell whether it fits. */
  readonly calls: readonly Call[];
  readonly passed: Set<string>;
}

const known = new WeakMap<Pick<Graph, "nodes">, Checks>();

/** So many sizes are remembered, for a program that sees another size at every call. */
const mostRemembered = 1000;

/**
 * Asks the shape rules again, once the named dims have sizes: whether a block lies within an axis, or a window within an image, is
 * often known only now. Of sizes that were asked for before, this takes no time.
 *
 * @throws what the rule throws that refuses, with numbers in the place of names
 */
export function checkSizes(graph: Pick<Graph, "nodes">, dims: ReadonlyMap<string, number>): void {
  const { nodes, calls, passed } = checksOf(graph);
  if (nodes.length === 0 && calls.length === 0) return;
  const key = [...dims].join();
  if (passed.has(key)) return;
  const size = (dim: Dim) => evaluateDim(dim, dims);
  for (const call of calls) askAgain(call, size);
  for (const node of nodes) {
    try {
      checkNode(node, size);
    } catch (error) {
      throw asCalled(error, node);
    }
  }
  if (passed.size >= mostRemembered) passed.clear();
  passed.add(key);
}

function checkNode(node: Node, size: (dim: Dim) => number): void {
  const attributes = mapDims(node, size);
  const inputs = node.inputs.map((input) => ({ ...input, shape: input.shape.map(size) }));
  if (isOp(node, "slice")) {
    const block = attributes as Readonly<Record<"begin" | "size", readonly number[]>>;
    refuse("SW_SHAPE", "slice", checkBlock(inputs[0]!.shape, block.begin, block.size));
    return;
  }
  // Rules are about sizes that are written, which are none of 0 elements.
  const empty = inputs.find(({ shape }) => shape.includes(0));
  if (!empty) definitionOf(node.op).infer(inputs, attributes);
  else if (isOp(node, "argMax") && empty.shape[node.attributes.axis] === 0) {
    refuse("SW_SHAPE", node.op, `argMax: ${show(empty.shape)} has no elements along axis ${node.attributes.axis}`);
  }
  // oneDNN, which computes windows for TensorFlow, ends the process at a pool of no images, and errs in a convolution's shape.
  else if ("strides" in attributes) refuse("SW_SHAPE", node.op, `${node.op}: ${show(empty.shape)} has no elements`);
}

function checksOf(graph: Pick<Graph, "nodes">): Checks {
  const before = known.get(graph);
  if (before) return before;
  const nodes = withinBodies(graph.nodes);
  const calls = [...new Set(nodes.flatMap(({ call }) => call ?? []))].filter((call) => call.checks.length > 0);
  const checks = { nodes: nodes.filter(dependsOnSizes), calls, passed: new Set<string>() };
  known.set(graph, checks);
  return checks;
}

/**
 * Rules without attributes compare dims alone: what is equal by name is so by size. So does a loop, of what its body takes; within
 * the body each node is asked by itself.
 */
function dependsOnSizes(node: Node): boolean {
  if (node.inputs.length === 0 || isOp(node, "result") || Object.keys(node.attributes).length === 0) return false;
  if (bodiesOf(node).length > 0) return false;
  const sizes = [node, ...node.inputs].flatMap(({ shape }) => shape);
  mapDims(node, (dim) => {
    sizes.push(dim);
    return dim;
  });
  return sizes.some((dim) => typeof dim === "string");
}
