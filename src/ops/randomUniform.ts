import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { Samples } from "../ir/op.js";
import { statelessRandomUniform } from "../ir/philox.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Ranked, Shape } from "../types/dim.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import { type Key, keyOf } from "./shared/key.js";
import { drawing, drawingSamples } from "./shared/random.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Uniform numbers in [0, 1), float32. Input: a key. */
    randomUniform: { readonly shape: readonly Dim[] };
  }
}

export const randomUniformOp = drawing<"randomUniform">({
  name: "randomUniform",
  noun: "uniform",
  tensorflow: "StatelessRandomUniform",
  draw: statelessRandomUniform,
  // A number drawn counts as one operation.
  flopsPerNumber: 1,
});

export const randomUniformSamples: Samples<"randomUniform"> = drawingSamples;

/**
 * Uniform numbers in [0, 1) that depend on the key alone: the same on every backend, and in every run.
 *
 * @param key int32 [2], from `randomKey` or `foldIn`
 * @param shape sizes, or names of sizes that an input has
 * @returns the shape, float32
 * @throws SW_VALUE when a size is none, SW_SHAPE when the key is none
 * @example
 * const u = randomUniform(randomKey(0), ["batch", 3]); // Tensor<["batch", 3], "float32">
 */
export function randomUniform<const S extends Shape>(
  key: Key,
  shape: S & CheckDims<"randomUniform", S, "none">,
): Tensor<Ranked<S>> {
  const from = keyOf("randomUniform", key);
  refuse("SW_VALUE", "randomUniform", checkDims("randomUniform", shape, "none"));
  return tensorOf(makeNode(randomUniformOp, [from], { shape }));
}
