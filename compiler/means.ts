import { isOp, type Node } from "../src/ir/node.js";
import { ratio } from "../src/metrics/counting.js";
import { builder as b } from "../src/ops/builder.js";
import { sameShape } from "../src/types/same-shape.js";

/** A loss, with its weight among others. */
export function scaled(loss: Node, weight: number): Node {
  return weight === 1 ? loss : b.op("multiply", [loss, b.scalar(weight)]);
}

/** The mean of all elements. */
export function meanOf(values: Node): Node {
  return b.op("mean", [values], { axes: values.shape.map((_, axis) => axis), keepDims: false });
}

/** The mean sum / count, and the mean as one op where the sum is one of so many elements. */
export function mean(sum: Node, count: Node): Node {
  if (!isOp(count, "size")) return isOp(count, "constant") ? b.op("divide", [sum, count]) : ratio(sum, count);
  const all = isOp(sum, "sum") && sum.attributes.axes.length === sum.inputs[0]!.rank ? sum.inputs[0] : undefined;
  return all && sameShape(all.shape, count.attributes.dims) ? meanOf(all) : b.op("divide", [sum, count]);
}
