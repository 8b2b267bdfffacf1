import type { DType } from "../ir/dtype.js";
import type { CheckShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, probability, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { clip } from "../ops/clip.js";
import { divide } from "../ops/divide.js";
import { equal } from "../ops/equal.js";
import { greater } from "../ops/greater.js";
import { less } from "../ops/less.js";
import { maximum } from "../ops/maximum.js";
import { minimum } from "../ops/minimum.js";
import { mod } from "../ops/mod.js";
import { multiply } from "../ops/multiply.js";
import { neg } from "../ops/neg.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { stack } from "../ops/stack.js";
import { subtract } from "../ops/subtract.js";
import { unstack } from "../ops/unstack.js";
import type { Shape } from "../types/dim.js";
import { type CheckColours, colourAugmentation, type KeepColours } from "./augmentation/colours.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomHue`. */
export interface RandomHueOptions<F extends Factor = Factor> extends ValueRangeOptions {
  /** From 0, as it is, to 1, the other side of the colour wheel: drawn up to this number, or between two; in either direction. */
  readonly factor: F & CheckShares<"randomHue", "factor", F>;
}

/**
 * In training, turns the colours of each image around the colour wheel, by half a turn times a number that is drawn anew in each step. In
 * evaluation and prediction, leaves images as they are. Keras's `RandomHue`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor`; `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images of 3 channels, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomHue(image, { factor: 0.2, valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomHue<const F extends Factor>(options: RandomHueOptions<F>): Layer<KeepColours<"randomHue">>;
export function randomHue<const S extends Shape, D extends DType, const F extends Factor>(
  x: Tensor<S, D> & CheckColours<"randomHue", S, D>,
  options: RandomHueOptions<F>,
): Tensor<S, D>;
export function randomHue(...args: readonly unknown[]) {
  return layerOf(randomHueLayer, args);
}

const rules: OptionRules<RandomHueOptions> = { factor: required(oneOrTwo(probability)), ...valueRangeRules };

const randomHueLayer = colourAugmentation("randomHue", rules, (images, options) => {
  const isBack: Tensor<any, "bool"> = less(drawn(images, 3, [0, 1]), 0.5);
  const half: Any = multiply(drawn(images, 3, boundsOf(options.factor, 0)), 0.5);
  return turned(images, select(isBack, neg(half) as Any, half) as Any);
});

/** Colours of other hues, each as bright and as saturated. Source: Smith, "Color gamut transform pairs" (1978), HSV. */
function turned(images: Any, turn: Any): Any {
  const [red, green, blue] = unstack(images, -1) as unknown as readonly [Any, Any, Any];
  const value: Any = maximum(maximum(red, green) as Any, blue);
  const chroma: Any = subtract(value, minimum(minimum(red, green) as Any, blue) as Any);
  const isColoured: Tensor<any, "bool"> = greater(chroma, 0);
  const sixths = (a: Any, b: Any): Any => divide(subtract(a, b) as Any, select(isColoured, chroma, 1) as Any);
  const ofGreen: Any = add(sixths(blue, red), 2);
  const ofBlue: Any = add(sixths(red, green), 4);
  const isRed: Tensor<any, "bool"> = equal(value, red);
  const isGreen: Tensor<any, "bool"> = equal(value, green);
  const hue: Any = select(isRed, sixths(green, blue), select(isGreen, ofGreen, ofBlue) as Any);
  const next: Any = add(hue, multiply(turn, 6) as Any);
  const channel = (first: number): Any => {
    const place: Any = mod(add(next, first) as Any, 6);
    const away: Any = clip(minimum(place, subtract(4, place) as Any) as Any, 0, 1);
    return subtract(value, multiply(chroma, away) as Any);
  };
  return stack([channel(5), channel(3), channel(1)], -1 as never);
}
