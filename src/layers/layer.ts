import type { Scope } from "../ir/node.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";

/**
 * Type-level functions of the shape that comes into a layer, `in`: whether the layer takes it, `check` (`unknown`, or the
 * message), and the shape that goes out, `out`.
 */
export interface LayerRule {
  readonly in: unknown;
  readonly check: unknown;
  readonly out: unknown;
}

/** What a rule makes of a shape. */
export type ApplyRule<R extends LayerRule, S> = (R & { readonly in: S })["out"];

/** `unknown` where a rule takes a shape, else the message. */
export type CheckRule<R extends LayerRule, S> = (R & { readonly in: S })["check"];

/**
 * A layer that waits for its input: what `dense({ units: 10 })` gives, for `sequential`.
 *
 * @typeParam R its shape rule
 */
export interface Layer<R extends LayerRule = LayerRule> {
  readonly name: string;
  /** Never set: carries the rule to `sequential`. */
  readonly rule?: R;
  apply(x: AnyTensor): AnyTensor;
}

/** Names for the layer's variables to be under. */
export interface NamedLayer {
  /** The layer's name: its kind, with a number from the second on, unless said otherwise. */
  readonly name?: string;
}

/** The scope of one call of a layer. */
export function layerScope(kind: string, options: NamedLayer = {}): Scope {
  return { kind, base: options.name ?? kind };
}

/** A function that maps a tensor to one of the same shape: `relu`, `softmax`, or one's own. */
export type Activation = <S extends Shape>(x: Tensor<S>) => Tensor<S>;
