/**
 * The training of `program` in examples/03-mnist-convnet.ts: one step as straight-line code.
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
 * Inputs are tensors of tfjs: image float32 [batch, 28, 28, 1], target int32 [batch]. They stay the caller's.
 */
import {
  addOp,
  affineConvolutionOp,
  affineOp,
  applyAdamOp,
  argMaxOp,
  assign,
  bindSizes,
  castOp,
  convolutionBackpropFilterOp,
  convolutionBackpropInputOp,
  dispose,
  disposeAll,
  dotOp,
  equalOp,
  filled,
  foldInOp,
  glorotUniform,
  greaterEqualOp,
  initial,
  kernel,
  maxPoolGradientOp,
  maxPoolOp,
  meanOp,
  multiplyOp,
  randomUniformOp,
  reluGradientOp,
  reshapeOp,
  sparseSoftmaxCrossEntropyGradientOp,
  sparseSoftmaxCrossEntropyWithLogitsOp,
  sumOp,
  take,
  type Tensor,
  tensor,
  updateKernel,
  wholeKernel,
} from "shapewright/kernels";

const add = kernel(addOp);
const affine = kernel(affineOp);
const affineConvolution = kernel(affineConvolutionOp);
const applyAdam = updateKernel(applyAdamOp);
const argMax = kernel(argMaxOp);
const cast = kernel(castOp);
const convolutionBackpropFilter = kernel(convolutionBackpropFilterOp);
const convolutionBackpropInput = kernel(convolutionBackpropInputOp);
const dot = kernel(dotOp);
const equal = kernel(equalOp);
const foldIn = kernel(foldInOp);
const greaterEqual = kernel(greaterEqualOp);
const maxPool = kernel(maxPoolOp);
const maxPoolGradient = kernel(maxPoolGradientOp);
const mean = kernel(meanOp);
const multiply = kernel(multiplyOp);
const randomUniform = kernel(randomUniformOp);
const reluGradient = wholeKernel(reluGradientOp);
const reshape = kernel(reshapeOp);
const sparseSoftmaxCrossEntropyGradient = wholeKernel(sparseSoftmaxCrossEntropyGradientOp);
const sparseSoftmaxCrossEntropyWithLogits = wholeKernel(sparseSoftmaxCrossEntropyWithLogitsOp);
const sum = kernel(sumOp);

/** The model's variables, by name. */
export interface Weights {
  "conv2d/kernel": Tensor<[3, 3, 1, 32]>;
  "conv2d/bias": Tensor<[32]>;
  "conv2d_1/kernel": Tensor<[3, 3, 32, 64]>;
  "conv2d_1/bias": Tensor<[64]>;
  "dense/kernel": Tensor<[1600, 10]>;
  "dense/bias": Tensor<[10]>;
}

/** What training changes: the weights, and what the optimizer keeps. `disposeAll(state)` frees it. */
export interface State extends Weights {
  "optimizer/steps": Tensor<[], "int32">;
  "optimizer/learningRate": Tensor<[]>;
  "optimizer/conv2d/kernel/firstMoment": Tensor<[3, 3, 1, 32]>;
  "optimizer/conv2d/kernel/secondMoment": Tensor<[3, 3, 1, 32]>;
  "optimizer/conv2d/bias/firstMoment": Tensor<[32]>;
  "optimizer/conv2d/bias/secondMoment": Tensor<[32]>;
  "optimizer/conv2d_1/kernel/firstMoment": Tensor<[3, 3, 32, 64]>;
  "optimizer/conv2d_1/kernel/secondMoment": Tensor<[3, 3, 32, 64]>;
  "optimizer/conv2d_1/bias/firstMoment": Tensor<[64]>;
  "optimizer/conv2d_1/bias/secondMoment": Tensor<[64]>;
  "optimizer/dense/kernel/firstMoment": Tensor<[1600, 10]>;
  "optimizer/dense/kernel/secondMoment": Tensor<[1600, 10]>;
  "optimizer/dense/bias/firstMoment": Tensor<[10]>;
  "optimizer/dense/bias/secondMoment": Tensor<[10]>;
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
    "conv2d/kernel": weights["conv2d/kernel"] ?? initial("conv2d/kernel", glorotUniform(), [3, 3, 1, 32], seed),
    "conv2d/bias": weights["conv2d/bias"] ?? filled(0, [32]),
    "conv2d_1/kernel": weights["conv2d_1/kernel"] ?? initial("conv2d_1/kernel", glorotUniform(), [3, 3, 32, 64], seed),
    "conv2d_1/bias": weights["conv2d_1/bias"] ?? filled(0, [64]),
    "dense/kernel": weights["dense/kernel"] ?? initial("dense/kernel", glorotUniform(), [1600, 10], seed),
    "dense/bias": weights["dense/bias"] ?? filled(0, [10]),
    "optimizer/steps": filled(0, [], "int32"),
    "optimizer/learningRate": filled(learningRate, []),
    "optimizer/conv2d/kernel/firstMoment": filled(0, [3, 3, 1, 32]),
    "optimizer/conv2d/kernel/secondMoment": filled(0, [3, 3, 1, 32]),
    "optimizer/conv2d/bias/firstMoment": filled(0, [32]),
    "optimizer/conv2d/bias/secondMoment": filled(0, [32]),
    "optimizer/conv2d_1/kernel/firstMoment": filled(0, [3, 3, 32, 64]),
    "optimizer/conv2d_1/kernel/secondMoment": filled(0, [3, 3, 32, 64]),
    "optimizer/conv2d_1/bias/firstMoment": filled(0, [64]),
    "optimizer/conv2d_1/bias/secondMoment": filled(0, [64]),
    "optimizer/dense/kernel/firstMoment": filled(0, [1600, 10]),
    "optimizer/dense/kernel/secondMoment": filled(0, [1600, 10]),
    "optimizer/dense/bias/firstMoment": filled(0, [10]),
    "optimizer/dense/bias/secondMoment": filled(0, [10]),
  };
}

