import { ShapewrightError } from "../src/ir/errors.js";
import { topologicalOrder } from "../src/ir/graph.js";
import { isOp, type Names, type Node } from "../src/ir/node.js";
import { within } from "../src/ir/place.js";
import { hash } from "../src/ir/random.js";
import type { TrainingContext, TrainingRule } from "../src/ir/training.js";
import { builder as b } from "../src/ops/builder.js";
import { definitionOf } from "../src/ops/registry.js";
import { withInputs } from "./passes/rewrite.js";

/** A model as it is in training. */
export interface Specialized {
  readonly outputs: readonly Node[];
  /** The next values of variables that layers change, such as moving statistics. */
  readonly nextValues: ReadonlyMap<Node<"variable">, Node>;
}

/**
 * Outputs as they are computed in training: every op becomes what its rule for training says. What an op draws depends on the
 * step's number, the seed, and the name of its layer.
 *
 * @param changes whether training changes a variable; a layer that would move one that it leaves alone is as in prediction
 */
export function specializeTraining(
  outputs: readonly Node[],
  steps: Node,
  names: Names,
  seed: number,
  changes: (variable: Node) => boolean = () => true,
): Specialized {
  const next = new Map<Node<"variable">, Node>();
  const trained = specialize(outputs, keysFor(steps, names, seed), {
    changes,
    current: (variable) => next.get(variable as Node<"variable">) ?? variable,
    set: (variable, value) => next.set(variable, value),
  });
  return { outputs: trained, nextValues: next };
}

/** The variables that change in a step. */
interface State {
  changes(variable: Node): boolean;
  current(variable: Node): Node;
  set(variable: Node<"variable">, value: Node, by: Node): void;
}

/** Nodes as they are in training; `keyFor` gives the key of what a node draws. */
function specialize(nodes: readonly Node[], keyFor: (node: Node) => Node, state: State): Node[] {
  const trained = new Map<Node, Node>();
  /** What takes the place of the results of ops that have several. */
  const replaced = new Map<Node, readonly Node[]>();
  for (const node of topologicalOrder(nodes)) {
    const results = isOp(node, "result") ? replaced.get(node.inputs[0]!) : undefined;
    if (isOp(node, "result") && results) {
      trained.set(node, results[node.attributes.index]!);
      continue;
    }
    const inputs = node.inputs.map((input) => trained.get(input)!);
    const made = within(node, () => trainedBy(node, inputs, keyFor, state));
    if (made && node.results) replaced.set(node, made);
    trained.set(node, made && !node.results ? made[0]! : withInputs(node, inputs));
  }
  return nodes.map((node) => trained.get(node)!);
}

/** What takes the place of a node's results in training; nothing where it stays. Its next values are set. */
function trainedBy(node: Node, inputs: readonly Node[], keyFor: (node: Node) => Node, state: State) {
  const rule = definitionOf(node.op).training as TrainingRule<Node["op"]> | undefined;
  const context: TrainingContext<Node["op"]> = {
    b,
    node,
    inputs,
    key: () => keyFor(node),
    current: state.current,
    inside: (results, keyInside) => specialize(results, (inner) => keyInside(keyFor(inner)), noState),
  };
  const made = rule?.(context);
  const { scope } = node;
  const next = within({ part: "state", scope }, () => made?.nextValues?.() ?? []);
  if (next.some(([variable]) => !state.changes(variable))) return undefined;
  for (const [variable, value] of next) state.set(variable as Node<"variable">, value, node);
  return made?.results;
}

/** In a loop, nothing has a next value: a variable is read once and written once in a step. */
const noState: State = {
  changes: () => true,
  current: (variable) => variable,
  set(_variable, _value, { op }) {
    const message = `${op}: changes variables in training, which nothing can inside of a loop; apply it before or after`;
    throw new ShapewrightError("SW_VALUE", message, op);
  },
};

/** Keys for what nodes draw: the step's number, folded into one of the seed, the layer's name and how often it has drawn. */
function keysFor(steps: Node, names: Names, seed: number): (node: Node) => Node {
  const uses = new Map<string, number>();
  return ({ scope }) => {
    const layer = (scope && names.get(scope)) ?? "";
    const used = uses.get(layer) ?? 0;
    uses.set(layer, used + 1);
    const own = hash(used === 0 ? layer : `${layer} ${used}`);
    const key = b.constant({ shape: [2], dtype: "int32", data: Int32Array.of(seed, own) });
    return b.op("foldIn", [key, steps]);
  };
}
