import { isOp } from "../../src/ir/node.js";
import { lastLayer, lastOf } from "./last-layer.js";
import type { Check } from "./warning.js";

/** An output that is a softmax or a sigmoid, where the loss applies its own. */
export const probabilities: Check = ({ model, judged }) =>
  judged.flatMap(({ output, loss }) => {
    const last = lastOf(output);
    if (!loss.fromLogits || !(isOp(last, "softmax") || isOp(last, "sigmoid"))) return [];
    const said = `${lastLayer(last, model.names)} ends in ${last.op}, but ${loss.name}`;
    if (loss.alwaysSo) return `${said}() applies ${loss.activation ?? "one"} itself: leave it out`;
    return `${said}({ fromLogits: true }) applies ${loss.activation ?? "one"} itself: leave one of the two out`;
  });
