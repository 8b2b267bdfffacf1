import { ShapewrightError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import { builder as b } from "../ops/builder.js";
import { sameShape } from "../types/same-shape.js";
import { show } from "../types/show.js";

/**
 * Class numbers, of targets that are rows with the largest number at their class.
 *
 * @throws SW_SHAPE where targets are no rows like the outputs
 */
export function classOfRows(metric: string, output: Node, target: Node): Node {
  if (target.dtype === "float32" && output.rank > 0 && sameShape(output.shape, target.shape)) return best(target);
  const message =
    `${metric}: takes targets [..., classes] like the output, float32 ${show(output.shape)}, got ${target.dtype} ` +
    show(target.shape);
  throw new ShapewrightError("SW_SHAPE", message, metric);
}

/**
 * Class numbers, of targets that are that.
 *
 * @throws SW_SHAPE where they are not, or not one for each row of the outputs
 */
export function classNumbers(metric: string, output: Node, target: Node): Node {
  if (target.dtype === "int32" && output.rank > 0 && sameShape(output.shape.slice(0, -1), target.shape)) return target;
  const message =
    `${metric}: takes an output [..., classes] and class numbers [...] of int32, got ${show(output.shape)} and ` +
    `${target.dtype} ${show(target.shape)}`;
  throw new ShapewrightError("SW_SHAPE", message, metric);
}

/** The class of the largest number of each row. */
export function best(rows: Node): Node {
  return b.op("argMax", [rows], { axis: rows.rank - 1 });
}

/**
 * Refuses targets that are not of the output's shape.
 *
 * @throws SW_SHAPE
 */
export function checkAlike(metric: string, output: Node, target: Node): void {
  if (target.dtype === "float32" && sameShape(output.shape, target.shape)) return;
  const message = `${metric}: takes targets like the output, float32 ${show(output.shape)}, got ${target.dtype} ${show(target.shape)}`;
  throw new ShapewrightError("SW_SHAPE", message, metric);
}
