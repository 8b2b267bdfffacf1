import { generate } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import { aNumber, checkOption, float32, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { constantOp } from "./constant.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";

/**
 * Numbers at equal distances from one to another, both among them.
 *
 * @param start the first
 * @param stop the last
 * @param num how many
 * @returns as many numbers, float32
 * @throws SW_VALUE when `num` is no positive integer, or the others are no numbers of float32
 * @example
 * const x = linspace(-1, 1, 5); // Tensor<[5], "float32">: -1, -0.5, 0, 0.5, 1
 */
export function linspace<const N extends number>(
  start: number,
  stop: number,
  num: N & CheckDim<"linspace", N>,
): Tensor<[N]> {
  checkOption("linspace", "start", start, required(float32));
  checkOption("linspace", "stop", stop, required(float32));
  const n = num as number;
  checkOption("linspace", "num", n, required(aNumber));
  refuse("SW_VALUE", "linspace", checkDims("linspace", [n]));
  const at = (i: number) => (i === 0 ? start : i === n - 1 ? stop : start + ((stop - start) * i) / (n - 1));
  return tensorOf(makeNode(constantOp, [], { value: generate([n], "float32", at) }));
}
