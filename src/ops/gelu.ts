import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, flag } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { add } from "./add.js";
import { clip } from "./clip.js";
import { customGradient } from "./customGradient.js";
import { erf } from "./erf.js";
import { multiply } from "./multiply.js";
import { type Any, compositeOf } from "./shared/composite.js";
import { square } from "./square.js";
import { tanh } from "./tanh.js";
import { tanhGradientOp } from "./tanhGradient.js";

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
const bend = 0.044715 * slope;

/**
 * x · s, s = ½ (1 + tanh(u)), u = √(2/π) · x · (1 + 0.044715 x²). Its derivative is written as a whole, dy · (s + ½ x · u' · (1 - tanh²(u))):
 * from the ops one by one it would come in twice as many.
 */
function approximated(x: Any): Any {
  return customGradient(
    x,
    (at: Any) => multiply(at, parts(at).share),
    ({ inputs, dy }: { readonly inputs: Any; readonly dy: Any }): Any => {
      const { near, squared, tangent, share } = parts(inputs);
      const change: Any = multiply(near, add(multiply(squared, 1.5 * bend), slope / 2));
      const bent: Any = tensorOf(makeNode(tanhGradientOp, [nodeOf(change), nodeOf(tangent)], {}));
      return multiply(dy, add(share, bent));
    },
  );
}

/** x where it matters, its square, tanh(u) and s. */
function parts(x: Any): Readonly<Record<"near" | "squared" | "tangent" | "share", Any>> {
  const near: Any = clip(x, -largest, largest);
  const squared: Any = square(near);
  const tangent: Any = tanh(multiply(near, add(multiply(squared, bend), slope)));
  return { near, squared, tangent, share: add(multiply(tangent, 0.5), 0.5) };
}
