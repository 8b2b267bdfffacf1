import { ShapewrightError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import { builder as b } from "../ops/builder.js";
import { show } from "../types/show.js";
import { best } from "./classes.js";
import { flat, multiplied } from "./counting.js";
import type { TotalsMetric } from "./metric.js";

type Context = Parameters<TotalsMetric["totals"]>[0];

/** What rows count: their classes, and those that they were taken for, each [n, classes] with 1 at the class; weights [n]. */
interface Rows {
  readonly actual: Node;
  readonly predicted: Node;
  readonly weights: Node;
}

/** How often rows of each class were taken for each class: [classes, classes]. */
export function matrixOf({ actual, predicted, weights }: Rows): Node {
  const column = b.op("reshape", [weights], { shape: [-1, 1] });
  return b.op("dot", [multiplied(actual, column), predicted], { transposeA: true });
}

/** The number of classes of an output. */
export function classesOf(metric: string, output: Node): number {
  const classes = output.shape.at(-1);
  if (typeof classes === "number") return classes;
  const message = `${metric}: takes an output [..., classes] of which the number is known, got ${show(output.shape)}`;
  throw new ShapewrightError("SW_SHAPE", message, metric);
}

/** The rows of a classifier whose targets are classes, by their numbers, [...], and whose weights are one for each row. */
export function rowsOf({ output, weights }: Pick<Context, "output" | "weights">, labels: Node): Rows {
  const depth = output.shape.at(-1) as number;
  const [actual, predicted] = [labels, best(output)].map((numbers) => b.op("oneHot", [flat(numbers)], { depth }));
  return { actual: actual!, predicted: predicted!, weights: flat(weights) };
}
