import { constantInitializer } from "../src/initializers/constantInitializer.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { type Graph, makeGraph } from "../src/ir/graph.js";
import type { Node, Scope } from "../src/ir/node.js";
import { makeNode } from "../src/ir/op.js";
import { within } from "../src/ir/place.js";
import { type Model, optimizerState } from "../src/model.js";
import { builder as b } from "../src/ops/builder.js";
import { variableOp } from "../src/ops/variable.js";
import { type NextValues, type Optimizer, rateAt } from "../src/optimizers/optimizer.js";
import { gradientNodes } from "./autodiff/gradients.js";

/** What updates are made among; `names` and `gradientOf` are added to. */
export interface UpdateSurroundings {
  readonly steps: Node<"variable">;
  readonly names: Map<Node | Scope, string>;
  readonly gradientOf: Map<Node, Node[]>;
}

/**
 * The next values of every trainable variable and of what the optimizer keeps for it, the last variable's first: that is the order in
 * which the backward pass comes to them, so that what a layer kept for it is freed with that layer's updates.
 */
export function updatesOf(
  { variables }: Model<any, any>,
  loss: Node,
  optimizer: Optimizer,
  { steps, names, gradientOf }: UpdateSurroundings,
): NextValues {
  const trainable = [...variables].filter(([, variable]) => variable.attributes.trainable);
  if (trainable.length === 0) {
    throw new ShapewrightError("SW_VALUE", "compile: the model has no trainable variable", "compile");
  }
  const wanted = trainable.map(([, variable]) => variable);
  const gradients = within({ part: "backward" }, () => gradientNodes(loss, wanted, gradientOf));
  return within({ part: "update" }, () => {
    const learningRate = rateAt(b, optimizer, steps);
    const parameters = trainable.map(([name, variable], i) => {
      const { shape } = variable.attributes;
      const slots = keep(optimizer.slots(name), name, shape, "float32", names);
      return { name, variable, slots, gradient: gradients[i]!, learningRate };
    });
    const state = keep(optimizer.state ?? {}, "", [], "int32", names);
    return optimizer.step({ b, parameters: parameters.reverse(), steps, state });
  });
}

/** Counts steps, where something in the graph depends on their number. */
export function withStepCount(graph: Graph, steps: Node<"variable">): Graph {
  if (!graph.nodes.includes(steps)) return graph;
  const next = within({ part: "update" }, () => b.op("add", [steps, b.scalar(1, "int32")]));
  return makeGraph(graph.name, graph.outputs, [...graph.updates, [steps, next]], graph.names, graph.gradientOf);
}

/** Variables that the optimizer keeps, of a shape, by the names of what it keeps. */
function keep(
  starts: Readonly<Record<string, number>>,
  owner: string,
  shape: readonly number[],
  dtype: "float32" | "int32",
  names: Map<Node | Scope, string>,
): Record<string, Node<"variable">> {
  const kept = Object.entries(starts).map(([name, start]): [string, Node<"variable">] => {
    const initializer = constantInitializer(start);
    const node = makeNode(variableOp, [], { name, shape, dtype, initializer, trainable: false });
    names.set(node, `${optimizerState}${owner && `${owner}/`}${name}`);
    return [name, node];
  });
  return Object.fromEntries(kept);
}
