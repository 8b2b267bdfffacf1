import * as tf from "@tensorflow/tfjs-core";
import type { Initializer } from "../../src/initializers/initializer.js";
import type { DType } from "../../src/ir/dtype.js";
import { random } from "../../src/ir/random.js";
import { activeBackend } from "./run.js";
import { holdNumbers } from "./runner.js";
import type { ShapeOf, Sizes, Tensor } from "./types/tensor.js";

/**
 * The initial value of a variable: the same numbers as a session of Shapewright starts with, drawn for the variable's name
 * from the seed.
 */
export function initial<const To extends Sizes, D extends DType = "float32">(
  name: string,
  initializer: Initializer,
  shape: To,
  seed: number,
  dtype: D = "float32" as D,
): Tensor<ShapeOf<To>, D> {
  const values = initializer.sample(shape, random(seed, name));
  return tf.keep(holdNumbers(values, shape, dtype, activeBackend()));
}

/** Frees the tensors of a record, such as the state of a training. */
export function disposeAll(tensors: Readonly<Record<string, tf.Tensor>>): void {
  for (const one of Object.values(tensors)) one.dispose();
}
