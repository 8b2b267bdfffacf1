import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { anything, checkOptions, oneOf } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type MultiplyDims, multiplyDims, type Times } from "../types/arithmetic.js";
import type { LastDim } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type Padding, windowSize } from "../types/window.js";
import { places } from "./arange.js";
import { builder as b } from "./builder.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { wholeSize } from "./shared/wholeSize.js";
import { checkWindows } from "./shared/windows/check-convolution.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";
import type { SizesOption } from "./shared/windows/options.js";
import { type Pair, type SizeAt, sizesOf } from "./shared/windows/sizes.js";
import type { CheckWindows2d, Windows2d } from "./shared/windows/window-shapes.js";

const name = "extractPatches";

/** Options of `extractPatches`. */
export interface ExtractPatchesOptions<Strides, P, Now> {
  /** How far apart patches are: side by side, unless said otherwise. @default size */
  readonly strides?: SizesOption<typeof name, "strides", Strides, Now>;
  /** `"valid"` takes whole patches only; with `"same"` they reach over the edges, where zeros stand. @default "valid" */
  readonly padding?: P;
}

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
  const [high, wide] = sizesOf(name, "size", size as Pair, 2) as [number, number];
  checkOptions<ExtractPatchesOptions<unknown, unknown, "now">>(name, options, {
    strides: anything,
    padding: oneOf(["valid", "same"]),
  });
  const { strides = [high, wide], padding = "valid" } = options as { strides?: Pair; padding?: Padding };
  const [down, across] = sizesOf(name, "strides", strides, 2) as [number, number];
  const attributes = { strides: [down, across], padding };
  refuse("SW_SHAPE", name, checkWindows(name, node.shape, [high, wide], attributes));
  const check = { rule: "windows", shape: node.shape, given: { size: [high, wide], attributes } } as const;
  const [batch, height, width, channels] = node.shape as [Dim, Dim, Dim, Dim];
  return calling(
    name,
    () => {
      // [batch, height', rows, width, channels], and then [batch, height', rows, width', columns, channels].
      const inRows = spread(node, 1, windows(height, high, down, padding));
      const inBoth = spread(inRows, 3, windows(width, wide, across, padding));
      const [, rows, , columns] = inBoth.shape as Dim[];
      const patches = b.op("transpose", [inBoth], { permutation: [0, 1, 3, 2, 4, 5] });
      const shape = [batch, rows!, columns!, multiplyDims(channels, high * wide)];
      return tensorOf(b.op("reshape", [patches], { shape }));
    },
    check,
  );
}

/** How many places a patch has. */
type PlacesIn<Size> = Times<SizeAt<Size, 0>, SizeAt<Size, 1>>;

/** The windows over an axis, [windows, places]: where each place stands, and whether there is something, or, where all have, nothing to be asked. */
interface Windows {
  readonly at: Node;
  readonly isInside?: Node;
  readonly shape: readonly [Dim, number];
}

function windows(size: Dim, kernel: number, stride: number, padding: Padding): Windows {
  const count = windowSize(size, kernel, stride, padding);
  const shape = [count, kernel] as const;
  const first = b.op("reshape", [b.op("multiply", [places(count), b.scalar(stride, "int32")])], { shape: [count, 1] });
  const place = b.op("add", [first, places(kernel)]);
  if (padding === "valid") return { at: place, shape };
  const last = b.op("subtract", [wholeSize(size), b.scalar(1, "int32")]);
  // What the windows reach over is divided evenly, the odd place behind.
  const reach = b.op("add", [
    b.op("multiply", [wholeSize(count), b.scalar(stride, "int32")]),
    b.scalar(kernel - stride - 1, "int32"),
  ]);
  const over = b.op("maximum", [b.op("subtract", [reach, last]), b.scalar(0, "int32")]);
  const at = b.op("subtract", [place, b.op("floorDivide", [over, b.scalar(2, "int32")])]);
  const nearest = b.op("minimum", [b.op("maximum", [at, b.scalar(0, "int32")]), last]);
  return { at: nearest, isInside: b.op("equal", [at, nearest]), shape };
}

/** What stands in the windows over an axis, which becomes two; zeros where there is nothing. */
function spread(x: Node, axis: number, { at, isInside, shape }: Windows): Node {
  const found = b.op("gather", [x, at], { axis, batchDims: 0 });
  if (!isInside) return found;
  const behind = x.shape.slice(axis + 1).map(() => 1);
  return b.op("select", [b.op("reshape", [isInside], { shape: [...shape, ...behind] }), found, b.scalar(0)]);
}
