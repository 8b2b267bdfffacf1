import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, flag, notNegative, type OptionRules } from "../ir/options.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Broadcast } from "../types/broadcast.js";
import type { Shape } from "../types/dim.js";
import type { Moment, Settled } from "../types/settled.js";
import { abs } from "./abs.js";
import { add } from "./add.js";
import { equal } from "./equal.js";
import { isFinite } from "./isFinite.js";
import { isNaN } from "./isNaN.js";
import { lessEqual } from "./lessEqual.js";
import { logicalAnd } from "./logicalAnd.js";
import { logicalOr } from "./logicalOr.js";
import { multiply } from "./multiply.js";
import { type CheckOperands, checkOperands } from "./shared/binary.js";
import type { Any } from "./shared/composite.js";
import { type CheckNumber, operandNodes } from "./shared/operand.js";
import { subtract } from "./subtract.js";

/** Options of `isClose` and `allClose`. */
export interface ClosenessOptions {
  /** How far they may be apart, in parts of b. @default 1e-5 */
  readonly rtol?: number;
  /** How far they may be apart beside that. @default 1e-8 */
  readonly atol?: number;
  /** Whether NaN is close to NaN. @default false */
  readonly equalNan?: boolean;
}

const rules: OptionRules<ClosenessOptions> = { rtol: notNegative, atol: notNegative, equalNan: flag };

/**
 * Whether |a - b| ≤ atol + rtol · |b|, element by element, with broadcasting: the rule is that of `numpy.isclose`. Infinities are close to
 * themselves.
 *
 * @param a any shape, or a number; float32
 * @param b a shape that broadcasts with a's, or a number; float32
 * @param options `rtol`, `atol`, `equalNan`
 * @returns the broadcast shape, bool
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not float32, SW_VALUE when an option has a value that it does
 *   not take
 * @example
 * const same = isClose(input(["batch", 3]), 1, { atol: 1e-3 }); // Tensor<["batch", 3], "bool">
 */
export function isClose<
  const M extends number,
  const N extends number,
  Now extends Moment = "now",
  const A extends Shape = [],
  const B extends Shape = [],
  E extends DType = any,
  D extends DType = E,
>(
  a: (Tensor<A, D> | M) & Settled<CheckNumber<"isClose", M, D, Now>>[Now],
  b: (Tensor<B, E> | N) & Settled<CheckOperands<"isClose", A, D, B, E, M, N, "float32", Now>>[Now],
  options: ClosenessOptions = {},
): Tensor<Settled<Broadcast<A, B>>[Now], "bool"> {
  return tensorOf(nodeOf(closeness("isClose", a as Any, b as Any, options)));
}

/** Which elements are close, for an op of some name. */
export function closeness(
  op: string,
  a: Any | number,
  b: Any | number,
  options: ClosenessOptions,
): Tensor<any, "bool"> {
  checkOptions(op, options, rules);
  const [first, second] = operandNodes(op, a, b);
  checkOperands(op, first, second, ["float32"]);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  return calling(op, () => {
    const [x, y]: Any[] = [tensorOf(first), tensorOf(second)];
    const isNear = lessEqual(abs(subtract(x!, y!)), add(multiply(abs(y!), rtol), atol));
    const isSame = equal(x!, y!);
    const close = logicalOr(isSame, logicalAnd(isNear, logicalAnd(isFinite(x!), isFinite(y!))));
    return equalNan ? logicalOr(close, logicalAnd(isNaN(x!), isNaN(y!))) : close;
  });
}
