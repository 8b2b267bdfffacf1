import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { ReplaceAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { constant } from "./constant.js";
import { dot } from "./dot.js";
import { type CheckColours, ofColours } from "./shared/colours.js";

/**
 * How bright colours are: 0.2989 · red + 0.587 · green + 0.114 · blue, in the channel that is left. Keras's `ops.image.rgb_to_grayscale`.
 *
 * @param images [..., 3], float32: red, green and blue on the last axis
 * @returns [..., 1]
 * @throws SW_SHAPE when there are not three channels, SW_VALUE for a scalar, SW_DTYPE when images are not float32
 * @example
 * const grey = rgbToGrayscale(input(["batch", 28, 28, 3])); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function rgbToGrayscale<const S extends Shape, D extends DType>(
  images: Tensor<S, D> & CheckColours<"rgbToGrayscale", S, D>,
): Tensor<ReplaceAxis<S, -1, 1>> {
  return ofColours("rgbToGrayscale", images, (x) => dot(x, constant([[0.2989], [0.587], [0.114]])) as never);
}
