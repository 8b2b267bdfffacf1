/**
 * The prediction of `program` in examples/02-mnist.ts: the model as straight-line code.
 * Written by Shapewright: change the model, not this file.
 *
 *     import * as tf from "@tensorflow/tfjs-core";
 *     import "@tensorflow/tfjs-backend-wasm"; // or "…-backend-webgl", "…-backend-cpu"; in Node "@tensorflow/tfjs-node"
 *     import { createWeights, predict } from "./program.predict.js";
 *
 *     await tf.setBackend("wasm");
 *     const weights = createWeights(numbers);
 *     const output = predict(weights, image);
 *
 * Inputs are tensors of tfjs: image float32 [batch, 784]. They stay the caller's.
 */
import { affineOp, bindSizes, dispose, kernel, type Tensor, tensor } from "shapewright/kernels";

const affine = kernel(affineOp);

/** The model's variables, by name. */
export interface Weights {
  readonly "dense/kernel": Tensor<[784, 512]>;
  readonly "dense/bias": Tensor<[512]>;
  readonly "dense_1/kernel": Tensor<[512, 10]>;
  readonly "dense_1/bias": Tensor<[10]>;
}

/** Weights from their numbers, in row-major order, such as a session's `getWeight(name).data`. */
export function createWeights(values: Readonly<Record<keyof Weights, ArrayLike<number>>>): Weights {
  return {
    "dense/kernel": tensor(values["dense/kernel"], [784, 512]),
    "dense/bias": tensor(values["dense/bias"], [512]),
    "dense_1/kernel": tensor(values["dense_1/kernel"], [512, 10]),
    "dense_1/bias": tensor(values["dense_1/bias"], [10]),
  };
}

/** The model's output for a batch. What it returns is the caller's to dispose. */
export function predict(weights: Weights, image: Tensor<["batch", 784]>): Tensor<["batch", 10]> {
  bindSizes({ image: [image, ["batch", 784], "float32"] });

  // relu(image · dense/kernel + dense/bias)
  const dense: Tensor<["batch", 512]> = affine(image, weights["dense/kernel"], weights["dense/bias"], {
    activation: "relu",
  });

  // dense · dense_1/kernel + dense_1/bias
  const dense_1: Tensor<["batch", 10]> = affine(dense, weights["dense_1/kernel"], weights["dense_1/bias"]);
  dispose(dense);

  return dense_1;
}
