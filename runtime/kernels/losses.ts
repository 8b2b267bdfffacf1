import { logSoftmaxOp } from "../../src/ops/logSoftmax.js";
import { oneHotOp } from "../../src/ops/oneHot.js";
import { sigmoidCrossEntropyWithLogitsOp } from "../../src/ops/sigmoidCrossEntropyWithLogits.js";
import { softmaxOp } from "../../src/ops/softmax.js";
import { softmaxCrossEntropyGradientOp } from "../../src/ops/softmaxCrossEntropyGradient.js";
import { softmaxCrossEntropyWithLogitsOp } from "../../src/ops/softmaxCrossEntropyWithLogits.js";
import { sparseSoftmaxCrossEntropyGradientOp } from "../../src/ops/sparseSoftmaxCrossEntropyGradient.js";
import { sparseSoftmaxCrossEntropyWithLogitsOp } from "../../src/ops/sparseSoftmaxCrossEntropyWithLogits.js";
import type { Dim, Shape } from "../../src/types/dim.js";
import { run, runWhole } from "./run.js";
import type { Tensor } from "./tensor.js";

/** eˣ / Σ eˣ over the last axis. */
export function softmax<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return run(softmaxOp, [x]);
}

/** ln softmax(x) over the last axis. */
export function logSoftmax<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return run(logSoftmaxOp, [x]);
}

/** 1 where the last axis has an index's number, else 0. */
export function oneHot<B extends Shape, const N extends number>(
  indices: Tensor<B, "int32">,
  attributes: { readonly depth: N },
): Tensor<[...B, N]> {
  return run(oneHotOp, [indices], { attributes });
}

/** -ln softmax(logits) of the labels' classes. */
export function sparseSoftmaxCrossEntropyWithLogits<B extends Shape, N extends Dim>(
  logits: Tensor<[...B, N]>,
  labels: Tensor<B, "int32">,
): Tensor<B> {
  return runWhole(sparseSoftmaxCrossEntropyWithLogitsOp, [logits, labels], { shape: labels.shape });
}

/** softmax(logits) - oneHot(labels). */
export function sparseSoftmaxCrossEntropyGradient<S extends Shape>(
  logits: Tensor<S>,
  labels: Tensor<any, "int32">,
): Tensor<S> {
  return runWhole(sparseSoftmaxCrossEntropyGradientOp, [logits, labels]);
}

/** -Σ labels · ln softmax(logits) over the last axis. */
export function softmaxCrossEntropyWithLogits<B extends Shape, N extends Dim>(
  logits: Tensor<[...B, N]>,
  labels: Tensor<NoInfer<[...B, N]>>,
): Tensor<B> {
  return runWhole(softmaxCrossEntropyWithLogitsOp, [logits, labels], { shape: logits.shape.slice(0, -1) });
}

/** softmax(logits) - labels. */
export function softmaxCrossEntropyGradient<S extends Shape>(logits: Tensor<S>, labels: Tensor<NoInfer<S>>): Tensor<S> {
  return runWhole(softmaxCrossEntropyGradientOp, [logits, labels]);
}

/** -labels · ln σ(logits) - (1 - labels) · ln(1 - σ(logits)). */
export function sigmoidCrossEntropyWithLogits<S extends Shape>(
  logits: Tensor<S>,
  labels: Tensor<NoInfer<S>>,
): Tensor<S> {
  return run(sigmoidCrossEntropyWithLogitsOp, [logits, labels]);
}
