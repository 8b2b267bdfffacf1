import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOption, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { MultiplyDims } from "../types/arithmetic.js";
import { type CheckAxis, checkAxis, type DimAt, normalizeAxis, type ReplaceAxis } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";
import type { OrMessage } from "./shared/orMessage.js";
import { repeated } from "./shared/repeated.js";

/**
 * Each element several times along an axis, beside itself: `[a, b]` twice is `[a, a, b, b]`.
 *
 * @param x rank 1 or more, any dtype
 * @param repeats how often: a positive integer, or the name of a size
 * @param axis negative ones count from the end
 * @throws SW_VALUE when there is no such axis, or `repeats` is no size
 * @example
 * const x = repeat(input(["batch", "time", 64]), 4, 1); // Tensor<["batch", "time*4", 64], "float32">
 */
export function repeat<const S extends Shape, D extends DType, const N extends Dim, const A extends number>(
  x: Tensor<S, D>,
  repeats: N & CheckDim<"repeat", N>,
  axis: OrMessage<A, CheckAxis<"repeat", S, A>>,
): Tensor<ReplaceAxis<S, A, MultiplyDims<DimAt<S, A>, N>>, D> {
  const node = nodeOf(x, "repeat");
  const [times, along] = [repeats as Dim, axis as number];
  refuse("SW_VALUE", "repeat", checkDims("repeat", [times]));
  checkOption("repeat", "axis", along, required(axisRule));
  refuse("SW_VALUE", "repeat", checkAxis("repeat", node.shape, along));
  return tensorOf(calling("repeat", () => repeated(node, normalizeAxis(node.shape, along), times, "elements")));
}
