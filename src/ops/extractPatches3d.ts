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
import type { SizeAt, Triple } from "./shared/windows/sizes.js";
import type { CheckWindows3d, Windows3d } from "./shared/windows/window-shapes.js";

const name = "extractPatches3d";

/** Options of `extractPatches3d`. */
export interface ExtractPatches3dOptions<Strides, P, Now> extends PatchesOptions<typeof name, Strides, P, Now> {}

/**
 * Patches of volumes, with all of a patch's numbers as the channels of one place: layer by layer, row by row, and channel by channel in each
 * place. Keras's `ops.image.extract_patches_3d`.
 *
 * @param volumes [batch, depth, height, width, channels], float32
 * @param size the size of a patch: one number, or [depth, height, width]
 * @param options `strides` (size), `padding` ("valid")
 * @returns [batch, depth', height', width', channels · places of a patch]
 * @throws SW_SHAPE when the volumes have another rank, or a patch is larger than they are; SW_VALUE when a size is none; SW_DTYPE when they are not float32
 * @example
 * const patches = extractPatches3d(input(["batch", 16, 28, 28, 3]), [2, 7, 7]); // Tensor<["batch", 8, 4, 4, 294], "float32">
 */
export function extractPatches3d<
  const S extends Shape,
  D extends DType,
  const Size extends Triple,
  const Strides extends Triple = Size,
  const P extends Padding = "valid",
  Now extends "now" = "now",
>(
  volumes: Tensor<S, D> &
    FirstMessage<
      CheckDType<typeof name, D, "float32">,
      FirstMessage<CheckImages<typeof name, S, 5>, CheckWindows3d<typeof name, S, Size, P, 1, Now>>
    >,
  size: SizesOption<typeof name, "size", Size, Now>,
  options: ExtractPatches3dOptions<Strides, P, Now> = {},
): Tensor<{ now: Windows3d<S, MultiplyDims<LastDim<S>, PlacesIn<Size>>, Size, NoInfer<Strides>, P> }[Now]> {
  const node = nodeOf(volumes, name);
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 3));
  const { patches, check } = patchesGiven(name, node.shape, size, options, 3);
  return calling(name, () => tensorOf(patchesOf(node, patches)), check) as Tensor<any>;
}

/** How many places a patch has. */
type PlacesIn<Size> = Times<Times<SizeAt<Size, 0>, SizeAt<Size, 1>>, SizeAt<Size, 2>>;
