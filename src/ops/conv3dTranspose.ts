import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { CheckImages } from "./shared/windows/images.js";
import type { AnyMovingOptions, FilterSize } from "./shared/windows/options.js";
import type { Triple, TriplePadding } from "./shared/windows/sizes.js";
import {
  type CheckTransposedFilter,
  checkedTranspose,
  type TransposedFilters,
  type TransposeOptions,
  transposedConvolution,
} from "./shared/windows/transposed.js";
import type { CheckTransposed3d, Transposed3d } from "./shared/windows/transposed-shapes.js";

/** The shape of volumes after a transposed convolution with a filter. */
export type Conv3dTranspose<S extends Shape, F extends Shape, Strides, P, D, O = undefined> = Transposed3d<
  S,
  TransposedFilters<F>,
  FilterSize<F>,
  Strides,
  P,
  D,
  O
>;

/** `unknown` where a filter fits volumes, else the message. Says nothing of what are none. */
export type CheckFilter3dTranspose<S extends Shape, F extends Shape, Strides, P, D, Beside, O = undefined> =
  unknown extends CheckTransposedFilter<"conv3dTranspose", S, F, 5, Beside>
    ? unknown extends CheckImages<"conv3dTranspose", S, 5>
      ? CheckTransposed3d<"conv3dTranspose", S, FilterSize<F>, Strides, P, D, Beside, O>
      : unknown
    : CheckTransposedFilter<"conv3dTranspose", S, F, 5, Beside>;

/**
 * The convolution of volumes the other way: each element times the filter, added up where the windows lie. It has the gradient
 * of `conv3d` for its value, and makes larger what that makes smaller.
 *
 * @param x [batch, depth, height, width, channels], float32
 * @param filter [depth, height, width, filters, channels], float32
 * @param options `strides` (1), `padding` ("valid"), `dilations` (1), and `outputPadding`
 * @returns [batch, depth', height', width', filters]
 * @throws SW_SHAPE when x or the filter has another rank, when their channels differ, or when padding leaves nothing;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 4, 14, 14, 64]);
 * const filter = variable("W", [4, 4, 4, 32, 64], glorotUniform());
 * conv3dTranspose(x, filter, { strides: 2, padding: "same" }); // Tensor<["batch", 8, 28, 28, 32], "float32">
 */
export function conv3dTranspose<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilations extends Triple = 1,
  const O extends Triple | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"conv3dTranspose", D, "float32">, CheckImages<"conv3dTranspose", S, 5>>>[Now],
  filter: Tensor<F, E> &
    Settled<
      FirstMessage<
        CheckDType<"conv3dTranspose", E, "float32">,
        CheckFilter3dTranspose<S, F, Strides, P, Dilations, Now, O>
      >
    >[Now],
  options: TransposeOptions<"conv3dTranspose", Strides, P, Dilations, O, Now> = {},
): Tensor<Settled<Conv3dTranspose<S, F, Strides, P, Dilations, O>>[Now]> {
  const attributes = checkedTranspose("conv3dTranspose", options as AnyMovingOptions, 3);
  return tensorOf(
    transposedConvolution(
      "conv3dTranspose",
      nodeOf(x, "conv3dTranspose"),
      nodeOf(filter, "conv3dTranspose"),
      attributes,
    ),
  );
}
