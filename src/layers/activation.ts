import { isTensor } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { Activation, Layer, LayerRule } from "./layer.js";

/** The shape rule of layers that leave the shape as it is. */
export interface KeepShape extends LayerRule {
  readonly check: unknown;
  readonly out: this["in"];
}

/**
 * A function as a layer, for `sequential`.
 *
 * @param f maps a tensor to one of the same shape: `relu`, `softmax`, or one's own
 * @returns f(x), of x's shape; without x, a layer for `sequential`
 * @example
 * const p = sequential(input(["batch", 784]), dense({ units: 10 }), activation(softmax)); // Tensor<["batch", 10], "float32">
 */
export function activation<const S extends Shape>(x: Tensor<S>, f: Activation): Tensor<S>;
export function activation(f: Activation): Layer<KeepShape>;
export function activation(first: Tensor<any> | Activation, second?: Activation) {
  if (typeof first === "object" && isTensor(first)) return second!(first);
  return { name: "activation", apply: first as Activation };
}
