import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { abs } from "./abs.js";
import { add } from "./add.js";
import { at } from "./at.js";
import { clip } from "./clip.js";
import { multiply } from "./multiply.js";
import { type CheckColours, ofColours } from "./shared/colours.js";
import type { Any } from "./shared/composite.js";
import { stack } from "./stack.js";
import { subtract } from "./subtract.js";

/**
 * Colours of hue, saturation and value, as `rgbToHsv` gives them. A hue outside of [0, 1] is as near to red as it gets, and not taken
 * around the circle, as in Keras's `ops.image.hsv_to_rgb`: `mod(hue, 1)` brings it there.
 *
 * @param images [..., 3], float32: hue, saturation and value on the last axis, from 0 to 1
 * @returns the same shape: red, green and blue
 * @throws SW_SHAPE when there are not three channels, SW_VALUE for a scalar, SW_DTYPE when images are not float32
 * @see A. R. Smith, Color gamut transform pairs, 1978
 * @example
 * const rgb = hsvToRgb(input(["batch", 28, 28, 3])); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function hsvToRgb<const S extends Shape, D extends DType>(
  images: Tensor<S, D> & CheckColours<"hsvToRgb", S, D>,
): Tensor<S, D> {
  return ofColours("hsvToRgb", images, (x) => {
    const [hue, saturation, value] = ["..., 0", "..., 1", "..., 2"].map((place) => at(x, place) as Any) as [
      Any,
      Any,
      Any,
    ];
    const sixths: Any = multiply(hue, 6);
    const away = (from: number): Any => abs(subtract(sixths, from) as Any);
    const shares = [subtract(away(3), 1), subtract(2, away(2)), subtract(2, away(4))] as Any[];
    const pale: Any = subtract(1, saturation);
    const channel = (share: Any): Any =>
      multiply(add(pale, multiply(saturation, clip(share, 0, 1) as Any) as Any) as Any, value);
    return stack(shares.map(channel), -1) as Any;
  }) as Tensor<S, D>;
}
