import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { Samples } from "../ir/op.js";
import { statelessRandomNormal } from "../ir/philox.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Ranked, Shape } from "../types/dim.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import { type Key, keyOf } from "./shared/key.js";
import { drawing, drawingSamples } from "./shared/random.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Normal numbers with mean 0 and standard deviation 1, float32. Input: a key. */
    randomNormal: { readonly shape: readonly Dim[] };
  }
}

export const randomNormalOp = drawing<"randomNormal">({
  name: "randomNormal",
  noun: "normal",
  tensorflow: "StatelessRandomNormal",
  draw: statelessRandomNormal,
  // Drawn, and half of: a logarithm, a product, a root, an angle, a sine, a cosine, two products.
  flopsPerNumber: 5,
});

export const randomNormalSamples: Samples<"randomNormal"> = drawingSamples;

/**
 * Numbers of the normal distribution with mean 0 and standard deviation 1 that depend on the key alone: the same on every backend,
 * but for roundings, and in every run.
 *
 * @param key int32 [2], from `randomKey` or `foldIn`
 * @param shape sizes, or names of sizes that an input has
 * @returns the shape, float32
 * @throws SW_VALUE when a size is none, SW_SHAPE when the key is none
 * @example
 * const noise = randomNormal(randomKey(0), ["batch", 3]); // Tensor<["batch", 3], "float32">
 */
export function randomNormal<const S extends Shape>(
  key: Key,
  shape: S & CheckDims<"randomNormal", S, "none">,
): Tensor<Ranked<S>> {
  const from = keyOf("randomNormal", key);
  refuse("SW_VALUE", "randomNormal", checkDims("randomNormal", shape, "none"));
  return tensorOf(makeNode(randomNormalOp, [from], { shape }));
}
