import type { CheckPositive } from "../ir/option-checks.js";
import { checkOptions, positive } from "../ir/options.js";
import { abs } from "../ops/abs.js";
import { lessEqual } from "../ops/lessEqual.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import { comparing, type SameTargets } from "./comparing.js";
import type { Loss } from "./loss.js";

/** Options of `huber`. */
export interface HuberOptions<D extends number = number> {
  /** Up to which error it is squared. @default 1 */
  readonly delta?: D & CheckPositive<"huber", "delta", D>;
}

/**
 * A square near 0 and a straight line beyond: e² / 2 of an error e = output - target up to delta, and beyond it δ · |e| - δ² / 2: what is far off pulls no harder than what is delta off.
 * Source: Huber, "Robust estimation of a location parameter" (1964).
 *
 * @param options `delta` (1)
 * @returns a loss for outputs of any shape of float32 and targets of the same shape
 * @throws SW_VALUE when delta is not positive
 * @example
 * compile(prices, { optimizer: adam(), loss: huber({ delta: 2 }) });
 */
export function huber<const D extends number = number>(options: HuberOptions<D> = {}): Loss<SameTargets, "huber"> {
  checkOptions("huber", options, { delta: positive });
  const { delta = 1 }: HuberOptions = options;
  return comparing("huber", (target, output) => {
    const error = subtract(output, target);
    const size = abs(error);
    const beyond = subtract(multiply(delta, size), delta ** 2 / 2);
    return select(lessEqual(size, delta), multiply(0.5, square(error)), beyond);
  });
}
