/**
 * The training of `program` in examples/02-mnist.ts: one step as straight-line code.
 * Written by Shapewright: change the model, not this file.
 *
 *     import * as tf from "@tensorflow/tfjs-core";
 *     import "@tensorflow/tfjs-backend-wasm"; // or "…-backend-webgl", "…-backend-cpu"; in Node "@tensorflow/tfjs-node"
 *     import { createState, trainStep } from "./program.train.js";
 *
 *     await tf.setBackend("wasm");
 *     const state = createState({ seed: 0 });
 *     const { loss, accuracy } = trainStep(state, image, target);
 *
 * Inputs are tensors of tfjs: image float32 [batch, 784], target int32 [batch]. They stay the caller's.
 */
import {
  affineOp,
  applyRmsPropOp,
  argMaxOp,
  bindSizes,
  castOp,
  dispose,
  disposeAll,
  dotOp,
  equalOp,
  filled,
  glorotUniform,
  initial,
  kernel,
  meanOp,
  multiplyOp,
  reluGradientOp,
  sparseSoftmaxCrossEntropyGradientOp,
  sparseSoftmaxCrossEntropyWithLogitsOp,
  sumOp,
  take,
  type Tensor,
  updateKernel,
  wholeKernel,
} from "shapewright/kernels";

const affine = kernel(affineOp);
const applyRmsProp = updateKernel(applyRmsPropOp);
const argMax = kernel(argMaxOp);
const cast = kernel(castOp);
const dot = kernel(dotOp);
const equal = kernel(equalOp);
const mean = kernel(meanOp);
const multiply = kernel(multiplyOp);
const reluGradient = wholeKernel(reluGradientOp);
const sparseSoftmaxCrossEntropyGradient = wholeKernel(sparseSoftmaxCrossEntropyGradientOp);
const sparseSoftmaxCrossEntropyWithLogits = wholeKernel(sparseSoftmaxCrossEntropyWithLogitsOp);
const sum = kernel(sumOp);

/** The model's variables, by name. */
export interface Weights {
  "dense/kernel": Tensor<[784, 512]>;
  "dense/bias": Tensor<[512]>;
  "dense_1/kernel": Tensor<[512, 10]>;
  "dense_1/bias": Tensor<[10]>;
}

/** What training changes: the weights, and what the optimizer keeps. `disposeAll(state)` frees it. */
export interface State extends Weights {
  "optimizer/learningRate": Tensor<[]>;
  "optimizer/dense/kernel/meanSquare": Tensor<[784, 512]>;
  "optimizer/dense/bias/meanSquare": Tensor<[512]>;
  "optimizer/dense_1/kernel/meanSquare": Tensor<[512, 10]>;
  "optimizer/dense_1/bias/meanSquare": Tensor<[10]>;
}

/** What is measured on a batch. */
export interface Report {
  readonly loss: number;
  readonly accuracy: number;
}

/** Where training starts: a seed for what is drawn, 0 unless said otherwise, and weights that are known. */
export interface StateOptions {
  readonly seed?: number;
  /**
   * 0.001 unless said otherwise. Later, with what `shapewright/kernels` exports:
   * `assign(state, { "optimizer/learningRate": tensor([1e-4], []) })`
   */
  readonly learningRate?: number;
  readonly weights?: Partial<Weights>;
}

/**
 * The state before the first step. Weights that are given are taken over; the others are drawn from the seed, the same
 * numbers as a session of Shapewright draws.
 */
export function createState({ seed = 0, learningRate = 0.001, weights = {} }: StateOptions = {}): State {
  return {
    "dense/kernel": weights["dense/kernel"] ?? initial("dense/kernel", glorotUniform(), [784, 512], seed),
    "dense/bias": weights["dense/bias"] ?? filled(0, [512]),
    "dense_1/kernel": weights["dense_1/kernel"] ?? initial("dense_1/kernel", glorotUniform(), [512, 10], seed),
    "dense_1/bias": weights["dense_1/bias"] ?? filled(0, [10]),
    "optimizer/learningRate": filled(learningRate, []),
    "optimizer/dense/kernel/meanSquare": filled(0, [784, 512]),
    "optimizer/dense/bias/meanSquare": filled(0, [512]),
    "optimizer/dense_1/kernel/meanSquare": filled(0, [512, 10]),
    "optimizer/dense_1/bias/meanSquare": filled(0, [10]),
  };
}

