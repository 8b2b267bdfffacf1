import { whileLoop } from "../control/whileLoop.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import { broadcast } from "../types/broadcast.js";
import { abs } from "./abs.js";
import { any } from "./any.js";
import { broadcastTo } from "./broadcastTo.js";
import { equal } from "./equal.js";
import { mod } from "./mod.js";
import { notEqual } from "./notEqual.js";
import { select } from "./select.js";
import { type BinaryFunction, binaryComposite } from "./shared/binary.js";

type Integers = Tensor<any, "int32">;

/**
 * The largest integer that divides both, element by element, with broadcasting; of 0 and 0, it is 0. By Euclid's algorithm, in as many
 * rounds as the pair takes that takes most.
 *
 * @param a any shape, int32; or a number
 * @param b a shape that broadcasts with a's, int32; or a number
 * @returns the broadcast shape, int32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not int32, SW_DATA when a number is none of int32
 * @example
 * const shared = gcd(input(["batch"], "int32"), 12); // Tensor<["batch"], "int32">
 */
export const gcd: BinaryFunction<"gcd", "int32"> = /* @__PURE__ */ binaryComposite("gcd", ["int32"], (a, b) =>
  calling("gcd", () => {
    const shape = broadcast(a.shape, b.shape) as any;
    const initial = { divisor: broadcastTo(a, shape) as Integers, rest: broadcastTo(b, shape) as Integers };
    const goesOn = ({ rest }: typeof initial) => any(notEqual(rest, 0));
    // A pair that is done stays as it is until all are.
    const round = ({ divisor, rest }: typeof initial) => ({
      divisor: select(equal(rest, 0), divisor, rest),
      rest: select(equal(rest, 0), 0, mod(divisor, rest)) as Integers,
    });
    return abs(whileLoop(goesOn as never, round as never, initial).divisor);
  }),
);
