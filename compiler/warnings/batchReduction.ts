import { descendants } from "../../src/ir/graph.js";
import { isOp, type Node, nodeOf } from "../../src/ir/node.js";
import type { TensorLike } from "../../src/ir/tensor.js";
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
  const inputs = Object.values<TensorLike>(model.inputs).map(nodeOf);
  if (inputs.some(({ shape }) => shape.lastIndexOf(batch) > 0)) return [];
  const ofSamples = descendants(predict, (node) => isOp(node, "input"));
  return predict.nodes.flatMap((node) => {
    const [x] = node.inputs;
    if (node.part !== "forward" || !x || !ofSamples.has(x)) return [];
    const axes = axesMixed(node, x);
    if (!axes.some((axis) => x.shape[axis] === batch)) return [];
    const rest = x.shape.flatMap((dim, axis) => (dim === batch ? [] : [axis]));
    const remedy =
      axes.length > 1 && rest.length > 0 ? `: reduce the other axes alone, { axis: [${rest.join(", ")}] }` : "";
    return `in prediction, the output for a sample depends on the other samples of its batch, by ${node.op} of ${show(x.shape)} over "${batch}"${remedy}`;
  });
};

/** The axes of its first input that a node sums up, or chooses from. */
function axesMixed(node: Node, x: Node): readonly number[] {
  if ("axes" in node.attributes) return node.attributes.axes as readonly number[];
  if (isOp(node, "argMax")) return [node.attributes.axis];
  if (isOp(node, "dot") || isOp(node, "softmax") || isOp(node, "logSoftmax")) return [x.rank - 1];
  return [];
}
