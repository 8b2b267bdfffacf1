import { nodeOf } from "../ir/node.js";
import { aTensor, callback, checkOption, required } from "../ir/options.js";
import type { TensorLike } from "../ir/tensor.js";
import { type CheckAnswer, checkAnswer } from "./answer.js";
import { choose } from "./choose.js";
import { checkSome } from "./returned.js";
import { type CheckAlike, nodesAlike, type Tree } from "./trees.js";

const ways = { op: "cond", one: "ifTrue", other: "ifFalse" } as const;

/**
 * A choice within the graph: one of two ways to compute something, of which only the one runs that the predicate chooses. It is
 * differentiated, optimised and compiled as a choice. Where both ways cost little, `select` chooses number by number.
 *
 * Each function is called once, to see what it computes. What it makes while it is called is computed in its way alone; what was made
 * before, and the weights of layers, it reads from outside.
 *
 * @param predicate a bool scalar
 * @param ifTrue what is computed where it is true: a tensor, or a record of tensors
 * @param ifFalse what is computed where it is false: of the same shapes and dtypes
 * @returns what the way that is chosen gives
 * @throws SW_SHAPE, SW_DTYPE when the predicate is no bool scalar, SW_SHAPE when the ways give tensors of other shapes or dtypes; SW_VALUE when one
 *   gives no tensors
 * @example
 * const x = input(["batch", 8]);
 * const isLarge = greater(mean(square(x)), 1);
 * const y = cond(isLarge, () => tanh(x), () => x); // Tensor<["batch", 8], "float32">
 */
export function cond<const P extends TensorLike, Y extends Tree, Z extends Tree>(
  predicate: P & CheckAnswer<"cond", "the predicate", "bool", P>,
  ifTrue: () => Y,
  ifFalse: (() => Z) & CheckAlike<typeof ways, Y, Z>,
): Y {
  checkOption("cond", "the predicate", predicate, required(aTensor));
  checkOption("cond", "ifTrue", ifTrue, required(callback));
  checkOption("cond", "ifFalse", ifFalse, required(callback));
  const chooses = nodeOf(predicate, "cond");
  checkAnswer("cond", "the predicate", "bool", chooses);
  return choose(
    chooses,
    () => checkSome("cond", "ifTrue", ifTrue()),
    (whenTrue) => nodesAlike(ways, whenTrue, checkSome("cond", "ifFalse", (ifFalse as () => Z)())),
  );
}
