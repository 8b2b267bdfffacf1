import { nodeOf } from "../../ir/node.js";
import { add } from "../../ops/add.js";
import { multiply } from "../../ops/multiply.js";
import { randomUniform } from "../../ops/randomUniform.js";
import type { Any } from "../../ops/shared/composite.js";
import { stepKey } from "../../ops/stepKey.js";

/** A lower and an upper bound. */
export type Bounds = readonly [low: number, high: number];

/** A uniform number between bounds for each image, [batch, 1, …] of so many axes: other ones in each step, and for each call. */
export function drawn(images: Any, axes: number, [low, high]: Bounds): Any {
  const batch = nodeOf(images).shape[0]!;
  const shape = [batch, ...Array.from({ length: axes - 1 }, () => 1)];
  const parts: Any = randomUniform(stepKey(), shape as never);
  return add(multiply(parts, high - low), low);
}
