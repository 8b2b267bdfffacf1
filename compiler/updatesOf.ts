import { showName } from "../src/ir/checkName.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { type Graph, makeGraph } from "../src/ir/graph.js";
import { isOp, type Node, type Scope } from "../src/ir/node.js";
import { within } from "../src/ir/place.js";
import { refuse } from "../src/ir/refuse.js";
import type { Model } from "../src/model.js";
import { builder as b } from "../src/ops/builder.js";
import { isOptimizerState, optimizerState } from "../src/optimizerState.js";
import { constrainedValues } from "../src/optimizers/constrainedValues.js";
import {
  type KeptVariable,
  keptNode,
  nextValuesOf,
  rateAt,
  scheduleState,
  slotsFor,
  stateOf,
} from "../src/optimizers/given-optimizer.js";
import type { NextValues, Optimizer, Parameter } from "../src/optimizers/optimizer.js";
import { sameShape } from "../src/types/same-shape.js";
import { gradientNodes } from "./autodiff/gradients.js";
import type { EvaluatedAs } from "./evaluatedAs.js";

/** What updates are made among; `names` and `gradientOf` are added to. */
export interface UpdateSurroundings {
  readonly steps: Node<"variable">;
  readonly names: Map<Node | Scope, string>;
  readonly gradientOf: Map<Node, Node[]>;
}

/**
 * The next values of every trainable variable and of what the optimizer keeps for it, with what stands for them in evaluation, the last
 * variable's first: that is the order in which the backward pass comes to them, so that what a layer kept for it is freed with that layer's
 * updates.
 */
export function updatesOf(
  { variables, names: modelNames }: Model<any, any>,
  loss: Node,
  optimizer: Optimizer,
  { steps, names, gradientOf }: UpdateSurroundings,
): { readonly next: NextValues; readonly standIns: EvaluatedAs } {
  const trainable = [...variables].filter(([, variable]) => variable.attributes.trainable);
  if (trainable.length === 0) {
    throw new ShapewrightError("SW_VALUE", "compile: the model has no trainable variable", "compile");
  }
  const layers = [...modelNames].flatMap(([named, name]) => ("op" in named ? [] : [name]));
  optimizer.checkNames?.([...layers, ...variables.keys()]);
  const wanted = trainable.map(([, variable]) => variable);
  const gradients = within({ part: "backward" }, () => gradientNodes(loss, wanted, gradientOf));
  return within({ part: "update" }, () => {
    const scheduled = keep(scheduleState("compile", optimizer), "", names);
    const learningRate = rateAt("compile", b, optimizer, steps, scheduled);
    const parameters = trainable.map(([name, variable], i) => {
      const slots = keep(slotsFor("compile", optimizer, name, variable.attributes.shape), name, names);
      return { name, variable, slots, gradient: gradients[i]!, learningRate };
    });
    const state = keep(stateOf("compile", optimizer), "", names);
    checkKeptNames(names);
    const standIns = new Map(parameters.flatMap((parameter) => standInOf(optimizer, parameter)));
    const stepped = nextValuesOf("compile", optimizer, { b, parameters: parameters.reverse(), steps, state });
    return { next: constrainedValues("compile", stepped), standIns };
  });
}

/** What stands for a variable in evaluation, if something does. */
function standInOf(optimizer: Optimizer, { name, variable, slots }: Parameter): [Node, Node<"variable">][] {
  const slot = optimizer.evaluatedAs?.(name);
  if (slot === undefined) return [];
  const kept = slots[slot];
  const fault = `compile: what stands for "${name}" in evaluation is to be kept for it, of its shape, but ${showName(slot)} is not`;
  if (!kept || kept.dtype !== variable.dtype || !sameShape(kept.shape, variable.shape)) {
    throw new ShapewrightError("SW_VALUE", fault, "compile");
  }
  return [[variable, kept]];
}

/** Counts steps, where something in the graph depends on their number, or evaluation does: by it, what stands for variables is there. */
export function withStepCount(graph: Graph, steps: Node<"variable">, standIns: EvaluatedAs): Graph {
  if (standIns.size === 0 && !graph.nodes.includes(steps)) return graph;
  const next = within({ part: "update" }, () => b.op("add", [steps, b.scalar(1, "int32")]));
  return makeGraph(graph.name, graph.outputs, [...graph.updates, [steps, next]], graph.names, graph.gradientOf);
}

/** Variables that the optimizer keeps, by the names of what it keeps. */
function keep(
  wanted: Readonly<Record<string, KeptVariable>>,
  owner: string,
  names: Map<Node | Scope, string>,
): Record<string, Node<"variable">> {
  const kept = Object.entries(wanted).map(([name, variable]): [string, Node<"variable">] => {
    const node = keptNode(name, variable);
    names.set(node, `${optimizerState}${owner && `${owner}/`}${name}`);
    return [name, node];
  });
  return Object.fromEntries(kept);
}

/** Refuses two of what is kept under one name, such as a state named "steps". */
function checkKeptNames(names: ReadonlyMap<Node | Scope, string>): void {
  const kept = new Set<string>();
  for (const [named, name] of names) {
    if (!("op" in named) || !isOp(named, "variable") || !isOptimizerState(name)) continue;
    const message = `compile: two of what the optimizer keeps are named "${name}"; give each its own name`;
    refuse("SW_NAME", "compile", kept.has(name) ? message : undefined);
    kept.add(name);
  }
}
