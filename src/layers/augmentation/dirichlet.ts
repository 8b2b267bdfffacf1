import { makeNode } from "../../ir/makeNode.js";
import { nodeOf, tensorOf } from "../../ir/node.js";
import type { Tensor } from "../../ir/tensor.js";
import { add } from "../../ops/add.js";
import { argMax } from "../../ops/argMax.js";
import { cast } from "../../ops/cast.js";
import { divide } from "../../ops/divide.js";
import { expandDims } from "../../ops/expandDims.js";
import { gather } from "../../ops/gather.js";
import { less } from "../../ops/less.js";
import { log } from "../../ops/log.js";
import { maximum } from "../../ops/maximum.js";
import { multiply } from "../../ops/multiply.js";
import { randomNormalOp } from "../../ops/randomNormal.js";
import { randomUniformOp } from "../../ops/randomUniform.js";
import type { Any } from "../../ops/shared/composite.js";
import { softmax } from "../../ops/softmax.js";
import { square } from "../../ops/square.js";
import { squeeze } from "../../ops/squeeze.js";
import { stepKey } from "../../ops/stepKey.js";
import { subtract } from "../../ops/subtract.js";

/** So many positive numbers that add up to 1, of the symmetric Dirichlet distribution of alpha: other ones in each step, and for each call. */
export function dirichlet(count: number, alpha: number): Any {
  return softmax(logGamma(count, alpha)) as Any;
}

/** Of how many tries the first is taken that is accepted: each is by more than 0.95, so all are refused once in 10²⁰ times. */
const tries = 16;

/** Logarithms of numbers of the gamma distribution, [count]. Marsaglia and Tsang, "A simple method for generating gamma variables" (2000). */
function logGamma(count: number, alpha: number): Any {
  const d = (alpha < 1 ? alpha + 1 : alpha) - 1 / 3;
  const x: Any = tensorOf(makeNode(randomNormalOp, [nodeOf(stepKey())], { shape: [count, tries] }));
  const root: Any = add(multiply(x, 1 / Math.sqrt(9 * d)), 1);
  const cube: Any = multiply(multiply(root, root) as Any, root);
  const logV: Any = log(maximum(cube, 1e-30) as Any);
  const bound: Any = add(
    add(multiply(square(x) as Any, 0.5) as Any, multiply(subtract(1, cube) as Any, d) as Any) as Any,
    multiply(logV, d) as Any,
  );
  const isAccepted: Tensor<any, "bool"> = less(logUniform([count, tries]), bound);
  const first: Tensor<any, "int32"> = argMax(cast(isAccepted, "int32"), -1);
  const taken: Any = squeeze(gather(logV, expandDims(first, -1), 1, { batchDims: 1 }) as Any, -1);
  const found: Any = add(taken, Math.log(d));
  return alpha < 1 ? (add(found, divide(logUniform([count]), alpha) as Any) as Any) : found;
}

/** Logarithms of uniform numbers, above 0. */
function logUniform(shape: readonly number[]): Any {
  return log(subtract(1, tensorOf(makeNode(randomUniformOp, [nodeOf(stepKey())], { shape })) as Any) as Any) as Any;
}
