import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOption, count, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { CheckRearranged, Rearranged } from "./shared/pattern-shape.js";
import { rearranged } from "./shared/rearranged.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";

const pattern = "batch (height dy) (width dx) channels -> batch height width (dy dx channels)";

/**
 * Squares of pixels as channels of one: images that are smaller, with more channels. `depthToSpace` is the way back.
 *
 * @param x [batch, height, width, channels], any dtype
 * @param blockSize how many pixels are on a side of a square
 * @returns [batch, height / blockSize, width / blockSize, channels · blockSize²]
 * @throws SW_SHAPE when x is no batch of images, or height or width does not divide by it: of a named size, when the program runs; SW_VALUE when the size is none
 * @example
 * const y = spaceToDepth(input(["batch", 28, 28, 3]), 2); // Tensor<["batch", 14, 14, 12], "float32">
 */
export function spaceToDepth<const S extends Shape, D extends DType, const N extends number, Now = "now">(
  x: Tensor<S, D> &
    FirstMessage<
      CheckImages<"spaceToDepth", S, 4>,
      CheckRearranged<"spaceToDepth", typeof pattern, S, { dy: N; dx: N }, Now>
    >,
  blockSize: N & CheckCount<"spaceToDepth", "blockSize", N>,
): Tensor<Rearranged<typeof pattern, S, { dy: N; dx: N }>, D> {
  checkOption("spaceToDepth", "blockSize", blockSize, required(count));
  refuse("SW_SHAPE", "spaceToDepth", checkImages("spaceToDepth", nodeOf(x, "spaceToDepth").shape, 2));
  return tensorOf(rearranged("spaceToDepth", x, pattern, { dy: blockSize, dx: blockSize }));
}
