import type { Signature } from "../../../ir/node.js";
import { refuse } from "../../../ir/refuse.js";
import { checkDType } from "../../../types/dtype.js";
import { checkImages, type SpatialRank } from "./images.js";

/** Refuses what no convolution takes, in the order of the arguments, as types do: of the input all is said before anything of the filter. */
export function refuseConvolved(op: string, x: Signature, filter: Signature, rank: number): void {
  refuse("SW_DTYPE", op, checkDType(op, x.dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkImages(op, x.shape, rank as SpatialRank));
  refuse("SW_DTYPE", op, checkDType(op, filter.dtype, ["float32"]));
}
