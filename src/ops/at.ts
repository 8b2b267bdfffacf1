import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { anyText, checkOption, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Shape } from "../types/dim.js";
import { sameShape } from "../types/same-shape.js";
import { show } from "../types/show.js";
import { flipOp } from "./flip.js";
import { reshapeOp } from "./reshape.js";
import { type At, type CheckAt, readSlices, sizeAfter } from "./shared/at-shape.js";
import { everyNth } from "./shared/everyNth.js";
import type { OrMessage } from "./shared/orMessage.js";
import { sliceOp } from "./slice.js";

/**
 * Slices as NumPy writes them: an item for each axis, with commas between them.
 *
 * `a:b` is from place a up to b, `a:` to the end, `:b` from the beginning, `:` all; negative places count from the end. `a:b:2` is every
 * second place, `::-1` all in the opposite order. A number is one place, without the axis. `...` stands for all axes that no other
 * item names, as the end of the text does; `new` is a new axis of size 1. Unlike NumPy's, a slice that reaches out of its axis, or takes
 * nothing of it, is refused.
 *
 * @param x any dtype
 * @param slices the items
 * @throws SW_SHAPE when they cannot be read, or reach out of x: of named sizes, when the program runs
 * @example
 * const x = input(["batch", "time", 64]);
 * at(x, ":, -1");          // the last step: Tensor<["batch", 64], "float32">
 * at(x, ":, 1:-1, ::2");   // Tensor<["batch", "time-2", 32], "float32">
 * at(x, "..., :10");       // Tensor<["batch", "time", 10], "float32">
 */
export function at<const S extends Shape, D extends DType, const T extends string, Now = "now">(
  x: Tensor<S, D>,
  slices: OrMessage<T, CheckAt<S, T, Now>>,
): Tensor<At<S, T>, D> {
  const node = nodeOf(x, "at");
  checkOption("at", "slices", slices, required(anyText));
  const read = readSlices(node.shape, slices as string);
  if (typeof read === "string") refuse("SW_SHAPE", "at", read);
  const items = read as Exclude<typeof read, string>;
  refuse("SW_VALUE", "at", checkSteps(node.shape, items));
  const check = { rule: "at", shape: node.shape, given: { slices: slices as string } } as const;
  return tensorOf(calling("at", () => sliced(node, items), check));
}

/** What an axis of a named size is stepped along by, at most: its last place and a step are added up as int32. */
const largestStep = 2 ** 30;

function checkSteps(shape: readonly Dim[], read: Exclude<ReturnType<typeof readSlices>, string>): string | undefined {
  const steps = read.flatMap((item) => (item === "new" ? [] : [item.step]));
  const axis = steps.findIndex((step, i) => typeof shape[i] === "string" && step > largestStep);
  return axis < 0
    ? undefined
    : `at: the step ${steps[axis]} along axis ${axis} of ${show(shape)}, whose size has a name, is more than ${largestStep}`;
}

function sliced(x: Node, read: Exclude<ReturnType<typeof readSlices>, string>): Node {
  const axes = read.filter((item) => item !== "new");
  const size = axes.map((item) => item.size);
  const isWhole = axes.every(({ begin }) => begin === 0) && sameShape(size, x.shape);
  let node: Node = isWhole ? x : makeNode(sliceOp, [x], { begin: axes.map(({ begin }) => begin), size });
  const reversed = axes.flatMap(({ step }, axis) => (step < 0 ? [axis] : []));
  if (reversed.length > 0) node = makeNode(flipOp, [node], { axes: reversed });
  axes.forEach(({ step }, axis) => {
    if (step > 1) node = everyNth(node, axis, step);
  });
  const shape = read.flatMap((item) => (item === "new" ? [1] : item.drop ? [] : [sizeAfter(item)]));
  return sameShape(shape, node.shape) ? node : makeNode(reshapeOp, [node], { shape });
}
