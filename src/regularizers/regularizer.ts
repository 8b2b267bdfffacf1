import { isCallable } from "../ir/isCallable.js";
import type { Node } from "../ir/node.js";
import { tensorOf } from "../ir/node.js";
import type { OptionRule } from "../ir/options.js";
import { returnedNode } from "../ir/returned.js";
import type { Tensor } from "../ir/tensor.js";

/**
 * What weights, or a layer's output, cost besides the loss: a scalar. Such as `l2(0.01)`, or a function of one's own.
 *
 * @example
 * const small: Regularizer = (w) => multiply(0.01, sum(abs(w)));
 */
export type Regularizer = (x: Tensor<any>) => Tensor<[]>;

/** What a regularizer is to an untyped program. */
export const aRegularizer: OptionRule = {
  takes: "a function of a tensor that gives a scalar, such as l2(0.01)",
  accepts: isCallable,
};

/** What x costs. Who wrote the regularizer by hand may have made something else of it. */
export function penaltyOf(op: string, what: string, regularizer: Regularizer, x: Node): Node {
  return returnedNode(op, what, regularizer(tensorOf(x)), {
    takes: "a float32 scalar",
    accepts: ({ dtype, rank }) => dtype === "float32" && rank === 0,
  });
}
