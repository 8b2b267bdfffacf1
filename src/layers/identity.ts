import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type Layer, type LayerKind, type LayerRule, layerOf, type NamedLayer, named } from "./layer.js";

/** The shape rule of `identity` in `sequential`. */
export interface IdentityRule extends LayerRule {
  readonly weights: 0;
  readonly op: "identity";
  readonly takes: DType;
  readonly gives: this["dtype"];
  readonly check: unknown;
  readonly out: this["in"];
}

/**
 * Leaves its input as it is: a layer for the place where one of several may stand.
 *
 * @param x any shape and dtype
 * @param options `name`
 * @returns x; without x, a layer for `sequential`
 * @example
 * const deep = true;
 * const features = sequential(input(["batch", 64]), dense({ units: 64 }), deep ? dense({ units: 64 }) : identity());
 */
export function identity<const S extends Shape, D extends DType>(x: Tensor<S, D>, options?: NamedLayer): Tensor<S, D>;
export function identity(options?: NamedLayer): Layer<IdentityRule>;
export function identity(...args: readonly unknown[]) {
  return layerOf(identityLayer, args);
}

const identityLayer: LayerKind<NamedLayer> = { kind: "identity", rules: named, build: (x) => x };
