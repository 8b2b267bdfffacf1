import type { Tensor } from "../ir/tensor.js";
import { all } from "../ops/all.js";
import { equal } from "../ops/equal.js";
import { logicalOr } from "../ops/logicalOr.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";

/** max(1 - target · output, 0): how much an output is short of 1 on the side of its target. Targets 0 and 1 are -1 and 1. */
export function shortfall<S extends Shape>(target: Tensor<S>, output: Tensor<S>): Tensor<S> {
  const areBits = all(logicalOr(equal(target, 0), equal(target, 1)));
  const sides = select(areBits, subtract(multiply(target, 2), 1), target);
  return maximum(subtract(1, multiply(sides, output)), 0);
}
