import type { TensorInfo } from "../../../src/ir/tfjs-lowering.js";
import type { PlainRunner } from "../plain-runner.js";
import type { Attributes, Inputs } from "./mended.js";
import { hasNaN, largestIn, withoutNaN } from "./not-a-number.js";
import { scalar } from "./numbers.js";

/**
 * The wasm backend's means are held between the least and the largest number, which makes a number of NaN, and of ∞ - ∞. The means
 * of what is above 0 and of what is below add up to theirs.
 */
export function averagingAll(k: PlainRunner, { x }: Inputs, attributes: Attributes): TensorInfo | undefined {
  if (Number.isFinite(largestIn(k, x!))) return undefined;
  const [zero, numbers] = [k.broadcast(scalar(k, 0), x!.shape), withoutNaN(k, x!, 0)];
  const [above, below] = ["Maximum", "Minimum"].map((half) =>
    k.plain("AvgPool", { x: k.plain(half, { a: numbers, b: zero }) }, attributes),
  ) as [TensorInfo, TensorInfo];
  return withNaNs(k, x!, attributes, k.plain("Add", { a: above, b: below }));
}

/** tfjs's kernels pass NaN over, and wasm's takes the least number for a window that begins with one. */
export function largestAll(k: PlainRunner, { x }: Inputs, attributes: Attributes): TensorInfo | undefined {
  if (!hasNaN(k, x!)) return undefined;
  const numbers = withoutNaN(k, x!, Number.NEGATIVE_INFINITY);
  return withNaNs(k, x!, attributes, k.plain("MaxPool", { x: numbers }, attributes));
}

/** What was pooled, but NaN for the windows in which there is one. */
function withNaNs(k: PlainRunner, x: TensorInfo, attributes: Attributes, pooled: TensorInfo): TensorInfo {
  const [zero, one] = [0, 1].map((value) => k.broadcast(scalar(k, value), x.shape)) as [TensorInfo, TensorInfo];
  const hidden = k.plain("Select", { condition: k.plain("Equal", { a: x, b: x }), t: zero, e: one });
  const share = k.plain("AvgPool", { x: hidden }, attributes);
  const nan = k.broadcast(scalar(k, Number.NaN), pooled.shape);
  return k.plain("Select", { condition: k.plain("Greater", { a: share, b: scalar(k, 0) }), t: nan, e: pooled });
}
