import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { CheckImages } from "./shared/windows/images.js";
import type { AnyMovingOptions, FilterSize } from "./shared/windows/options.js";
import type { Pair, PairPadding } from "./shared/windows/sizes.js";
import {
  type CheckTransposedFilter,
  checkedTranspose,
  type TransposedFilters,
  type TransposeOptions,
  transposedConvolution,
} from "./shared/windows/transposed.js";
import type { CheckTransposed2d, Transposed2d } from "./shared/windows/transposed-shapes.js";

/** The shape of images after a transposed convolution with a filter. */
export type Conv2dTranspose<S extends Shape, F extends Shape, Strides, P, D, O = undefined> = Transposed2d<
  S,
  TransposedFilters<F>,
  FilterSize<F>,
  Strides,
  P,
  D,
  O
>;

/** `unknown` where a filter fits images, else the message. Says nothing of what are none. */
export type CheckFilter2dTranspose<S extends Shape, F extends Shape, Strides, P, D, Beside, O = undefined> =
  unknown extends CheckTransposedFilter<"conv2dTranspose", S, F, 4, Beside>
    ? unknown extends CheckImages<"conv2dTranspose", S, 4>
      ? CheckTransposed2d<"conv2dTranspose", S, FilterSize<F>, Strides, P, D, Beside, O>
      : unknown
    : CheckTransposedFilter<"conv2dTranspose", S, F, 4, Beside>;

/**
 * The convolution of images the other way: each element times the filter, added up where the windows lie. It has the gradient
 * of `conv2d` for its value, and makes larger what that makes smaller.
 *
 * @param x [batch, height, width, channels], float32
 * @param filter [height, width, filters, channels], float32
 * @param options `strides` (1), `padding` ("valid"), `dilations` (1), and `outputPadding`
 * @returns [batch, height', width', filters]
 * @throws SW_SHAPE when x or the filter has another rank, when their channels differ, or when padding leaves nothing;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 14, 14, 64]);
 * const filter = variable("W", [4, 4, 32, 64], glorotUniform());
 * conv2dTranspose(x, filter, { strides: 2, padding: "same" }); // Tensor<["batch", 28, 28, 32], "float32">
 */
export function conv2dTranspose<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilations extends Pair = 1,
  const O extends Pair | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"conv2dTranspose", D, "float32">, CheckImages<"conv2dTranspose", S, 4>>>[Now],
  filter: Tensor<F, E> &
    Settled<
      FirstMessage<
        CheckDType<"conv2dTranspose", E, "float32">,
        CheckFilter2dTranspose<S, F, Strides, P, Dilations, Now, O>
      >
    >[Now],
  options: TransposeOptions<"conv2dTranspose", Strides, P, Dilations, O, Now> = {},
): Tensor<Settled<Conv2dTranspose<S, F, Strides, P, Dilations, O>>[Now]> {
  const attributes = checkedTranspose("conv2dTranspose", options as AnyMovingOptions, 2);
  return tensorOf(
    transposedConvolution(
      "conv2dTranspose",
      nodeOf(x, "conv2dTranspose"),
      nodeOf(filter, "conv2dTranspose"),
      attributes,
    ),
  );
}
