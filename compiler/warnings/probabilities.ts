import { isOp } from "../../src/ir/node.js";
import { lastLayer, lastOf } from "./last-layer.js";
import type { Check } from "./warning.js";

/** An output that is a softmax or a sigmoid, where the loss applies its own. */
export const probabilities: Check = ({ model, judged }) =>
  judged.flatMap(({ output, loss }) => {
    const last = lastOf(output);
    if (!loss.fromLogits || !(isOp(last, "softmax") || isOp(last, "sigmoid"))) return [];
    return `${lastLayer(last, model.names)} ends in ${last.op}, but ${loss.name}({ fromLogits: true }) applies ${loss.activation ?? "one"} itself: leave one of the two out`;
  });
