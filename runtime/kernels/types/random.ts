import type { ShapeOf, Sizes, Tensor } from "./tensor.js";

export interface RandomKernels {
  /** Uniform numbers in [0, 1) that depend on the key alone: every backend draws the same. */
  randomUniform: Drawing;
  /** Numbers of the normal distribution with mean 0 and standard deviation 1 that depend on the key alone. */
  randomNormal: Drawing;
  /** Another key, for a number. */
  foldIn: (key: Key, index: Tensor<[], "int32">) => Key;
}

type Key = Tensor<[2], "int32">;

type Drawing = <const To extends Sizes>(key: Key, attributes: { readonly shape: To }) => Tensor<ShapeOf<To>>;
