import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { add } from "./add.js";
import { at } from "./at.js";
import { divide } from "./divide.js";
import { equal } from "./equal.js";

import { less } from "./less.js";
import { lessEqual } from "./lessEqual.js";
import { max } from "./max.js";
import { min } from "./min.js";
import { multiply } from "./multiply.js";
import { select } from "./select.js";
import { type CheckColours, ofColours } from "./shared/colours.js";
import type { Any } from "./shared/composite.js";
import { stack } from "./stack.js";
import { subtract } from "./subtract.js";

/**
 * Colours as hue, saturation and value: red has the hue 0, green 1/3, blue 2/3; greys have 0, and no saturation. Numbers lie in [0, 1],
 * where those of the colours do. The rule is that of Keras's `ops.image.rgb_to_hsv`.
 *
 * @param images [..., 3], float32: red, green and blue on the last axis, from 0 to 1
 * @returns the same shape: hue, saturation and value
 * @throws SW_SHAPE when there are not three channels, SW_VALUE for a scalar, SW_DTYPE when images are not float32
 * @see A. R. Smith, Color gamut transform pairs, 1978
 * @example
 * const hsv = rgbToHsv(input(["batch", 28, 28, 3])); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function rgbToHsv<const S extends Shape, D extends DType>(
  images: Tensor<S, D> & CheckColours<"rgbToHsv", S, D>,
): Tensor<S, D> {
  return ofColours("rgbToHsv", images, (x) => {
    const [red, green, blue] = ["..., 0", "..., 1", "..., 2"].map((place) => at(x, place) as Any) as [Any, Any, Any];
    const value: Any = max(x, { axis: -1 });
    const range: Any = subtract(value, min(x, { axis: -1 }) as Any);
    // Nothing is divided by 0, where slopes would be NaN though the quotient is not taken.
    const saturation: Any = divide(range, select(lessEqual(value, 0), 1, value) as Any);
    const sixth: Any = divide(1 / 6, select(lessEqual(range, 0), 1, range) as Any);
    const from = (a: Any, b: Any, third: number): Any => add(multiply(sixth, subtract(a, b) as Any) as Any, third);
    const ofGreenOrBlue: Any = select(equal(green, value), from(blue, red, 2 / 6), from(red, green, 4 / 6));
    const turned: Any = select(equal(red, value), from(green, blue, 0), ofGreenOrBlue);
    // Not `greater`, by which NaN would be grey.
    const hue: Any = select(lessEqual(range, 0), 0, select(less(turned, 0), add(turned, 1), turned));
    return stack([hue, select(lessEqual(value, 0), 0, saturation), value], -1) as Any;
  }) as Tensor<S, D>;
}
