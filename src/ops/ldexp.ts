import { generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type Broadcast, type CheckBroadcast, checkBroadcast } from "../types/broadcast.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { add } from "./add.js";
import { clip } from "./clip.js";
import { constant } from "./constant.js";
import { floorDivide } from "./floorDivide.js";
import { gather } from "./gather.js";
import { multiply } from "./multiply.js";
import { type Any, taken } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckNumber, numberNode } from "./shared/operand.js";
import { subtract } from "./subtract.js";

/** Beyond this exponent, everything is 0 or infinite. */
const most = 278;

/** A third of that, rounded up to what two thirds leave. */
const third = 94;

/**
 * The product x · 2ⁿ with a power of two, element by element, with broadcasting: exactly, also where 2ⁿ itself is no number of float32. Below
 * 2⁻¹²⁶, results are 0 on TensorFlow, and may be rounded twice elsewhere.
 *
 * @param x any shape, float32
 * @param n a shape that broadcasts with x's, int32; or an integer
 * @returns the broadcast shape, float32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE for other dtypes, SW_DATA when a number is none of int32
 * @example
 * const y = ldexp(input(["batch", 3]), -8); // Tensor<["batch", 3], "float32">
 */
export function ldexp<
  const A extends Shape,
  D extends DType,
  const N extends number,
  Now extends Moment = "now",
  const B extends Shape = [],
  E extends DType = "int32",
>(
  x: Tensor<A, D> & CheckDType<"ldexp", D, "float32">,
  n: (Tensor<B, E> | N) &
    FirstMessage<
      CheckNumber<"ldexp", N, "int32", Now>,
      FirstMessage<CheckDType<"ldexp", E, "int32">, CheckBroadcast<"ldexp", A, B>>
    >,
): Tensor<Settled<Broadcast<A, B>>[Now], D> {
  const base = taken("ldexp", x, "float32");
  const exponent = typeof n === "number" ? numberNode("ldexp", n, "int32") : nodeOf(n as Tensor<B, E>, "ldexp");
  refuse("SW_DTYPE", "ldexp", checkDType("ldexp", exponent.dtype, ["int32"]));
  refuse("SW_SHAPE", "ldexp", checkBroadcast("ldexp", base.shape, exponent.shape));
  return calling("ldexp", () => {
    const powers = constant(generate([2 * third + 1], "float32", (i) => 2 ** (i - third)));
    const power = (k: Tensor<any, "int32">): Any => gather(powers, add(k, third));
    const all: Tensor<any, "int32"> = clip(tensorOf(exponent) as Tensor<any, "int32">, -most, most);
    // To the nearest third, so that no part goes the other way, and what is very small is not made smaller on the way up.
    const part: Tensor<any, "int32"> = floorDivide(add(all, 1), 3);
    const rest: Tensor<any, "int32"> = subtract(all, multiply(part, 2));
    const scaled = multiply(multiply(multiply(base, power(part)), power(part)), power(rest));
    return tensorOf(nodeOf(scaled));
  });
}
