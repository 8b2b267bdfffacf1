import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Same, Shape, SplitLast, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { places } from "./arange.js";
import { builder as b } from "./builder.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { wholeSize } from "./shared/wholeSize.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";

const name = "sobelEdges";

/** The images' shape, with an axis more. */
export type SobelEdges<S extends Shape> = Same<SplitLast<S>, "unknown"> extends true ? UnknownShape : [...S, 2];

/**
 * How steeply images rise at each pixel, downwards and to the right, by Sobel's filters; beyond an edge lies what lies before it. The rule is
 * that of Keras's `ops.image.sobel_edges`. Along an axis of one pixel, nothing rises.
 *
 * @param images [batch, height, width, channels], float32
 * @returns [batch, height, width, channels, 2]: of each pixel both slopes, eight times as large as those between neighbours
 * @throws SW_SHAPE when images have another rank, SW_DTYPE when they are not float32
 * @see I. Sobel and G. Feldman, A 3x3 isotropic gradient operator for image processing, 1968
 * @example
 * const edges = sobelEdges(input(["batch", 28, 28, 1])); // Tensor<["batch", 28, 28, 1, 2], "float32">
 */
export function sobelEdges<const S extends Shape, D extends DType>(
  images: Tensor<S, D> & FirstMessage<CheckDType<typeof name, D, "float32">, CheckImages<typeof name, S, 4>>,
): Tensor<SobelEdges<S>, D> {
  const node = nodeOf(images, name);
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 2));
  return calling(name, () => {
    const slopes = [rising(smooth(node, 2), 1), rising(smooth(node, 1), 2)];
    const columns = slopes.map((slope) => b.op("reshape", [slope], { shape: [...slope.shape, 1] }));
    return tensorOf(b.op("concat", columns, { axis: 4 }));
  });
}

/** By [-1, 0, 1] along an axis. */
function rising(x: Node, axis: number): Node {
  return b.op("subtract", [neighbour(x, axis, 1), neighbour(x, axis, -1)]);
}

/** By [1, 2, 1] along an axis. */
function smooth(x: Node, axis: number): Node {
  const around = b.op("add", [neighbour(x, axis, -1), neighbour(x, axis, 1)]);
  return b.op("add", [around, b.op("multiply", [x, b.scalar(2)])]);
}

/** The element before each one, or behind it; beyond an edge the one on its other side, if there is one. */
function neighbour(x: Node, axis: number, step: 1 | -1): Node {
  const size = x.shape[axis]!;
  const integer = (value: number) => b.scalar(value, "int32");
  const last = b.op("subtract", [wholeSize(size), integer(1)]);
  const moved = b.op("add", [places(size), integer(step)]);
  const back = b.op("subtract", [last, b.op("abs", [b.op("subtract", [last, b.op("abs", [moved])])])]);
  return b.op("gather", [x, b.op("maximum", [back, integer(0)])], { axis, batchDims: 0 });
}
