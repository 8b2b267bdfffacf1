import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import {
  type FloorDivideDims,
  floorDivideDims,
  type MultiplyDims,
  multiplyDims,
  type Times,
} from "../types/arithmetic.js";
import type { DimAt, LastDim } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type Padding, windowSize } from "../types/window.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckSameShape, checkSameShape } from "./shared/join.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";
import type { SizesOption } from "./shared/windows/options.js";
import { type PatchesOptions, patchesGiven, sumOfPatches } from "./shared/windows/patches.js";
import type { CheckSizes, Pair, SizeAt } from "./shared/windows/sizes.js";
import type { CheckWindows2d, Windows2d } from "./shared/windows/window-shapes.js";

const name = "fold";

/** Options of `fold`. */
export interface FoldOptions<Strides, P, Now> extends PatchesOptions<typeof name, Strides, P, Now> {}

/**
 * Images of patches: each is added where `extractPatches` takes it from, so that where patches overlap, there is their sum. What reaches over the
 * edges is left out. PyTorch's `fold`, with channels last.
 *
 * @param patches [batch, height', width', channels · places of a patch], as `extractPatches` gives them; float32
 * @param outputSize [height, width] of the images: numbers, or names of sizes
 * @param size the size of a patch: one number, or [height, width]
 * @param options `strides` (size), `padding` ("valid")
 * @returns [batch, height, width, channels]
 * @throws SW_SHAPE when patches have another rank, are not as many as images of that size have, or are larger than they; SW_VALUE when a size is none;
 *   SW_DTYPE when they are not float32
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const same = fold(extractPatches(image, 7), [28, 28], 7); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function fold<
  const S extends Shape,
  D extends DType,
  const Output extends readonly [height: Dim, width: Dim],
  const Size extends Pair,
  const Strides extends Pair = Size,
  const P extends Padding = "valid",
  Now extends "now" = "now",
>(
  patches: Tensor<S, D> &
    FirstMessage<
      CheckDType<typeof name, D, "float32">,
      FirstMessage<CheckImages<typeof name, S, 4>, CheckFolded<S, Output, Size, NoInfer<Strides>, P, Now>>
    >,
  outputSize: Output & CheckDims<typeof name, [...Output]>,
  size: SizesOption<typeof name, "size", Size, Now>,
  options: FoldOptions<Strides, P, Now> = {},
): Tensor<{ now: Folded<S, Output, Size> }[Now]> {
  const node = nodeOf(patches, name);
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 2));
  refuse("SW_VALUE", name, checkDims(name, outputSize));
  const [batch, , , all] = node.shape as [Dim, Dim, Dim, Dim];
  const [height, width] = outputSize as readonly [Dim, Dim];
  const given = patchesGiven(name, [batch, height, width, all], size, options, 2);
  const [high, wide] = given.patches.size as [number, number];
  const channels = floorDivideDims(all, high * wide);
  const along = (dim: Dim, axis: number): Dim =>
    windowSize(dim, given.patches.size[axis]!, given.patches.strides[axis]!, given.patches.padding);
  const wanted = [batch, along(height, 0), along(width, 1), multiplyDims(channels, high * wide)];
  refuse("SW_SHAPE", name, checkSameShape(name, wanted, node.shape));
  return calling(
    name,
    () => tensorOf(sumOfPatches(node, [height, width], channels, given.patches)),
    given.check,
  ) as Tensor<any>;
}

/** The message for patches that images of this size do not have. Of sizes and strides that are none, the message stands there. */
type CheckFolded<
  S extends Shape,
  Output extends readonly [Dim, Dim],
  Size,
  Strides,
  P extends Padding,
  Now extends "now",
> =
  FirstMessage<CheckDims<typeof name, [...Output]>, CheckSizes<typeof name, "strides", Strides, Now>> extends string
    ? unknown
    : FirstMessage<
        CheckWindows2d<typeof name, Folded<S, Output, Size>, Size, P, 1, Now>,
        CheckSameShape<typeof name, { now: PatchesIn<Folded<S, Output, Size>, Size, Strides, P> }[Now], S>
      >;

/** How many places a patch has. */
type PlacesOf<Size> = Times<SizeAt<Size, 0>, SizeAt<Size, 1>>;

/** The shape of images. */
type Folded<S extends Shape, Output extends readonly [Dim, Dim], Size> = {
  readonly images: [DimAt<S, 0>, Output[0], Output[1], FloorDivideDims<LastDim<S>, PlacesOf<Size>>];
}["images"];

/** The shape of all patches that images have. */
type PatchesIn<Images extends Shape, Size, Strides, P> = Windows2d<
  Images,
  MultiplyDims<LastDim<Images>, PlacesOf<Size>>,
  Size,
  Strides,
  P
>;
