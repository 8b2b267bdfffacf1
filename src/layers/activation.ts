import { required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import {
  activated,
  activationRule,
  type FloatRule,
  type KeepsShape,
  type Layer,
  type LayerKind,
  layerOf,
  type NamedLayer,
  named,
} from "./layer.js";

/** The shape rule of layers that leave the shape as it is. */
export interface KeepShape<Op extends string> extends FloatRule<Op> {
  readonly weights: 0;
  readonly check: unknown;
  readonly out: this["in"];
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function activation(f: KeepsShape): Layer<KeepShape<"activation">>;
/**
 * A function as a layer, for `sequential`.
 *
 * @param f maps a tensor to one of the same shape: `relu`, `softmax`, or one's own
 * @returns f(x), of x's shape; without x, a layer for `sequential`
 * @throws SW_VALUE when f returns no tensor of x's shape
 * @example
 * const p = sequential(input(["batch", 784]), dense({ units: 10 }), activation(softmax)); // Tensor<["batch", 10], "float32">
 */
export function activation<const S extends Shape>(x: Tensor<S>, f: KeepsShape): Tensor<S>;
export function activation(...args: readonly unknown[]) {
  return layerOf(activationLayer, args);
}

const activationLayer: LayerKind<NamedLayer & { readonly activation: KeepsShape }> = {
  kind: "activation",
  appliesOthers: true,
  rules: { ...named, activation: required(activationRule) },
  optionsOf: ([f]) => ({ activation: f as KeepsShape }),
  most: 1,
  build(x, options) {
    refuse("SW_DTYPE", "activation", checkDType("activation", x.dtype, ["float32"]));
    return activated("activation", options.activation, x);
  },
};
