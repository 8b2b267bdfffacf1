import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { AxisPadding } from "../types/window.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { CheckImages } from "./shared/windows/images.js";
import type { AnyMovingOptions, FilterSize } from "./shared/windows/options.js";
import type { Single } from "./shared/windows/sizes.js";
import {
  type CheckTransposedFilter,
  checkedTranspose,
  type TransposedFilters,
  type TransposeOptions,
  transposedConvolution,
} from "./shared/windows/transposed.js";
import type { CheckTransposed1d, Transposed1d } from "./shared/windows/transposed-shapes.js";

/** The shape of sequences after a transposed convolution with a filter. */
export type Conv1dTranspose<
  S extends Shape,
  F extends Shape,
  Strides,
  P extends AxisPadding,
  D,
  O = undefined,
> = Transposed1d<S, TransposedFilters<F>, FilterSize<F>, Strides, P, D, O>;

/** `unknown` where a filter fits sequences, else the message. Says nothing of what are none. */
export type CheckFilter1dTranspose<
  S extends Shape,
  F extends Shape,
  Strides,
  P extends AxisPadding,
  D,
  Beside,
  O = undefined,
> =
  unknown extends CheckTransposedFilter<"conv1dTranspose", S, F, 3, Beside>
    ? unknown extends CheckImages<"conv1dTranspose", S, 3>
      ? CheckTransposed1d<"conv1dTranspose", S, FilterSize<F>, Strides, P, D, Beside, O>
      : unknown
    : CheckTransposedFilter<"conv1dTranspose", S, F, 3, Beside>;

/**
 * The convolution of sequences the other way: each element times the filter, added up where the windows lie. It has the gradient
 * of `conv1d` for its value, and makes larger what that makes smaller.
 *
 * @param x [batch, time, channels], float32
 * @param filter [time, filters, channels], float32
 * @param options `strides` (1), `padding` ("valid"), `dilations` (1), and `outputPadding`
 * @returns [batch, time', filters]
 * @throws SW_SHAPE when x or the filter has another rank, when their channels differ, or when padding leaves nothing;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 25, 64]);
 * const filter = variable("W", [4, 32, 64], glorotUniform());
 * conv1dTranspose(x, filter, { strides: 2, padding: "same" }); // Tensor<["batch", 50, 32], "float32">
 */
export function conv1dTranspose<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Strides extends Single = 1,
  const P extends AxisPadding = "valid",
  const Dilations extends Single = 1,
  const O extends Single | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"conv1dTranspose", D, "float32">, CheckImages<"conv1dTranspose", S, 3>>>[Now],
  filter: Tensor<F, E> &
    Settled<
      FirstMessage<
        CheckDType<"conv1dTranspose", E, "float32">,
        CheckFilter1dTranspose<S, F, Strides, P, Dilations, Now, O>
      >
    >[Now],
  options: TransposeOptions<"conv1dTranspose", Strides, P, Dilations, O, Now> = {},
): Tensor<Settled<Conv1dTranspose<S, F, Strides, P, Dilations, O>>[Now]> {
  const attributes = checkedTranspose("conv1dTranspose", options as AnyMovingOptions, 1);
  return tensorOf(
    transposedConvolution(
      "conv1dTranspose",
      nodeOf(x, "conv1dTranspose"),
      nodeOf(filter, "conv1dTranspose"),
      attributes,
    ),
  );
}
