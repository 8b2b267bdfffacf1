import * as tf from "@tensorflow/tfjs-core";
import type { Initializer } from "../../src/initializers/initializer.js";
import { elementCount } from "../../src/ir/array.js";
import type { DType } from "../../src/ir/dtype.js";
import { random } from "../../src/ir/random.js";
import { activeBackend } from "./run.js";
import { holdNumbers } from "./runner.js";
import type { ShapeOf, Sizes, Tensor, TfjsTensor } from "./types/tensor.js";

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

/** The initial value of a variable of which every element is the same number. */
export function filled<const To extends Sizes, D extends DType = "float32">(
  value: number,
  shape: To,
  dtype: D = "float32" as D,
): Tensor<ShapeOf<To>, D> {
  return initial(
    "",
    { name: "filled", sample: () => new Float32Array(elementCount(shape)).fill(value) },
    shape,
    0,
    dtype,
  );
}

/** Frees the tensors of a record, such as the state of a training. */
export function disposeAll(tensors: Readonly<Record<string, TfjsTensor>>): void {
  for (const one of Object.values(tensors)) one.dispose();
}
