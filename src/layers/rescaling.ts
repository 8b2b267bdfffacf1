import type { DType } from "../ir/dtype.js";
import { float32, type OptionRules, required } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { cast } from "../ops/cast.js";
import { multiply } from "../ops/multiply.js";
import type { Shape } from "../types/dim.js";
import { type Layer, type LayerKind, type LayerRule, layerOf, type NamedLayer, named } from "./layer.js";

/** Options of `rescaling`. */
export interface RescalingOptions extends NamedLayer {
  /** What each number is multiplied by, such as 1 / 255. */
  readonly scale: number;
  /** What is added then. @default 0 */
  readonly offset?: number;
}

/** The shape rule of `rescaling` in `sequential`. */
export interface RescalingRule extends LayerRule {
  readonly weights: 0;
  readonly op: "rescaling";
  readonly takes: DType;
  readonly gives: "float32";
  readonly check: unknown;
  readonly out: this["in"];
}

/**
 * Brings numbers to another range: x · scale + offset, such as bytes of images to 0 … 1 by 1 / 255, or to −1 … 1 by 1 / 127.5 and −1.
 * Keras's `Rescaling`.
 *
 * @param x any shape and dtype
 * @param options `scale`; `offset` (0), `name`
 * @returns the same shape, float32; without x, a layer for `sequential`
 * @throws SW_VALUE when an option is no number of float32
 * @example
 * const bytes = input(["batch", 28, 28, 1], "int32");
 * const image = rescaling(bytes, { scale: 1 / 255 }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function rescaling<const S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options: RescalingOptions,
): Tensor<S>;
export function rescaling(options: RescalingOptions): Layer<RescalingRule>;
export function rescaling(...args: readonly unknown[]) {
  return layerOf(rescalingLayer, args);
}

const rules: OptionRules<RescalingOptions> = { ...named, scale: required(float32), offset: float32 };

const rescalingLayer: LayerKind<RescalingOptions> = {
  kind: "rescaling",
  rules,
  build: (x, { scale, offset = 0 }, { scope }) =>
    within({ ...currentPlace(), scope }, () => {
      const scaled: Tensor<any> = multiply(cast(x, "float32"), scale);
      return offset === 0 ? scaled : add(scaled, offset);
    }),
};
