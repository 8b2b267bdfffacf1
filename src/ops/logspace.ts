import { generate } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import { aNumber, checkOption, checkOptions, float32, positive, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { constantOp } from "./constant.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";

/** Options of `logspace`. */
export interface LogspaceOptions {
  /** What the powers are of. @default 10 */
  readonly base?: number;
}

/**
 * Powers whose exponents are at equal distances from one to another, both among them.
 *
 * @param start the first exponent
 * @param stop the last
 * @param num how many
 * @param options `base` (10)
 * @returns as many numbers, float32
 * @throws SW_VALUE when `num` is no positive integer, or the others are no numbers of float32
 * @example
 * const rates = logspace(-4, -1, 4); // Tensor<[4], "float32">: 0.0001, 0.001, 0.01, 0.1
 */
export function logspace<const N extends number>(
  start: number,
  stop: number,
  num: N & CheckDim<"logspace", N>,
  options: LogspaceOptions = {},
): Tensor<[N]> {
  checkOption("logspace", "start", start, required(float32));
  checkOption("logspace", "stop", stop, required(float32));
  checkOptions("logspace", options, { base: positive });
  const n = num as number;
  checkOption("logspace", "num", n, required(aNumber));
  refuse("SW_VALUE", "logspace", checkDims("logspace", [n]));
  const { base = 10 } = options;
  const exponent = (i: number) => (n === 1 ? start : start + ((stop - start) * i) / (n - 1));
  return tensorOf(makeNode(constantOp, [], { value: generate([n], "float32", (i) => base ** exponent(i)) }));
}
