import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { insertAxis } from "../types/axis.js";
import type { Batched, Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { places } from "./arange.js";
import { builder as b } from "./builder.js";
import { type CheckSize, checkDims } from "./shared/checkDims.js";

/**
 * Which steps there are of sequences of several lengths: true for as many places of a new last axis as a length says.
 *
 * @param lengths any shape, int32
 * @param size the size of the new axis: a positive integer, or the name of a size that an input has
 * @returns [..., size], bool
 * @throws SW_DTYPE when the lengths are no integers; SW_VALUE when the size is none
 * @example
 * const text = input(["batch", "time", 64]);
 * const mask = sequenceMask(input(["batch"], "int32"), "time"); // Tensor<["batch", "time"], "bool">
 * const read = lstm(text, { units: 32, mask });
 */
export function sequenceMask<const S extends Shape, D extends DType, const N extends Dim>(
  lengths: Tensor<S, D> & CheckDType<"sequenceMask", D, "int32">,
  size: N & CheckSize<"sequenceMask", N>,
): Tensor<Batched<S, [N]>, "bool"> {
  const node = nodeOf(lengths, "sequenceMask");
  refuse("SW_DTYPE", "sequenceMask", checkDType("sequenceMask", node.dtype, ["int32"]));
  refuse("SW_VALUE", "sequenceMask", checkDims("sequenceMask", [size as Dim], "none"));
  return calling("sequenceMask", () => {
    const apart = b.op("reshape", [node], { shape: insertAxis(node.shape, -1) });
    return tensorOf(b.op("less", [places(size as Dim), apart]));
  });
}
