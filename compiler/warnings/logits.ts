import { isOp, type Node } from "../../src/ir/node.js";
import { lastLayer, lastOf } from "./last-layer.js";
import type { Check } from "./warning.js";

/** An output of any size and sign, where the loss takes probabilities. */
export const logits: Check = ({ model, judged }) =>
  judged.flatMap(({ output, loss }) => {
    const last = lastOf(output);
    if (!loss.activation || loss.fromLogits || !isUnbounded(last)) return [];
    const what = isWeighted(last) ? "has no activation" : `ends in ${last.op}`;
    const said = `${lastLayer(last, model.names)} ${what}, but ${loss.name}() takes probabilities`;
    if (loss.alwaysSo) return `${said}: ${isWeighted(last) ? "give it" : `in its place, use`} ${loss.activation}`;
    const remedy =
      isWeighted(last) || isOp(last, "logSoftmax") ? `, or give it ${loss.activation}` : `, and leave ${last.op} out`;
    return `${said}: write ${loss.name}({ fromLogits: true })${remedy}`;
  });

/** Whether it is for sure that values may be negative: what else is a probability may be, however it is computed. */
function isUnbounded(node: Node): boolean {
  return (
    isWeighted(node) || isOp(node, "logSoftmax") || isOp(node, "tanh") || isOp(node, "elu") || isOp(node, "leakyRelu")
  );
}

const products: readonly string[] = ["dot", "conv1d", "conv2d", "conv3d"];

/** Whether a node is a product with a trainable weight, with a bias or without. */
function isWeighted(node: Node): boolean {
  if (products.includes(node.op)) return isTrainable(node.inputs[1]!);
  return isOp(node, "add") && isTrainable(node.inputs[1]!) && isWeighted(node.inputs[0]!);
}

function isTrainable(node: Node): boolean {
  return isOp(node, "variable") && node.attributes.trainable;
}
