import type { DType } from "../ir/dtype.js";
import { checkOptions, flag } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { add } from "./add.js";
import { clip } from "./clip.js";
import { erf } from "./erf.js";
import { multiply } from "./multiply.js";
import { type Any, compositeOf } from "./shared/composite.js";
import { square } from "./square.js";
import { tanh } from "./tanh.js";

/** Options of `gelu`. */
export interface GeluOptions {
  /**
   * Whether the distribution is approximated by a hyperbolic tangent, as GPT-2 and BERT's first code have it.
   *
   * @default true
   */
  readonly approximate?: boolean;
}

/**
 * The Gaussian error linear unit x · Φ(x), where Φ is the normal distribution, element by element (Hendrycks and Gimpel, "Gaussian error
 * linear units", 2016).
 *
 * @param x any shape; float32
 * @param options `approximate`
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when an option has a value that it does not take
 * @example
 * const y = gelu(input(["batch", 4]), { approximate: false }); // Tensor<["batch", 4], "float32">
 */
export function gelu<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"gelu", D, "float32">,
  options: GeluOptions = {},
): Tensor<S, D> {
  checkOptions("gelu", options, { approximate: flag });
  return compositeOf("gelu", x, options.approximate === false ? exact : approximated);
}

/** ½ x · (1 + erf(x / √2)) */
function exact(x: Any): Any {
  return multiply(multiply(x, 0.5), add(erf(multiply(x, Math.SQRT1_2)), 1));
}

/** From here on, the hyperbolic tangent is 1 in float32; of a larger x, its derivative would be 0 · ∞. */
const largest = 10;

const slope = Math.sqrt(2 / Math.PI);

/** ½ x · (1 + tanh(√(2/π) · x · (1 + 0.044715 x²))) */
function approximated(x: Any): Any {
  const near = clip(x, -largest, largest);
  const inner = multiply(near, add(multiply(square(near), 0.044715 * slope), slope));
  return multiply(multiply(x, 0.5), add(tanh(inner), 1));
}
