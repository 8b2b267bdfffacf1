import { ShapewrightError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import { sameShape } from "../types/same-shape.js";
import { show } from "../types/show.js";

/**
 * Refuses targets that are no answers to yes-or-no questions, such as class numbers, in words of the metric: its ops would speak
 * of themselves.
 *
 * @throws SW_SHAPE
 */
export function checkAnswers(metric: string, output: Node, target: Node): void {
  if (target.dtype === "float32" && sameShape(output.shape, target.shape)) return;
  const message =
    `${metric}: takes a target for each output, float32 ${show(output.shape)}, got ${target.dtype} ${show(target.shape)}; ` +
    "it is for yes-or-no questions, as binaryCrossentropy is";
  throw new ShapewrightError("SW_SHAPE", message, metric);
}
