import {
  checkOption,
  checkOptions,
  count,
  flag,
  type notTaken,
  type OptionRule,
  type OptionRules,
  required,
} from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { IsAbove } from "../types/decimals.js";
import type { SameNow } from "../types/dim.js";
import type { Message } from "../types/message.js";
import { besselI0 } from "./shared/bessel.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";
import type { OrMessage } from "./shared/orMessage.js";
import { heights, type SignalWindowOptions } from "./shared/signalWindow.js";

const rules: OptionRules<SignalWindowOptions> = { periodic: flag };

const steepness = {
  takes: "a number in [0, 700)",
  rounded: true,
  accepts: (value) => typeof value === "number" && value >= 0 && value < 700,
} as const satisfies OptionRule;

/** What `checkOption` says of how steep it is: `unknown` where nothing is wrong. `Now` settles it within generic functions. */
type CheckSteepness<B extends number, Now> =
  SameNow<IsOutside<B>, true, Now> extends true
    ? Message<typeof notTaken, { op: "kaiser"; option: "beta"; given: B; takes: (typeof steepness)["takes"] }>
    : unknown;

type IsOutside<B extends number> = true extends IsAbove<0, B> | IsAbove<B, 700> ? true : B extends 700 ? true : false;

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
export function kaiser<const N extends number, const B extends number, Now = "now">(
  length: N & CheckDim<"kaiser", N>,
  beta: OrMessage<B, CheckSteepness<B, Now>>,
  options: SignalWindowOptions = {},
): Tensor<[N]> {
  refuse("SW_VALUE", "kaiser", checkDims("kaiser", [length as number]));
  checkOption("kaiser", "length", length, required(count));
  checkOption("kaiser", "beta", beta, required(steepness));
  checkOptions("kaiser", options, rules);
  const steep = beta as number;
  const most = besselI0(steep);
  return heights(
    length as number,
    options.periodic,
    (x) => besselI0(steep * Math.sqrt(Math.max(0, 1 - (2 * x - 1) ** 2))) / most,
  );
}