/** Takes one training step on a batch: changes the state. Returns the loss and the metrics from before it. */
export function trainStep(state: State, image: Tensor<["batch", 784]>, target: Tensor<["batch"], "int32">): Report {
  const { batch } = bindSizes({ image: [image, ["batch", 784], "float32"], target: [target, ["batch"], "int32"] });

  // Forward
  // relu(image · dense/kernel + dense/bias)
  const dense: Tensor<["batch", 512]> = affine(image, state["dense/kernel"], state["dense/bias"], {
    activation: "relu",
  });

  // dense · dense_1/kernel + dense_1/bias
  const dense_1: Tensor<["batch", 10]> = affine(dense, state["dense_1/kernel"], state["dense_1/bias"]);

  // Loss and metrics
  // loss = mean(-ln softmax(dense_1)[target])
  const losses: Tensor<["batch"]> = sparseSoftmaxCrossEntropyWithLogits(dense_1, target);
  const loss: Tensor<[]> = mean(losses, { axes: [0], keepDims: false });
  dispose(losses);

  // accuracy = mean(argMax(dense_1) = target)
  const predicted: Tensor<["batch"], "int32"> = argMax(dense_1, { axis: 1 });
  const is_equal: Tensor<["batch"], "bool"> = equal(predicted, target);
  dispose(predicted);
  const converted: Tensor<["batch"]> = cast(is_equal, { dtype: "float32" });
  dispose(is_equal);
  const accuracy: Tensor<[]> = mean(converted, { axes: [0], keepDims: false });
  dispose(converted);

  // Backward
  // Gradient of loss with respect to dense_1: (softmax(dense_1) - oneHot(target)) · (1 / batch)
  const d_dense_1_slope: Tensor<["batch", 10]> = sparseSoftmaxCrossEntropyGradient(dense_1, target);
  dispose(dense_1);
  const d_dense_1: Tensor<["batch", 10]> = multiply(d_dense_1_slope, 1 / batch);
  dispose(d_dense_1_slope);

  // Gradient of loss with respect to dense_1/bias: Σ d_dense_1 over axis 0
  const d_dense_1_bias: Tensor<[10]> = sum(d_dense_1, { axes: [0], keepDims: false });
  // Gradient of loss with respect to dense_1/kernel: denseᵀ · d_dense_1
  const d_dense_1_kernel: Tensor<[512, 10]> = dot(dense, d_dense_1, { transposeA: true });
  // Gradient of loss with respect to dense: d_dense_1 · dense_1/kernelᵀ
  const d_dense: Tensor<["batch", 512]> = dot(d_dense_1, state["dense_1/kernel"], { transposeB: true });
  dispose(d_dense_1);

  // Gradient of loss with respect to dense before its relu: d_dense where dense > 0, else 0
  const d_dense_linear: Tensor<["batch", 512]> = reluGradient(d_dense, dense);
  dispose(dense, d_dense);
  // Gradient of loss with respect to dense/bias: Σ d_dense_linear over axis 0
  const d_dense_bias: Tensor<[512]> = sum(d_dense_linear, { axes: [0], keepDims: false });
  // Gradient of loss with respect to dense/kernel: imageᵀ · d_dense_linear
  const d_dense_kernel: Tensor<[784, 512]> = dot(image, d_dense_linear, { transposeA: true });
  dispose(d_dense_linear);

  // Update
  // applyRmsProp: s := ρ·s + (1 - ρ)·g²; w := w - η·g / √(s + ε)
  // where w is the weight, g is its gradient, η is the learning rate, s is meanSquare, ρ is rho, ε is epsilon
  const gradients = {
    "dense_1/bias": d_dense_1_bias,
    "dense_1/kernel": d_dense_1_kernel,
    "dense/bias": d_dense_bias,
    "dense/kernel": d_dense_kernel,
  };
  applyRmsProp.each(state, gradients, ["meanSquare"], state["optimizer/learningRate"], {
    rho: 0.9,
    momentum: 0,
    epsilon: 1e-7,
  });
  disposeAll(gradients);

  return { loss: take(loss), accuracy: take(accuracy) };
}

/** The loss and the metrics of a batch, with the model as it is in prediction. */
export function evaluateStep(
  state: Weights,
  image: Tensor<["batch", 784]>,
  target: Tensor<["batch"], "int32">,
): Report {
  bindSizes({ image: [image, ["batch", 784], "float32"], target: [target, ["batch"], "int32"] });

  // Forward
  // relu(image · dense/kernel + dense/bias)
  const dense: Tensor<["batch", 512]> = affine(image, state["dense/kernel"], state["dense/bias"], {
    activation: "relu",
  });

  // dense · dense_1/kernel + dense_1/bias
  const dense_1: Tensor<["batch", 10]> = affine(dense, state["dense_1/kernel"], state["dense_1/bias"]);
  dispose(dense);

  // Loss and metrics
  // loss = mean(-ln softmax(dense_1)[target])
  const losses: Tensor<["batch"]> = sparseSoftmaxCrossEntropyWithLogits(dense_1, target);
  const loss: Tensor<[]> = mean(losses, { axes: [0], keepDims: false });
  dispose(losses);

  // accuracy = mean(argMax(dense_1) = target)
  const predicted: Tensor<["batch"], "int32"> = argMax(dense_1, { axis: 1 });
  dispose(dense_1);
  const is_equal: Tensor<["batch"], "bool"> = equal(predicted, target);
  dispose(predicted);
  const converted: Tensor<["batch"]> = cast(is_equal, { dtype: "float32" });
  dispose(is_equal);
  const accuracy: Tensor<[]> = mean(converted, { axes: [0], keepDims: false });
  dispose(converted);

  return { loss: take(loss), accuracy: take(accuracy) };
}
