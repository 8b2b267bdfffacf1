import { ShapewrightError } from "../../ir/errors.js";
import type { Node } from "../../ir/node.js";
import type { InRange } from "../../ir/op.js";

const op = "sparseSoftmaxCrossEntropyWithLogits";

/** The error of a label that is no class: its loss would be 0, or another row's. */
export function noClass(label: number, classes: number): ShapewrightError {
  return new ShapewrightError("SW_DATA", `${op}: the label ${label} is none of the classes 0 to ${classes - 1}`, op);
}

/** Which numbers have to be classes, of an op that takes logits and labels. */
export function labelsInRange({ inputs: [logits, labels] }: Node): InRange {
  return { numbers: labels!, size: logits!.shape.at(-1)! };
}
