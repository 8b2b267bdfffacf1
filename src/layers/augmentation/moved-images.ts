import { float32, type OptionRules } from "../../ir/options.js";
import {
  aFillMode,
  aSamplingInterpolation,
  type FillMode,
  type Sampling,
  type SamplingInterpolation,
} from "../../ops/shared/windows/sampled.js";
import { type NamedLayer, named } from "../layer.js";

/** Options of layers that move images. */
export interface MovedImagesOptions extends NamedLayer {
  /**
   * What comes in from outside: `"reflect"`, the pixels from the edge back (`dcba|abcd|dcba`); `"wrap"`, those from the other edge on;
   * `"nearest"`, those of the edge; or `"constant"`, `fillValue`.
   *
   * @default "reflect"
   */
  readonly fillMode?: FillMode;
  /** What comes in from outside with `"constant"`. @default 0 */
  readonly fillValue?: number;
  /** Whether places between pixels are `"bilinear"`, a mean of the four around, or `"nearest"`, one of them. @default "bilinear" */
  readonly interpolation?: SamplingInterpolation;
}

export const movedImages: OptionRules<MovedImagesOptions> = {
  fillMode: aFillMode,
  fillValue: float32,
  interpolation: aSamplingInterpolation,
  ...named,
};

/** How images are sampled, by a layer's options. */
export function samplingOf(options: MovedImagesOptions): Sampling {
  const { fillMode = "reflect", fillValue = 0, interpolation = "bilinear" } = options;
  return { fillMode, fillValue, interpolation };
}
