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

const pattern = "batch height width (dy dx channels) -> batch (height dy) (width dx) channels";

/**
 * Channels laid out as squares of pixels: images that are larger, with fewer channels. `spaceToDepth` is the way back.
 *
 * @param x [batch, height, width, channels], any dtype
 * @param blockSize how many pixels are on a side of a square
 * @returns [batch, height · blockSize, width · blockSize, channels / blockSize²]
 * @throws SW_SHAPE when x is no batch of images, or the channels do not divide by the square; SW_VALUE when the size is none
 * @example
 * const y = depthToSpace(input(["batch", 14, 14, 64]), 2); // Tensor<["batch", 28, 28, 16], "float32">
 */
export function depthToSpace<const S extends Shape, D extends DType, const N extends number, Now = "now">(
  x: Tensor<S, D> &
    FirstMessage<
      CheckImages<"depthToSpace", S, 4>,
      CheckRearranged<"depthToSpace", typeof pattern, S, { dy: N; dx: N }, Now>
    >,
  blockSize: N & CheckCount<"depthToSpace", "blockSize", N>,
): Tensor<Rearranged<typeof pattern, S, { dy: N; dx: N }>, D> {
  checkOption("depthToSpace", "blockSize", blockSize, required(count));
  refuse("SW_SHAPE", "depthToSpace", checkImages("depthToSpace", nodeOf(x, "depthToSpace").shape, 2));
  return tensorOf(rearranged("depthToSpace", x, pattern, { dy: blockSize, dx: blockSize }));
}
