import { generate } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { CheckPositive } from "../ir/option-checks.js";
import { aNumber, checkOption, positive, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { constantOp } from "./constant.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";

/**
 * Numbers from one to another of which each is as many times the one before, both among them.
 *
 * @param start the first, above 0
 * @param stop the last, above 0
 * @param num how many
 * @returns as many numbers, float32
 * @throws SW_VALUE when `num` is no positive integer, or the others are no positive numbers of float32
 * @example
 * const sizes = geomspace(1, 1000, 4); // Tensor<[4], "float32">: 1, 10, 100, 1000
 */
export function geomspace<const N extends number, const A extends number, const B extends number>(
  start: A & CheckPositive<"geomspace", "start", A>,
  stop: B & CheckPositive<"geomspace", "stop", B>,
  num: N & CheckDim<"geomspace", N>,
): Tensor<[N]> {
  const [first, last]: readonly number[] = [start, stop];
  checkOption("geomspace", "start", start, required(positive));
  checkOption("geomspace", "stop", stop, required(positive));
  const n = num as number;
  checkOption("geomspace", "num", n, required(aNumber));
  refuse("SW_VALUE", "geomspace", checkDims("geomspace", [n]));
  const at = (i: number) => (i === 0 ? first! : i === n - 1 ? last! : first! * (last! / first!) ** (i / (n - 1)));
  return tensorOf(makeNode(constantOp, [], { value: generate([n], "float32", at) }));
}
