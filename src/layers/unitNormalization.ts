import type { DType } from "../ir/dtype.js";
import { axesRule } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { CheckAxesBut, CheckNoScalar } from "../ops/normalize.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { OrMessage } from "../ops/shared/orMessage.js";
import { unitLength } from "../ops/shared/unitLength.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type CheckAxes, checkAxes } from "../types/reduce.js";
import type { Moment } from "../types/settled.js";
import { type FloatRule, type LayerKind, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

type SomeAxes = number | readonly number[];

/** Options of `unitNormalization`. `A` is the axis, or the message where there is no such axis. */
export interface UnitNormalizationOptions<A> extends NamedLayer {
  /** The axis that vectors lie along, or several; negative ones count from the end. @default -1 */
  readonly axis?: A;
}

const kind = "unitNormalization";

/** The shape rule of `unitNormalization` in `sequential`. */
export interface UnitNormalizationRule<A extends SomeAxes> extends FloatRule<"unitNormalization"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckAxes<typeof kind, S, A> : unknown;
  readonly out: this["in"];
}

/**
 * Brings vectors along an axis, or several, to length 1: x / max(√Σx², 10⁻¹²).
 *
 * @param x rank 1 or more, float32
 * @param options `axis` (-1), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_VALUE when an axis is out of range
 * @example
 * const directions = unitNormalization(dense(input(["batch", 784]), { units: 32 })); // Tensor<["batch", 32], "float32">
 */
export function unitNormalization<const A extends SomeAxes = -1, Now extends Moment = "now">(
  options?: UnitNormalizationOptions<A>,
): Waiting<UnitNormalizationRule<A>, Now>;
export function unitNormalization<const S extends Shape, D extends DType, const A extends SomeAxes = -1>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"unitNormalization", D, "float32">, CheckNoScalar<typeof kind, S, A, D>>,
  options?: UnitNormalizationOptions<OrMessage<A, CheckAxesBut<typeof kind, S, A>>>,
): Tensor<S, D>;
export function unitNormalization(...args: readonly unknown[]) {
  return layerOf(unitNormalizationLayer, args);
}

const unitNormalizationLayer: LayerKind<UnitNormalizationOptions<SomeAxes>> = {
  kind,
  rules: { ...named, axis: axesRule },
  build(x, { axis = -1 }, { scope }) {
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    refuse("SW_VALUE", kind, checkAxes(kind, x.shape, axis));
    return within({ ...currentPlace(), scope }, () => unitLength(x, axis, 1e-12));
  },
};
