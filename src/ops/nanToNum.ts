import type { DType } from "../ir/dtype.js";
import { checkOptions, float32 } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { isNaN } from "./isNaN.js";
import { isNegInf } from "./isNegInf.js";
import { isPosInf } from "./isPosInf.js";
import { select } from "./select.js";
import { compositeOf } from "./shared/composite.js";

/** Options of `nanToNum`. */
export interface NanToNumOptions {
  /** What stands for NaN. @default 0 */
  readonly nan?: number;
  /** What stands for Infinity: the largest number of float32, unless said otherwise. */
  readonly posInf?: number;
  /** What stands for -Infinity: the smallest number of float32, unless said otherwise. */
  readonly negInf?: number;
}

/** The largest number of float32. */
const largest = (2 - 2 ** -23) * 2 ** 127;

/**
 * Every element that is finite, and numbers in the place of others. Nothing flows back to those.
 *
 * @param x any shape; float32
 * @param options `nan`, `posInf`, `negInf`
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when an option is no number
 * @example
 * const y = nanToNum(input(["batch", 4]), { nan: -1 }); // Tensor<["batch", 4], "float32">
 */
export function nanToNum<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"nanToNum", D, "float32">,
  options: NanToNumOptions = {},
): Tensor<S, D> {
  checkOptions("nanToNum", options, { nan: float32, posInf: float32, negInf: float32 });
  const { nan = 0, posInf = largest, negInf = -largest } = options;
  return compositeOf("nanToNum", x, (x) =>
    select(isNaN(x), nan, select(isPosInf(x), posInf, select(isNegInf(x), negInf, x))),
  );
}