/** Takes one training step on a batch: changes the state. Returns the loss and the metrics from before it. */
export function trainStep(
  state: State,
  image: Tensor<["batch", 28, 28, 1]>,
  target: Tensor<["batch"], "int32">,
): Report {
  const { batch } = bindSizes({
    image: [image, ["batch", 28, 28, 1], "float32"],
    target: [target, ["batch"], "int32"],
  });

  // Forward
  // relu(image ∗ conv2d/kernel + conv2d/bias)
  const conv2d: Tensor<["batch", 26, 26, 32]> = affineConvolution(image, state["conv2d/kernel"], state["conv2d/bias"], {
    strides: [1, 1],
    padding: "valid",
    activation: "relu",
  });

  // the largest element of each 2 × 2 window
  const maxPooling2d: Tensor<["batch", 13, 13, 32]> = maxPool(conv2d, {
    poolSize: [2, 2],
    strides: [2, 2],
    padding: "valid",
  });

  // relu(maxPooling2d ∗ conv2d_1/kernel + conv2d_1/bias)
  const conv2d_1: Tensor<["batch", 11, 11, 64]> = affineConvolution(
    maxPooling2d,
    state["conv2d_1/kernel"],
    state["conv2d_1/bias"],
    { strides: [1, 1], padding: "valid", activation: "relu" },
  );

  // the largest element of each 2 × 2 window
  const maxPooling2d_1: Tensor<["batch", 5, 5, 64]> = maxPool(conv2d_1, {
    poolSize: [2, 2],
    strides: [2, 2],
    padding: "valid",
  });

  const flatten: Tensor<["batch", 1600]> = reshape(maxPooling2d_1, { shape: [batch, 1600] });

  // dropout_product = (uniform(0, 1) ≥ 0.5) · 2
  const dropout_constant: Tensor<[2], "int32"> = tensor([0, 658024080], [2], "int32");
  const dropout_key: Tensor<[2], "int32"> = foldIn(dropout_constant, state["optimizer/steps"]);
  dispose(dropout_constant);
  const dropout_uniform: Tensor<["batch", 1600]> = randomUniform(dropout_key, { shape: [batch, 1600] });
  dispose(dropout_key);
  const dropout_is_at_least: Tensor<["batch", 1600], "bool"> = greaterEqual(dropout_uniform, 0.5);
  dispose(dropout_uniform);
  const dropout_converted: Tensor<["batch", 1600]> = cast(dropout_is_at_least, { dtype: "float32" });
  dispose(dropout_is_at_least);
  const dropout_product: Tensor<["batch", 1600]> = multiply(dropout_converted, 2);
  dispose(dropout_converted);
  const dropout: Tensor<["batch", 1600]> = multiply(flatten, dropout_product);
  dispose(flatten);

  // dropout · dense/kernel + dense/bias
  const dense: Tensor<["batch", 10]> = affine(dropout, state["dense/kernel"], state["dense/bias"]);

  // Loss and metrics
  // loss = mean(-ln softmax(dense)[target])
  const losses: Tensor<["batch"]> = sparseSoftmaxCrossEntropyWithLogits(dense, target);
  const loss: Tensor<[]> = mean(losses, { axes: [0], keepDims: false });
  dispose(losses);

  // accuracy = mean(argMax(dense) = target)
  const predicted: Tensor<["batch"], "int32"> = argMax(dense, { axis: 1 });
  const is_equal: Tensor<["batch"], "bool"> = equal(predicted, target);
  dispose(predicted);
  const converted: Tensor<["batch"]> = cast(is_equal, { dtype: "float32" });
  dispose(is_equal);
  const accuracy: Tensor<[]> = mean(converted, { axes: [0], keepDims: false });
  dispose(converted);

  // Backward
  // Gradient of loss with respect to dense: (softmax(dense) - oneHot(target)) · (1 / batch)
  const d_dense_slope: Tensor<["batch", 10]> = sparseSoftmaxCrossEntropyGradient(dense, target);
  dispose(dense);
  const d_dense: Tensor<["batch", 10]> = multiply(d_dense_slope, 1 / batch);
  dispose(d_dense_slope);

  // Gradient of loss with respect to dense/bias: Σ d_dense over axis 0
  const d_dense_bias: Tensor<[10]> = sum(d_dense, { axes: [0], keepDims: false });
  // Gradient of loss with respect to dense/kernel: dropoutᵀ · d_dense
  const d_dense_kernel: Tensor<[1600, 10]> = dot(dropout, d_dense, { transposeA: true });
  dispose(dropout);
  // Gradient of loss with respect to dropout: d_dense · dense/kernelᵀ
  const d_dropout: Tensor<["batch", 1600]> = dot(d_dense, state["dense/kernel"], { transposeB: true });
  dispose(d_dense);

  // Gradient of loss with respect to flatten: d_dropout · dropout_product
  const d_flatten: Tensor<["batch", 1600]> = multiply(d_dropout, dropout_product);
  dispose(dropout_product, d_dropout);

  // Gradient of loss with respect to maxPooling2d_1: d_flatten
  const d_maxPooling2d_1: Tensor<["batch", 5, 5, 64]> = reshape(d_flatten, { shape: [batch, 5, 5, 64] });
  dispose(d_flatten);

  // Towards the gradient of loss with respect to conv2d_1/bias: d_maxPooling2d_1 where maxPooling2d_1 > 0, else 0
  const d_conv2d_1_bias_masked: Tensor<["batch", 5, 5, 64]> = reluGradient(d_maxPooling2d_1, maxPooling2d_1);
  dispose(d_maxPooling2d_1);
  // Gradient of loss with respect to conv2d_1/bias: Σ d_conv2d_1_bias_masked over axes 0, 1, 2
  const d_conv2d_1_bias: Tensor<[64]> = sum(d_conv2d_1_bias_masked, { axes: [0, 1, 2], keepDims: false });

  // Gradient of loss with respect to conv2d_1 before its relu: d_conv2d_1_bias_masked where conv2d_1 has its window's
  // largest element, else 0
  const d_conv2d_1_linear: Tensor<["batch", 11, 11, 64]> = maxPoolGradient(
    conv2d_1,
    maxPooling2d_1,
    d_conv2d_1_bias_masked,
    { poolSize: [2, 2], strides: [2, 2], padding: "valid" },
  );
  dispose(conv2d_1, maxPooling2d_1, d_conv2d_1_bias_masked);

  // Gradient of loss with respect to conv2d_1/kernel: the sum over all windows of maxPooling2d times d_conv2d_1_linear
  const d_conv2d_1_kernel: Tensor<[3, 3, 32, 64]> = convolutionBackpropFilter(maxPooling2d, d_conv2d_1_linear, {
    strides: [1, 1],
    padding: "valid",
    filterShape: [3, 3, 32, 64],
  });
  // Gradient of loss with respect to maxPooling2d: each d_conv2d_1_linear times conv2d_1/kernel, added up where its
  // window lies
  const d_maxPooling2d: Tensor<["batch", 13, 13, 32]> = convolutionBackpropInput(
    d_conv2d_1_linear,
    state["conv2d_1/kernel"],
    { strides: [1, 1], padding: "valid", inputShape: [batch, 13, 13, 32] },
  );
  dispose(d_conv2d_1_linear);

  // Towards the gradient of loss with respect to conv2d/bias: d_maxPooling2d where maxPooling2d > 0, else 0
  const d_conv2d_bias_masked: Tensor<["batch", 13, 13, 32]> = reluGradient(d_maxPooling2d, maxPooling2d);
  dispose(d_maxPooling2d);
  // Gradient of loss with respect to conv2d/bias: Σ d_conv2d_bias_masked over axes 0, 1, 2
  const d_conv2d_bias: Tensor<[32]> = sum(d_conv2d_bias_masked, { axes: [0, 1, 2], keepDims: false });

  // Gradient of loss with respect to conv2d before its relu: d_conv2d_bias_masked where conv2d has its window's largest
  // element, else 0
  const d_conv2d_linear: Tensor<["batch", 26, 26, 32]> = maxPoolGradient(conv2d, maxPooling2d, d_conv2d_bias_masked, {
    poolSize: [2, 2],
    strides: [2, 2],
    padding: "valid",
  });
  dispose(conv2d, maxPooling2d, d_conv2d_bias_masked);

  // Gradient of loss with respect to conv2d/kernel: the sum over all windows of image times d_conv2d_linear
  const d_conv2d_kernel: Tensor<[3, 3, 1, 32]> = convolutionBackpropFilter(image, d_conv2d_linear, {
    strides: [1, 1],
    padding: "valid",
    filterShape: [3, 3, 1, 32],
  });
  dispose(d_conv2d_linear);

  // Update
  const next_optimizer_steps: Tensor<[], "int32"> = add(state["optimizer/steps"], 1);

  // applyAdam: m := β₁·m + (1 - β₁)·g; v := β₂·v + (1 - β₂)·g²; w := w - η·√(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε)
  // where w is the weight, g is its gradient, η is the learning rate, m is firstMoment, v is secondMoment, β₁ is beta1,
  // β₂ is beta2, ε is epsilon
  const gradients = {
    "dense/bias": d_dense_bias,
    "dense/kernel": d_dense_kernel,
    "conv2d_1/bias": d_conv2d_1_bias,
    "conv2d_1/kernel": d_conv2d_1_kernel,
    "conv2d/bias": d_conv2d_bias,
    "conv2d/kernel": d_conv2d_kernel,
  };
  applyAdam.each(
    state,
    gradients,
    ["firstMoment", "secondMoment"],
    state["optimizer/steps"],
    state["optimizer/learningRate"],
    { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  );
  disposeAll(gradients);
  assign(state, { "optimizer/steps": next_optimizer_steps });
  dispose(next_optimizer_steps);

  return { loss: take(loss), accuracy: take(accuracy) };
}

/** The loss and the metrics of a batch, with the model as it is in prediction. */
export function evaluateStep(
  state: Weights,
  image: Tensor<["batch", 28, 28, 1]>,
  target: Tensor<["batch"], "int32">,
): Report {
  const { batch } = bindSizes({
    image: [image, ["batch", 28, 28, 1], "float32"],
    target: [target, ["batch"], "int32"],
  });

  // Forward
  // relu(image ∗ conv2d/kernel + conv2d/bias)
  const conv2d: Tensor<["batch", 26, 26, 32]> = affineConvolution(image, state["conv2d/kernel"], state["conv2d/bias"], {
    strides: [1, 1],
    padding: "valid",
    activation: "relu",
  });

  // the largest element of each 2 × 2 window
  const maxPooling2d: Tensor<["batch", 13, 13, 32]> = maxPool(conv2d, {
    poolSize: [2, 2],
    strides: [2, 2],
    padding: "valid",
  });
  dispose(conv2d);

  // relu(maxPooling2d ∗ conv2d_1/kernel + conv2d_1/bias)
  const conv2d_1: Tensor<["batch", 11, 11, 64]> = affineConvolution(
    maxPooling2d,
    state["conv2d_1/kernel"],
    state["conv2d_1/bias"],
    { strides: [1, 1], padding: "valid", activation: "relu" },
  );
  dispose(maxPooling2d);

  // the largest element of each 2 × 2 window
  const maxPooling2d_1: Tensor<["batch", 5, 5, 64]> = maxPool(conv2d_1, {
    poolSize: [2, 2],
    strides: [2, 2],
    padding: "valid",
  });
  dispose(conv2d_1);

  const flatten: Tensor<["batch", 1600]> = reshape(maxPooling2d_1, { shape: [batch, 1600] });
  dispose(maxPooling2d_1);

  // flatten · dense/kernel + dense/bias
  const dense: Tensor<["batch", 10]> = affine(flatten, state["dense/kernel"], state["dense/bias"]);
  dispose(flatten);

  // Loss and metrics
  // loss = mean(-ln softmax(dense)[target])
  const losses: Tensor<["batch"]> = sparseSoftmaxCrossEntropyWithLogits(dense, target);
  const loss: Tensor<[]> = mean(losses, { axes: [0], keepDims: false });
  dispose(losses);

  // accuracy = mean(argMax(dense) = target)
  const predicted: Tensor<["batch"], "int32"> = argMax(dense, { axis: 1 });
  dispose(dense);
  const is_equal: Tensor<["batch"], "bool"> = equal(predicted, target);
  dispose(predicted);
  const converted: Tensor<["batch"]> = cast(is_equal, { dtype: "float32" });
  dispose(is_equal);
  const accuracy: Tensor<[]> = mean(converted, { axes: [0], keepDims: false });
  dispose(converted);

  return { loss: take(loss), accuracy: take(accuracy) };
}
