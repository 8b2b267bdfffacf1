import { ShapewrightError } from "./ir/errors.js";
import { inWords } from "./ir/inWords.js";
import { isSize } from "./ops/shared/checkDims.js";
import {
  type AddDims,
  addDims,
  type FloorDivideDims,
  floorDivideDims,
  type MultiplyDimsNow,
  multiplyDims,
  type SubtractDims,
  subtractDims,
} from "./types/arithmetic.js";
import type { Dim } from "./types/dim.js";
import type { Moment } from "./types/settled.js";

// JavaScript's own `*` gives `number`, a size that types do not know. These keep it, within generic functions too.

/**
 * The sum of two sizes, as its type has it.
 *
 * @throws SW_VALUE when one of them is no size
 * @example
 * const padded = plus(28, 2); // 30
 * const longer = plus("time", 3); // "time+3"
 */
export function plus<const A extends Dim, const B extends Dim>(a: A, b: B): AddDims<A, B> {
  return calculated("plus", addDims, a, b) as AddDims<A, B>;
}

/**
 * One size less another, as its type has it.
 *
 * @throws SW_VALUE when one of them is no size, or the second is the larger
 * @example
 * const rest = minus("time", 1); // "time-1"
 */
export function minus<const A extends Dim, const B extends Dim>(a: A, b: B): SubtractDims<A, B> {
  return calculated("minus", subtractDims, a, b) as SubtractDims<A, B>;
}

/**
 * The product of two sizes, as its type has it: the four times wider layer of a transformer's block.
 *
 * @throws SW_VALUE when one of them is no size
 * @example
 * function feedForward<const B extends Shape, C extends number>(x: Tensor<[...B, C]>, channels: NoInfer<C>): Tensor<[...B, C]> {
 *   return dense(dense(x, { units: times(channels, 4), activation: relu }), { units: channels });
 * }
 */
export function times<const A extends Dim, const B extends Dim, Now extends Moment = "now">(
  a: A,
  b: B,
): MultiplyDimsNow<A, B, Now> {
  return calculated("times", multiplyDims, a, b) as MultiplyDimsNow<A, B, Now>;
}

/**
 * One size over another, rounded down, as its type has it.
 *
 * @throws SW_VALUE when one of them is no size, or the second is 0
 * @example
 * const heads = over(768, 64); // 12
 * const half = over("time", 2); // "floor(time/2)"
 */
export function over<const A extends Dim, const B extends Dim>(a: A, b: B): FloorDivideDims<A, B> {
  if ((b as Dim) === 0) throw refused("over", "nothing is divided by 0");
  return calculated("over", floorDivideDims, a, b) as FloorDivideDims<A, B>;
}

function calculated(op: string, calculate: (a: Dim, b: Dim) => Dim, a: Dim, b: Dim): Dim {
  for (const size of [a, b]) {
    if (!isSize(size) || isUnnatural(size)) {
      throw refused(op, `${inWords(size)} is no size; write a natural number, or a name such as "batch"`);
    }
  }
  const size = calculate(a, b);
  if (isUnnatural(size)) throw refused(op, `${inWords(a)} and ${inWords(b)} give ${size}, which is no size`);
  return size;
}

/** Is it a number, but not a natural one? */
function isUnnatural(size: Dim): boolean {
  return typeof size === "number" && !(Number.isSafeInteger(size) && size >= 0);
}

function refused(op: string, fault: string): ShapewrightError {
  return new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);
}
