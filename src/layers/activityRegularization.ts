import type { DType } from "../ir/dtype.js";
import type { CheckNotNegative } from "../ir/option-checks.js";
import { notNegative } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { l1l2 } from "../regularizers/l1l2.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { KeepShape } from "./activation.js";
import { type Layer, type LayerKind, layerOf, type NamedLayer, named, withCost } from "./layer.js";

/** Options of `activityRegularization`. */
export interface ActivityRegularizationOptions<L1 extends number = number, L2 extends number = number>
  extends NamedLayer {
  /** What Σ|x| is multiplied by. @default 0 */
  readonly l1?: L1 & CheckNotNegative<"activityRegularization", "l1", L1>;
  /** What Σx² is multiplied by. @default 0 */
  readonly l2?: L2 & CheckNotNegative<"activityRegularization", "l2", L2>;
}

const kind = "activityRegularization";

/**
 * Leaves its input as it is, and adds to the loss what it costs: l1 · Σ|x| + l2 · Σx², over the number of samples.
 *
 * @param x any shape, float32
 * @param options `l1`, `l2`, `name`
 * @returns the same; without x, a layer for `sequential`
 * @throws SW_VALUE when a factor is below 0
 * @example
 * const codes = activityRegularization(dense(input(["batch", 784]), { units: 32 }), { l1: 1e-5 });
 */
export function activityRegularization<const L1 extends number = number, const L2 extends number = number>(
  options?: ActivityRegularizationOptions<L1, L2>,
): Layer<KeepShape<typeof kind>>;
export function activityRegularization<
  const S extends Shape,
  D extends DType,
  const L1 extends number = number,
  const L2 extends number = number,
>(
  x: Tensor<S, D> & CheckDType<"activityRegularization", D, "float32">,
  options?: ActivityRegularizationOptions<L1, L2>,
): Tensor<S, D>;
export function activityRegularization(...args: readonly unknown[]) {
  return layerOf(activityRegularizationLayer, args);
}

const activityRegularizationLayer: LayerKind<ActivityRegularizationOptions> = {
  kind,
  rules: { ...named, l1: notNegative, l2: notNegative },
  build(x, { l1 = 0, l2 = 0 }, { scope }) {
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    return withCost(scope, x, l1l2({ l1, l2 }));
  },
};
