import { isCallable } from "../ir/isCallable.js";
import { type Node, tensorOf } from "../ir/node.js";
import { axesRule, type OptionRule } from "../ir/options.js";
import { returnedNode } from "../ir/returned.js";
import type { Tensor } from "../ir/tensor.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { sum } from "../ops/sum.js";
import { sameShape } from "../types/same-shape.js";
import { show } from "../types/show.js";

/**
 * What becomes of weights after each step: such as `nonNeg()`, or a function of one's own that gives a tensor of the same shape.
 *
 * @example
 * const bounded: Constraint = (w) => minimum(w, 1);
 */
export type Constraint = (weights: Tensor<any>) => Tensor<any>;

/** What a constraint is to an untyped program. */
export const aConstraint: OptionRule = {
  takes: "a function of a tensor that gives one of the same shape, such as nonNeg()",
  accepts: isCallable,
};

/** What weights become. Who wrote the constraint by hand may have made something else of them. */
export function constrained(op: string, what: string, constraint: Constraint, weights: Node): Node {
  return returnedNode(op, what, constraint(tensorOf(weights)), {
    takes: `float32 ${show(weights.shape)}`,
    accepts: ({ dtype, shape }) => dtype === "float32" && sameShape(shape, weights.shape),
  });
}

/** Options of constraints on norms. */
export interface NormConstraintOptions {
  /**
   * The axes that a norm is taken along: 0 for each unit of a `dense` layer, [0, 1, 2] for each filter of a `conv2d`.
   *
   * @default 0
   */
  readonly axis?: number | readonly number[];
}

export const normAxes = { axis: axesRule };

/** √Σw² along axes, which stay with size 1. */
export function normsOf(weights: Tensor<any>, axis: number | readonly number[]): Tensor<any> {
  return sqrt(sum(square(weights), { axis, keepDims: true } as { axis: number; keepDims: true })) as Tensor<any>;
}

/** What is added to norms, so that nothing is divided by 0: Keras's. */
export const normEpsilon = 1e-7;
