import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { aTensor, axesRule, checkOptions, type OptionRules } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Axes } from "../types/axis.js";
import { type CheckBroadcastTo, checkBroadcastTo } from "../types/broadcast.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { axisList, type CheckAxes, checkAxes, type RemoveAxes } from "../types/reduce.js";
import { builder as b } from "./builder.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { OrMessage } from "./shared/orMessage.js";

/** Options of `average`. */
export interface AverageOptions<A, W> {
  /** One axis or several; negative ones count from the end. @default all axes */
  readonly axis?: A;
  /** How much each element counts: float32, of a shape that broadcasts to x's. All alike, unless said otherwise. */
  readonly weights?: W;
}

const rules: OptionRules<AverageOptions<unknown, unknown>> = { axis: axesRule, weights: aTensor };

/**
 * The mean of a tensor's elements over some axes, or all, each counted by its weight: Σ weight · x / Σ weight. Where all weights are 0, it is NaN.
 * The rule is that of `numpy.average`; but weights along one axis alone stand on it: [time, 1] for [batch, time, channels] over axis 1.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `weights` (1)
 * @throws SW_VALUE when an axis is out of range, SW_SHAPE when the weights do not broadcast to x, SW_DTYPE when one is not float32
 * @example
 * average(input(["batch", 10]), { axis: -1, weights: input([10]) }); // Tensor<["batch"], "float32">
 */
export function average<
  const S extends Shape,
  D extends DType,
  const A extends Axes = undefined,
  const W extends Shape = [],
  E extends DType = "float32",
>(
  x: Tensor<S, D> & CheckDType<"average", D, "float32">,
  options: AverageOptions<
    OrMessage<A, CheckAxes<"average", S, A>>,
    Tensor<W, E> & FirstMessage<CheckDType<"average", E, "float32">, CheckBroadcastTo<"average", W, S>>
  > = {},
): Tensor<RemoveAxes<S, A>, D> {
  const node = nodeOf(x, "average");
  refuse("SW_DTYPE", "average", checkDType("average", node.dtype, ["float32"]));
  checkOptions<AverageOptions<unknown, unknown>>("average", options, rules);
  const { axis, weights } = options as AverageOptions<Axes, Tensor<any>>;
  refuse("SW_VALUE", "average", checkAxes("average", node.shape, axis));
  const over = { axes: axisList(node.shape, axis), keepDims: false };
  if (weights === undefined) return calling("average", () => tensorOf(b.op("mean", [node], over)));
  const given = nodeOf(weights);
  refuse("SW_DTYPE", "average", checkDType("average", given.dtype, ["float32"]));
  refuse("SW_SHAPE", "average", checkBroadcastTo("average", given.shape, node.shape));
  return calling("average", () => {
    const total = b.op("sum", [b.op("multiply", [node, given])], over);
    const weight = b.op("sum", [b.op("broadcastTo", [given], { shape: node.shape })], over);
    return tensorOf(b.op("divide", [total, weight]));
  });
}
