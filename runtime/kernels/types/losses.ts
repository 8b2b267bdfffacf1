import type { Dim, Shape } from "../../../src/types/dim.js";
import type { Unary } from "./families.js";
import type { Tensor } from "./tensor.js";

export interface LossKernels {
  /** eˣ / Σ eˣ over the last axis. */
  softmax: Unary<"softmax">;

  /** ln softmax(x) over the last axis. */
  logSoftmax: Unary<"logSoftmax">;

  /** -ln softmax(logits) of the labels' classes. */
  sparseSoftmaxCrossEntropyWithLogits: <B extends Shape, N extends Dim>(
    logits: Tensor<[...B, N]>,
    labels: Tensor<B, "int32">,
  ) => Tensor<B>;

  /** softmax(logits) - oneHot(labels). */
  sparseSoftmaxCrossEntropyGradient: <S extends Shape>(logits: Tensor<S>, labels: Tensor<any, "int32">) => Tensor<S>;

  /** -Σ labels · ln softmax(logits) over the last axis. */
  softmaxCrossEntropyWithLogits: <B extends Shape, N extends Dim>(
    logits: Tensor<[...B, N]>,
    labels: Tensor<NoInfer<[...B, N]>>,
  ) => Tensor<B>;

  /** softmax(logits) - labels. */
  softmaxCrossEntropyGradient: OfLogits;

  /** -labels · ln σ(logits) - (1 - labels) · ln(1 - σ(logits)). */
  sigmoidCrossEntropyWithLogits: OfLogits;
}

type OfLogits = <S extends Shape>(logits: Tensor<S>, labels: Tensor<NoInfer<S>>) => Tensor<S>;
