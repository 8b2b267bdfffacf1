import { bodiesOf } from "../../src/ir/body.js";
import { showName } from "../../src/ir/checkName.js";
import { descendants, type Graph, graphOfBody } from "../../src/ir/graph.js";
import { isOp, type Names, type Node, nodeOf } from "../../src/ir/node.js";
import type { TensorLike } from "../../src/ir/tensor.js";
import { controlOf } from "../../src/ops/registry.js";
import type { Dim } from "../../src/types/dim.js";
import { show } from "../../src/types/show.js";
import type { Check } from "./warning.js";

/**
 * What mixes samples, in what a model computes in prediction. A model that is given relations between its samples, such as the edges
 * of a graph, [nodes, nodes], mixes them on purpose.
 */
export const batchReduction: Check = ({ model, judged, sources: { predict } }) => {
  const batch = judged[0]?.output.shape[0];
  // Of a model alone, it is not known that its first axis counts samples.
  if (batch === undefined) return [];
  const inputs = Object.values<TensorLike>(model.inputs).map((tensor) => nodeOf(tensor));
  if (inputs.some(({ shape }) => shape.lastIndexOf(batch) > 0)) return [];
  return mixedIn(predict, { batch, names: model.names }, (node) => isOp(node, "input"));
};

interface Of {
  readonly batch: Dim;
  readonly names: Names;
}

/** What can be said to a layer that mixes samples, by its kind. */
const remedies: Readonly<Record<string, string>> = {
  melSpectrogram:
    "its topDb counts from the loudest of the whole batch, as Keras has it; { topDb: Infinity } leaves it out",
};

/** The messages for a graph and the bodies of its loops. What a body takes with an axis of samples, is of samples. */
function mixedIn(graph: Graph, of: Of, isSamples: (node: Node) => boolean): string[] {
  const { batch, names } = of;
  const ofSamples = descendants(graph, isSamples);
  const answering = behind(Object.values(graph.outputs));
  return graph.nodes.flatMap((node) => {
    if (node.part !== "forward" || !answering.has(node)) return [];
    const within = bodiesOf(node).flatMap(([, body]) => {
      return mixedIn(graphOfBody(body), of, (inner) => isOp(inner, "input") && inner.shape.includes(batch));
    });
    if (within.length > 0) return within;
    const x = mixedInput(node);
    if (!x || !ofSamples.has(x)) return [];
    const axes = axesMixed(node, x);
    if (!axes.some((axis) => x.shape[axis] === batch)) return [];
    const rest = x.shape.flatMap((dim, axis) => (dim === batch ? [] : [axis]));
    const { scope } = node;
    const layer = scope && names.get(scope);
    const axesAlone = axes.length > 1 && rest.length > 0 && !layer;
    const remedy = axesAlone
      ? `reduce the other axes alone, { axis: [${rest.join(", ")}] }`
      : scope && remedies[scope.kind];
    const by = `${(layer ? undefined : node.call?.name) ?? node.op} of ${show(x.shape)} over "${batch}"${layer ? ` in the layer ${showName(layer)}` : ""}`;
    const fault = "in prediction, the output for a sample depends on the other samples of its batch";
    return `${fault}, by ${by}${remedy ? `: ${remedy}` : ""}`;
  });
}

/** All that outputs are computed from. What `addLoss` adds to the loss is none of it. */
function behind(outputs: readonly Node[]): Set<Node> {
  const found = new Set<Node>();
  const rest = [...outputs];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    for (const given of isOp(node, "addLoss") ? node.inputs.slice(0, 1) : node.inputs) rest.push(given);
  }
  return found;
}

/** What a node may mix: of a loop that carries something on, its first sequence; of a choice nothing, but within its bodies. */
function mixedInput(node: Node): Node | undefined {
  const control = controlOf(node);
  if (!control) return node.inputs[0];
  if (control.kind === "choice") return undefined;
  const { body, carries, sequences } = control;
  const changes = body.results.slice(0, carries).some((next, i) => next !== body.parameters[i]);
  return changes && sequences > 0 ? node.inputs[carries] : undefined;
}

/** The axes of an input that a node sums up, goes along or chooses from. */
function axesMixed(node: Node, x: Node): readonly number[] {
  if (controlOf(node)) return [0];
  if ("axes" in node.attributes) return node.attributes.axes as readonly number[];
  if (isOp(node, "argMax")) return [node.attributes.axis];
  if (isOp(node, "dot") || isOp(node, "softmax") || isOp(node, "logSoftmax")) return [x.rank - 1];
  if (isOp(node, "matmul")) return [x.rank - (node.attributes.transposeA ? 2 : 1)];
  return [];
}
