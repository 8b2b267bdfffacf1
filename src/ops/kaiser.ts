import { checkOption, checkOptions, count, flag, type OptionRules, range, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { besselI0 } from "./shared/bessel.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";
import { heights, type SignalWindowOptions } from "./shared/signalWindow.js";

const rules: OptionRules<SignalWindowOptions> = { periodic: flag };

/**
 * The window of Kaiser, `I₀(beta · √(1 - (2n/(length - 1) - 1)²)) / I₀(beta)`: `numpy.kaiser`.
 *
 * @param length a positive integer
 * @param beta how steep it is: from 0, which leaves all as it is, to below 700
 * @param options `periodic` (false)
 * @returns the heights of the window at its places
 * @throws SW_VALUE when the length is no positive integer, or beta is out of range
 * @see J. F. Kaiser, Nonrecursive digital filter design using the I₀-sinh window function, 1974
 * @example
 * const window = kaiser(256, 14); // Tensor<[256], "float32">
 */
export function kaiser<const N extends number>(
  length: N & CheckDim<"kaiser", N>,
  beta: number,
  options: SignalWindowOptions = {},
): Tensor<[N]> {
  refuse("SW_VALUE", "kaiser", checkDims("kaiser", [length as number]));
  checkOption("kaiser", "length", length, required(count));
  checkOption("kaiser", "beta", beta, required(range(0, 700)));
  checkOptions("kaiser", options, rules);
  const most = besselI0(beta);
  return heights(
    length as number,
    options.periodic,
    (x) => besselI0(beta * Math.sqrt(Math.max(0, 1 - (2 * x - 1) ** 2))) / most,
  );
}
