import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { builder as b } from "./builder.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import { wholeSize } from "./shared/wholeSize.js";

const name = "unravelIndex";

/**
 * Where elements stand in a shape that are counted row by row, such as what `argMax` gives of a tensor that was flattened: of each its place
 * along each axis. Beyond the shape, and below 0, it is counted on from the other end.
 *
 * @param indices any shape, int32
 * @param shape the sizes, each a positive integer or the name of a size that an input has
 * @returns a tensor of the indices' shape for each axis, int32
 * @throws SW_DTYPE when the indices are not int32, SW_VALUE when the shape is none
 * @example
 * const [row, column] = unravelIndex(input(["batch"], "int32"), [28, 28]); // each Tensor<["batch"], "int32">
 */
export function unravelIndex<const S extends Shape, D extends DType, const Z extends Shape>(
  indices: Tensor<S, D> & CheckDType<typeof name, D, "int32">,
  shape: Z & CheckDims<typeof name, Z>,
): { -readonly [K in keyof Z]: Tensor<S, "int32"> } {
  const node = nodeOf(indices, name);
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["int32"]));
  refuse("SW_VALUE", name, checkDims(name, shape));
  return calling(name, () => placesIn(node, [...shape]).map((place) => tensorOf(place))) as never;
}

function placesIn(indices: Node, shape: readonly Dim[]): Node[] {
  let rest = indices;
  const places = shape.toReversed().map((dim) => {
    const size = wholeSize(dim);
    const place = b.op("mod", [rest, size]);
    rest = b.op("floorDivide", [rest, size]);
    return place;
  });
  return places.toReversed();
}
