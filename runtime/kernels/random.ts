import { foldInOp } from "../../src/ops/foldIn.js";
import { randomNormalOp } from "../../src/ops/randomNormal.js";
import { randomUniformOp } from "../../src/ops/randomUniform.js";
import { run } from "./run.js";
import type { ShapeOf, Sizes, Tensor } from "./tensor.js";

type Key = Tensor<[2], "int32">;

/** Uniform numbers in [0, 1) that depend on the key alone: every backend draws the same. */
export function randomUniform<const To extends Sizes>(
  key: Key,
  { shape }: { readonly shape: To },
): Tensor<ShapeOf<To>> {
  return run(randomUniformOp, [key], { attributes: { shape }, shape });
}

/** Numbers of the normal distribution with mean 0 and standard deviation 1 that depend on the key alone. */
export function randomNormal<const To extends Sizes>(key: Key, { shape }: { readonly shape: To }): Tensor<ShapeOf<To>> {
  return run(randomNormalOp, [key], { attributes: { shape }, shape });
}

/** Another key, for a number. */
export function foldIn(key: Key, index: Tensor<[], "int32">): Key {
  return run(foldInOp, [key, index], { shape: [2], dtype: "int32" });
}
