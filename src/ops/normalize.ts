import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import type { CheckPositive } from "../ir/option-checks.js";
import { axesRule, checkOptions, positive } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { SameBeside, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type CheckAxes, checkAxes } from "../types/reduce.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { OrMessage } from "./shared/orMessage.js";
import { unitLength } from "./shared/unitLength.js";

/** Options of `normalize`. `A` is the axis, or the message where there is no such axis. */
export interface NormalizeOptions<A, E extends number = number> {
  /** The axis that vectors lie along, or several; negative ones count from the end. @default -1 */
  readonly axis?: A;
  /** Vectors shorter than this are divided by it, so that nothing is divided by 0. @default 1e-7 */
  readonly epsilon?: E & CheckPositive<"normalize", "epsilon", E>;
}

type SomeAxes = number | readonly number[];

/** The message for a scalar, which has no axis, given or not. `Beside` settles it within generic functions. */
export type CheckNoScalar<Op extends string, S extends Shape, A extends SomeAxes, Beside> =
  SameBeside<S, [], Beside> extends true ? CheckAxes<Op, S, A> : unknown;

/** The same for a wrong axis of what is no scalar. */
export type CheckAxesBut<Op extends string, S extends Shape, A extends SomeAxes> = S extends readonly []
  ? unknown
  : CheckAxes<Op, S, A>;

/**
 * Vectors along an axis, or several, brought to length 1: x / max(√Σx², epsilon).
 *
 * @param x rank 1 or more; float32
 * @param options `axis` (-1), `epsilon` (1e-7)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * const directions = normalize(input(["batch", 3])); // Tensor<["batch", 3], "float32">
 */
export function normalize<
  const S extends Shape,
  D extends DType,
  const A extends SomeAxes = -1,
  const E extends number = number,
>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"normalize", D, "float32">, CheckNoScalar<"normalize", S, A, D>>,
  options: NormalizeOptions<OrMessage<A, CheckAxesBut<"normalize", S, A>>, E> = {},
): Tensor<S, D> {
  refuse("SW_DTYPE", "normalize", checkDType("normalize", nodeOf(x, "normalize").dtype, ["float32"]));
  checkOptions("normalize", options as NormalizeOptions<SomeAxes>, { axis: axesRule, epsilon: positive });
  const { axis = -1, epsilon = 1e-7 } = options as NormalizeOptions<SomeAxes>;
  refuse("SW_VALUE", "normalize", checkAxes("normalize", nodeOf(x, "normalize").shape, axis));
  return calling("normalize", () => unitLength(x as Tensor<any>, axis, epsilon) as Tensor<S, D>);
}
