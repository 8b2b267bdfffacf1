import type { DType } from "../ir/dtype.js";
import type { OptionRules } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { greater } from "../ops/greater.js";
import { max } from "../ops/max.js";
import { min } from "../ops/min.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { type CheckPhotos, checkPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import type { LayerKind } from "./layer.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `autoContrast`. */
export interface AutoContrastOptions extends ValueRangeOptions {}

/**
 * Stretches each image's numbers over the whole range, those of each channel: the least becomes its lower bound, the largest its upper one.
 * A channel of one number stays as it is. In training, evaluation and prediction alike. Keras's `AutoContrast`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = autoContrast(image, { valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function autoContrast(options?: AutoContrastOptions): Layer<KeepImages<"autoContrast">>;
export function autoContrast<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckPhotos<"autoContrast", S, D>,
  options?: AutoContrastOptions,
): Tensor<S, D>;
export function autoContrast(...args: readonly unknown[]) {
  return layerOf(autoContrastLayer, args);
}

const rules: OptionRules<AutoContrastOptions> = valueRangeRules;

const autoContrastLayer: LayerKind<AutoContrastOptions> = {
  kind: "autoContrast",
  rules,
  build(x, options, { scope }) {
    checkPhotos("autoContrast", x);
    return within({ ...currentPlace(), scope }, () => stretched(x, options));
  },
};

/** What the layer makes of images. */
export function stretched(x: Any, options: AutoContrastOptions): Any {
  const [low, high] = rangeOf(options);
  const axes = { axis: [1, 2], keepDims: true } as const;
  const least: Any = min(x, axes);
  const most: Any = max(x, axes);
  const differ: Tensor<any, "bool"> = greater(most, least);
  const width: Any = select(differ, subtract(most, least) as Any, 1);
  const part: Any = divide(subtract(x, least) as Any, width);
  return select(differ, inRange(add(multiply(part, high - low) as Any, low), [low, high]), x);
}
