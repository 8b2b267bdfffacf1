import { makeNode } from "../../ir/makeNode.js";
import { nodeOf, tensorOf } from "../../ir/node.js";
import { add } from "../../ops/add.js";
import { multiply } from "../../ops/multiply.js";
import { randomUniformOp } from "../../ops/randomUniform.js";
import type { Any } from "../../ops/shared/composite.js";
import { stepKey } from "../../ops/stepKey.js";

/** A lower and an upper bound. */
export type Bounds = readonly [low: number, high: number];

/** A uniform number between bounds for each image, [batch, 1, …] of so many axes: other ones in each step, and for each call. */
export function drawn(images: Any, axes: number, bounds: Bounds): Any {
  return drawnOf(images, Array(axes - 1).fill(1), bounds);
}

/** As many uniform numbers for each image, [batch, ...shape]. */
export function drawnOf(images: Any, shape: readonly number[], [low, high]: Bounds): Any {
  const batch = nodeOf(images).shape[0]!;
  const parts: Any = tensorOf(makeNode(randomUniformOp, [nodeOf(stepKey())], { shape: [batch, ...shape] }));
  return add(multiply(parts, high - low), low);
}
