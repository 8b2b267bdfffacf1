import { randomUniformOp } from "../../src/ops/randomUniform.js";
import { run } from "./run.js";
import type { ShapeOf, Sizes, Tensor } from "./tensor.js";

/** Uniform numbers in [0, 1) that depend on the seed and the step alone: every backend draws the same. */
export function randomUniform<const To extends Sizes>(
  step: Tensor<[], "int32">,
  { shape, seed }: { readonly shape: To; readonly seed: number },
): Tensor<ShapeOf<To>> {
  return run(randomUniformOp, [step], { attributes: { shape, seed }, shape });
}
