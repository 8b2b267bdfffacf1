import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { MultiplyDims, Times } from "../types/arithmetic.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Padding } from "../types/window.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";
import type { SizesOption } from "./shared/windows/options.js";
import { type PatchesOptions, patchesGiven, patchesOf } from "./shared/windows/patches.js";
import type { Pair, SizeAt } from "./shared/windows/sizes.js";
import type { CheckWindows2d, Windows2d } from "./shared/windows/window-shapes.js";

const name = "extractPatches";

/** Options of `extractPatches`. */
export interface ExtractPatchesOptions<Strides, P, Now> extends PatchesOptions<typeof name, Strides, P, Now> {}

/**
 * Patches of images, with all of a patch's numbers as the channels of one place: row by row, and channel by channel in each place. Keras's
 * `ops.image.extract_patches`.
 *
 * @param images [batch, height, width, channels], float32
 * @param size the size of a patch: one number, or [height, width]
 * @param options `strides` (size), `padding` ("valid")
 * @returns [batch, height', width', channels · places of a patch]
 * @throws SW_SHAPE when the images have another rank, or a patch is larger than they are; SW_VALUE when a size is none; SW_DTYPE when they are not float32
 * @example
 * const patches = extractPatches(input(["batch", 28, 28, 3]), 7); // Tensor<["batch", 4, 4, 147], "float32">
 * const around = extractPatches(input(["batch", 28, 28, 3]), 3, { strides: 1, padding: "same" }); // Tensor<["batch", 28, 28, 27], "float32">
 */
export function extractPatches<
  const S extends Shape,
  D extends DType,
  const Size extends Pair,
  const Strides extends Pair = Size,
  const P extends Padding = "valid",
  Now extends "now" = "now",
>(
  images: Tensor<S, D> &
    FirstMessage<
      CheckDType<typeof name, D, "float32">,
      FirstMessage<CheckImages<typeof name, S, 4>, CheckWindows2d<typeof name, S, Size, P, 1, Now>>
    >,
  size: SizesOption<typeof name, "size", Size, Now>,
  options: ExtractPatchesOptions<Strides, P, Now> = {},
): Tensor<{ now: Windows2d<S, MultiplyDims<LastDim<S>, PlacesIn<Size>>, Size, NoInfer<Strides>, P> }[Now]> {
  const node = nodeOf(images, name);
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 2));
  const { patches, check } = patchesGiven(name, node.shape, size, options, 2);
  return calling(name, () => tensorOf(patchesOf(node, patches)), check) as Tensor<any>;
}

/** How many places a patch has. */
type PlacesIn<Size> = Times<SizeAt<Size, 0>, SizeAt<Size, 1>>;
