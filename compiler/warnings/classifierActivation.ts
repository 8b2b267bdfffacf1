import { isOp } from "../../src/ir/node.js";
import { show } from "../../src/types/show.js";
import { lastLayer, lastOf } from "./last-layer.js";
import type { Check, JudgedOutput } from "./warning.js";

/** An output that cannot be what its loss takes: relu, or probabilities of another kind. */
export const classifierActivation: Check = ({ model, judged }) =>
  judged.flatMap((each) => messageOf(each, lastLayer(lastOf(each.output), model.names)) ?? []);

function messageOf({ output, loss }: JudgedOutput, layer: string): string | undefined {
  if (!loss.activation) return undefined;
  const last = lastOf(output);
  if (loss.activation === "softmax" && output.shape.at(-1) === 1) {
    return `${layer} gives ${show(output.shape)}, and ${loss.name} is of one class alone, whose probability is always 1: for a yes or no, use binaryCrossentropy, for classes, as many units`;
  }
  if (isOp(last, "softmax") && last.shape.at(-1) === 1) {
    return `${layer} ends in a softmax over one unit, which is always 1: use sigmoid`;
  }
  if (isOp(last, "sigmoid") && loss.activation === "softmax" && !loss.fromLogits) {
    return `${layer} ends in sigmoid, whose numbers do not sum to 1 over the classes, as ${loss.name} takes them: use softmax; where several may be right at once, binaryCrossentropy`;
  }
  if (isOp(last, "relu") || isOp(last, "relu6")) {
    return `${layer} ends in ${last.op}, which no gradient comes through below 0, and ${loss.name} takes ${loss.fromLogits ? "logits of either sign" : "probabilities"}: ${loss.fromLogits ? "leave it out" : `use ${loss.activation}`}`;
  }
  return undefined;
}
