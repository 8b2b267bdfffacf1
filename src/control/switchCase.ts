import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { aTensor, callback, checkOption, listOf, required } from "../ir/options.js";
import { calling, currentPlace, within } from "../ir/place.js";
import { arrangeLike, nodesOf } from "../ir/structure.js";
import type { TensorLike } from "../ir/tensor.js";
import { builder as b } from "../ops/builder.js";
import { type CheckAnswer, checkAnswer } from "./answer.js";
import { choose } from "./choose.js";
import { checkSome } from "./returned.js";
import { type CheckAlike, nodesAlike, type Tree } from "./trees.js";

/** Functions of nothing, one for each number. */
type Branches = readonly [() => Tree, ...(() => Tree)[]];

/** `unknown` for each branch that gives what the first one gives, else the message. */
type CheckBranches<B extends Branches> = {
  readonly [K in keyof B]: B[K] extends () => infer Z
    ? CheckAlike<{ op: "switchCase"; one: "branch 0"; other: `branch ${K & string}` }, ReturnType<B[0]>, Z>
    : unknown;
};

/**
 * A choice among several ways to compute something, by a number, of which only the one that is chosen runs: choices as `cond` makes them, between one
 * half of the branches and the other.
 * Below 0 the first branch is chosen, and the last one above the last number, as in Keras's `switch` and JAX's.
 *
 * @param index an int32 scalar
 * @param branches functions, each called once: what each computes, a tensor or a record of tensors, all of the same shapes and dtypes
 * @returns what the branch that is chosen gives
 * @throws SW_SHAPE, SW_DTYPE when the index is no int32 scalar, SW_SHAPE when branches give tensors of other shapes or dtypes; SW_VALUE when there
 *   is no branch, or one gives no tensors
 * @example
 * const x = input(["batch", 8]);
 * const kind = input([], "int32");
 * const y = switchCase(kind, [() => relu(x), () => tanh(x), () => x]); // Tensor<["batch", 8], "float32">
 */
export function switchCase<const I extends TensorLike, const B extends Branches>(
  index: I & CheckAnswer<"switchCase", "the index", "int32", I>,
  branches: B & CheckBranches<B>,
): ReturnType<B[0]> {
  checkOption("switchCase", "the index", index, required(aTensor));
  const rule = listOf(callback);
  const takes = "a list of functions, of at least one";
  const accepts = (value: unknown) => rule.accepts(value) && (value as unknown[]).length > 0;
  checkOption("switchCase", "branches", branches, required({ takes, accepts }));
  const number = nodeOf(index, "switchCase");
  checkAnswer("switchCase", "the index", "int32", number);
  const all: readonly (() => Tree)[] = branches;
  const outside = currentPlace();
  let first: Tree | undefined;
  const branch = (i: number): Record<string, TensorLike> => {
    const tree = checkSome("switchCase", `branch ${i}`, within(outside, all[i]!));
    first ??= tree;
    const nodes = nodesAlike({ op: "switchCase", one: "branch 0", other: `branch ${i}` }, first, tree);
    return Object.fromEntries(nodes.map((node, k) => [k, tensorOf<TensorLike>(node)]));
  };
  // Halves of halves: nested one in another, n choices would be gone through n times each, and again at each level.
  const among = (from: number, to: number): Record<string, TensorLike> => {
    if (to - from === 1) return branch(from);
    const middle = (from + to) >> 1;
    const isBelow = b.op("less", [number, b.scalar(middle, "int32")]);
    return choose(
      isBelow,
      () => among(from, middle),
      () => nodesOf(among(middle, to)),
    );
  };
  const nodes: Node[] = nodesOf(calling("switchCase", () => among(0, all.length)));
  return arrangeLike<ReturnType<B[0]>>(first!, nodes);
}
