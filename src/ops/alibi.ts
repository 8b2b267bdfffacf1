import { generate } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOption, checkOptions, count, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim } from "../types/dim.js";
import { absOp } from "./abs.js";
import { castOp } from "./cast.js";
import { constantOp } from "./constant.js";
import { multiplyOp } from "./multiply.js";
import { type CheckSize, checkDims } from "./shared/checkDims.js";
import { type DistanceOptions, distanceRules, distances } from "./shared/distances.js";

/**
 * What attention's scores lose by distance, instead of an encoding of positions: −slope · |key's place − query's place|, with a slope for each head,
 * from 2^(−8 / heads) down to 1/256. In both directions alike; causal attention sees one of them. Sequences may be longer than those learnt from.
 * Source: Press et al., "Train short, test long: attention with linear biases enables input length extrapolation" (2022).
 *
 * @param heads how many heads attention has: where that is no power of two, the further slopes are those between the others, as in the
 *   authors' program
 * @param time how many places the query has: a positive integer, or the name of a size that an input has
 * @param source how many the keys have: as many unless said otherwise
 * @param options `offset` (0), the number of the query's first place among the keys'
 * @returns [heads, time, source], float32, for `attentionBias` of attention layers
 * @throws SW_VALUE when a size is none, or the offset is no int32
 * @example
 * const words = input(["batch", "time", 512]);
 * const bias = alibi(8, "time"); // Tensor<[8, "time", "time"], "float32">
 * const seen = multiHeadAttention(words, { numHeads: 8, keyDim: 64, useCausalMask: true, attentionBias: bias });
 */
export function alibi<const H extends number, const T extends Dim, const S extends Dim = T>(
  heads: H & CheckCount<"alibi", "heads", H>,
  time: T & CheckSize<"alibi", T>,
  source?: S & CheckSize<"alibi", S>,
  options: DistanceOptions = {},
): Tensor<[H, T, S]> {
  const rows = time as Dim;
  const columns = source === undefined ? rows : (source as Dim);
  checkOption("alibi", "heads", heads, required(count));
  refuse("SW_VALUE", "alibi", checkDims("alibi", [rows, columns], "none"));
  checkOptions("alibi", options, distanceRules);
  const slopes = slopesOf(heads as number);
  const value = generate([slopes.length, 1, 1], "float32", (i) => -slopes[i]!);
  return calling("alibi", () => {
    const apart = makeNode(absOp, [distances(rows, columns, options.offset ?? 0)], {});
    const far = makeNode(castOp, [apart], { dtype: "float32" });
    return tensorOf(makeNode(multiplyOp, [makeNode(constantOp, [], { value }), far], {}));
  });
}

/** 2^(−8 i / n) for n heads; of those that are more than a power of two, every other slope of twice as many. */
function slopesOf(heads: number): number[] {
  const whole = 2 ** Math.floor(Math.log2(heads));
  const geometric = (n: number) => Array.from({ length: n }, (_, i) => 2 ** ((-8 * (i + 1)) / n));
  const between = geometric(2 * whole).filter((_, i) => i % 2 === 0);
  return [...geometric(whole), ...between].slice(0, heads);
}
