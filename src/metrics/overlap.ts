import { array } from "../ir/array.js";
import { ShapewrightError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import { int32, listOf, natural, type OptionRule } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { sameShape } from "../types/same-shape.js";
import { classesOf, matrixOf, rowsOf } from "./class-matrix.js";
import { classNumbers, classOfRows } from "./classes.js";
import { asNumbers, minus, multiplied, over, plus, sumsOf, totalOf } from "./counting.js";
import type { NameOption, TotalsMetric } from "./metric.js";

/** Options of `meanIoU`. */
export interface MeanIoUOptions<N extends string = string, I extends number = number, Op extends string = string>
  extends NameOption<N> {
  /** The class of places that do not count, which need not be one of the output's, such as 255. @default undefined: all count */
  readonly ignoreClass?: I & CheckInt32<Op, "ignoreClass", I>;
}

export const ignoreClassRule: OptionRule = int32;

export const classIdsRule: OptionRule = {
  takes: "a list of class numbers, one at least",
  accepts: (value) => listOf(natural).accepts(value) && (value as readonly unknown[]).length > 0,
};

type Context = Parameters<TotalsMetric["totals"]>[0];

/** The matrix of classes that a batch adds up, and which of them count. */
export function matrixTotals(
  metric: string,
  context: Context,
  ignoreClass: number | undefined,
  classIds: readonly number[] = [],
): { readonly matrix: Node } {
  const { output, target } = context;
  checkClassIds(metric, classIds, classesOf(metric, output));
  const isRows = target.dtype === "float32" && sameShape(output.shape, target.shape);
  const labels = (isRows ? classOfRows : classNumbers)(metric, output, target);
  const weights = isRows ? ofRows(context.weights, output.rank) : context.weights;
  if (ignoreClass === undefined) return { matrix: matrixOf(rowsOf({ output, weights }, labels)) };
  const counts = asNumbers(b.op("notEqual", [labels, b.scalar(ignoreClass, "int32")]));
  return { matrix: matrixOf(rowsOf({ output, weights: multiplied(weights, counts) }, labels)) };
}

/** One weight for each row, where there is one for each of its elements. */
function ofRows(weights: Node, rank: number): Node {
  return weights.rank === rank ? b.op("mean", [weights], { axes: [rank - 1], keepDims: false }) : weights;
}

export function checkClassIds(metric: string, classIds: readonly number[], classes: number): void {
  const other = classIds.find((id) => id >= classes);
  if (other === undefined) return;
  const message = `${metric}: targetClassIds has ${other}, but the classes are 0 to ${classes - 1}`;
  throw new ShapewrightError("SW_VALUE", message, metric);
}

/** Keras’s: what keeps a share of nothing finite, and below which there is nothing. */
const [epsilon, nothing] = [1e-7, 1e-9];

/** The mean over some classes, or all, of what was rightly taken for a class among what is of it or was taken for it. */
export function meanOverlap(matrix: Node, classIds?: readonly number[]): Node {
  const classes = matrix.shape[0] as number;
  const eye = Float32Array.from({ length: classes ** 2 }, (_, i) => (i % (classes + 1) === 0 ? 1 : 0));
  const right = sumsOf(multiplied(matrix, b.constant(array(eye, [classes, classes]))));
  const either = minus(plus(sumsOf(matrix), b.op("sum", [matrix], { axes: [1], keepDims: false })), right);
  const places = classIds && b.constant(array(Int32Array.from(classIds), [classIds.length]));
  const [found, all] = [right, either].map((x) =>
    places ? b.op("gather", [x, places], { axis: 0, batchDims: 0 }) : x,
  );
  const isSome = b.op("greater", [all!, b.scalar(nothing)]);
  const overlaps = b.op("select", [isSome, over(found!, plus(all!, b.scalar(epsilon))), b.scalar(0)]);
  return over(totalOf(overlaps), plus(totalOf(asNumbers(isSome)), b.scalar(epsilon)));
}
