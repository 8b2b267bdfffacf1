import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import type { CheckFromTwo } from "../ir/option-checks.js";
import { fromTwo, type OptionRules } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { bincount } from "../ops/bincount.js";
import { cast } from "../ops/cast.js";
import { cumsum } from "../ops/cumsum.js";
import { divide } from "../ops/divide.js";
import { gather } from "../ops/gather.js";
import { greater } from "../ops/greater.js";
import { max } from "../ops/max.js";
import { min } from "../ops/min.js";
import { multiply } from "../ops/multiply.js";
import { reshape } from "../ops/reshape.js";
import { round } from "../ops/round.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { subtract } from "../ops/subtract.js";
import { transpose } from "../ops/transpose.js";
import { multiplyDims } from "../types/arithmetic.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckPhotos, checkPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, type LayerKind, layerOf } from "./layer.js";

/** Options of `equalization`. */
export interface EqualizationOptions<N extends number = number> extends ValueRangeOptions {
  /** Into how many steps the range is divided in which numbers are counted: from 2. @default 256 */
  readonly bins?: N & CheckFromTwo<"equalization", "bins", N>;
}

/**
 * Spreads each image's numbers evenly over the whole range, those of each channel: a number becomes the share of the channel's pixels that are not
 * above it, in 255 steps (histogram equalization). A channel whose numbers are all in one bin stays as it is. In training, evaluation and
 * prediction alike, as Keras documents its `Equalization`. No gradient passes through what is counted.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `bins` (256), `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = equalization(image, { valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function equalization<const N extends number = number>(
  options?: EqualizationOptions<N>,
): Layer<KeepImages<"equalization">>;
export function equalization<const S extends Shape, D extends DType, const N extends number = number>(
  x: Tensor<S, D> & CheckPhotos<"equalization", S, D>,
  options?: EqualizationOptions<N>,
): Tensor<S, D>;
export function equalization(...args: readonly unknown[]) {
  return layerOf(equalizationLayer, args);
}

const rules: OptionRules<EqualizationOptions> = { bins: fromTwo, ...valueRangeRules };

const equalizationLayer: LayerKind<EqualizationOptions> = {
  kind: "equalization",
  rules,
  build(x, options, { scope }) {
    checkPhotos("equalization", x);
    return within({ ...currentPlace(), scope }, () => equalized(x, options));
  },
};

/** The greatest number of a byte. */
const levels = 255;

/** What the layer makes of images. */
export function equalized(x: Any, options: EqualizationOptions): Any {
  const { bins = 256 } = options;
  const [low, high] = rangeOf(options);
  const [batch, height, width, channels] = nodeOf(x).shape as readonly [Dim, Dim, Dim, Dim];
  const rows: Any = reshape(transpose(x, [0, 3, 1, 2]) as Any, [batch, channels, multiplyDims(height, width)]);
  const scaled: Any = multiply(subtract(rows, low) as Any, (bins - 1) / (high - low));
  const bin: Tensor<any, "int32"> = cast(inRange(scaled, [0, bins - 1]), "int32");
  const counts: Any = bincount(bin, bins as never);
  const upTo: Any = cast(cumsum(counts, -1) as Any, "float32");
  const ofRow = { axis: -1, keepDims: true } as const;
  const all: Any = max(upTo, ofRow);
  // Those of the least bin that has any: they become the lower bound.
  const least: Any = min(select(greater(counts, 0) as Tensor<any, "bool">, upTo, all) as Any, ofRow);
  const differ: Tensor<any, "bool"> = greater(all, least);
  const rest: Any = select(differ, subtract(all, least) as Any, 1);
  const level: Any = round(divide(multiply(subtract(upTo, least) as Any, levels) as Any, rest) as Any);
  const table: Any = add(multiply(level, (high - low) / levels) as Any, low);
  const spread: Any = select(differ, gather(table, bin, 2, { batchDims: 2 }) as Any, rows);
  return transpose(reshape(spread, [batch, channels, height, width]) as Any, [0, 2, 3, 1]);
}
