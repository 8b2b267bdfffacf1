import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { anything, checkOptions, flag } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { DimAt } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type CheckVector, checkVector } from "../types/vector.js";
import { places } from "./arange.js";
import { builder as b } from "./builder.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";
import type { FirstMessage } from "./shared/firstMessage.js";

/** Options of `vander`. */
export interface VanderOptions<N extends Dim> {
  /** How many powers there are: a positive integer, or the name of a size that an input has. @default as many as elements */
  readonly N?: N & CheckDim<"vander", N>;
  /** Whether the power 0 stands first, and not last. @default false */
  readonly increasing?: boolean;
}

/**
 * Vandermonde's matrix: in each row the powers of one element, from 0 up to one less than there are columns. The rule is that of
 * `numpy.vander`.
 *
 * @param x a vector, float32 or int32
 * @param options `N` (as many as elements), `increasing` (false)
 * @returns [n, N], of x's dtype
 * @throws SW_SHAPE when x is no vector, SW_DTYPE when it is bool, SW_VALUE when N is no size
 * @example
 * const cubic = vander(input(["n"]), { N: 4, increasing: true }); // Tensor<["n", 4], "float32">
 */
export function vander<const S extends Shape, D extends DType, const N extends Dim = DimAt<S, 0>>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"vander", D, "float32" | "int32">, CheckVector<"vander", S>>,
  options: VanderOptions<N> = {},
): Tensor<[DimAt<S, 0>, N], D> {
  const node = nodeOf(x, "vander");
  refuse("SW_DTYPE", "vander", checkDType("vander", node.dtype, ["float32", "int32"]));
  refuse("SW_SHAPE", "vander", checkVector("vander", node.shape));
  checkOptions<VanderOptions<Dim>>("vander", options, { N: anything, increasing: flag });
  const [size] = node.shape as [Dim];
  const { N = size, increasing = false } = options as { N?: Dim; increasing?: boolean };
  if (options.N !== undefined) refuse("SW_VALUE", "vander", checkDims("vander", [N]));
  return calling("vander", () => {
    // Products of 1 and x, x, …, of which all have derivatives at 0, too: xⁿ⁻¹ · n has none of n = 0.
    const column = b.op("reshape", [node], { shape: [size, 1] });
    const isFirst = b.op("equal", [places(N), b.scalar(0, "int32")]);
    const factors = b.op("select", [isFirst, b.scalar(1, node.dtype), column]);
    const powers = b.op("cumprod", [factors], { axis: 1, exclusive: false, reverse: false });
    return tensorOf(increasing ? powers : b.op("flip", [powers], { axes: [1] }));
  });
}
