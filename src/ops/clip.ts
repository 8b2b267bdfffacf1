import type { DType } from "../ir/dtype.js";
import { inWords } from "../ir/inWords.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOption, type OptionRule, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { IsAbove } from "../types/decimals.js";
import type { SameNow, Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { maximumOp } from "./maximum.js";
import { minimumOp } from "./minimum.js";
import { taken } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckNumber, numberNode } from "./shared/operand.js";
import type { OrMessage } from "./shared/orMessage.js";

const bound: OptionRule = required({
  takes: "a number from -Infinity to Infinity",
  accepts: (value) => typeof value === "number" && !Number.isNaN(value),
});

export const minAboveMax = "clip: min {min} is above max {max}";

/** `unknown` unless one bound is above the other: then the message. `Now` settles it within generic functions. */
type CheckOrder<L extends number, H extends number, Now> =
  SameNow<IsAbove<L, H>, true, Now> extends true ? Message<typeof minAboveMax, { min: L; max: H }> : unknown;

/**
 * Every element, or the bound that it is beyond: `min` for those below, `max` for those above. At a bound itself, the gradient passes.
 * Bounds that are tensors are `maximum`'s and `minimum`'s.
 *
 * @param x any shape; float32 or int32
 * @param min of x's dtype; of float32, -Infinity for none
 * @param max not below min; of float32, Infinity for none
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is bool, SW_VALUE when a bound is no number or min is above max, SW_DATA when one is none of the dtype
 * @example
 * const y = clip(input(["batch", 4]), 0, 1); // Tensor<["batch", 4], "float32">
 */
export function clip<
  const S extends Shape,
  D extends DType,
  const L extends number,
  const H extends number,
  Now = "now",
>(
  x: Tensor<S, D> & CheckDType<"clip", D, "float32" | "int32">,
  min: OrMessage<L, CheckNumber<"clip", L, D, Now>>,
  max: OrMessage<H, FirstMessage<CheckNumber<"clip", H, D, Now>, CheckOrder<L, H, Now>>>,
): Tensor<S, D> {
  const node = nodeOf(taken("clip", x, "float32", "int32"));
  const [low, high] = [min as number, max as number];
  checkOption("clip", "min", low, bound);
  checkOption("clip", "max", high, bound);
  refuse("SW_VALUE", "clip", low > high ? fill(minAboveMax, { min: inWords(low), max: inWords(high) }) : undefined);
  return calling("clip", () => {
    const raised = makeNode(maximumOp, [node, numberNode("clip", low, node.dtype)], {});
    return tensorOf(makeNode(minimumOp, [raised, numberNode("clip", high, node.dtype)], {}));
  });
}
