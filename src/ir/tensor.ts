import type { Shape } from "../types/dim.js";
import type { DType } from "./dtype.js";

declare const brand: unique symbol;

/**
 * What functions over several tensors ask of each: that it is one. It names neither shape nor dtype, because TypeScript
 * would read those back into a call among the arguments: `{ image: input(["batch", 784]) }` would lose its shape.
 */
export interface TensorLike {
  readonly [brand]: true;
}

/** What is no tensor: one that stands here gets a message. It goes before other types, so that the message comes first. */
export interface NoTensor<Message extends string> {
  readonly [brand]?: Message;
}

/**
 * A value of the graph: known by its shape and dtype, without numbers until a session runs it.
 *
 * @typeParam S the shape, a tuple of dims: number literals, or names such as `"batch"`
 * @typeParam D the dtype, `"float32"` unless said otherwise
 * @example
 * const image: Tensor<["batch", 784]> = input(["batch", 784]);
 * image.rank; // 2
 */
export interface Tensor<out S extends Shape, out D extends DType = "float32"> extends TensorLike {
  readonly shape: S;
  readonly dtype: D;
  readonly rank: S["length"];
}

/** Any tensor at all. */
export type AnyTensor = Tensor<any, any>;

/** The shape of a tensor. */
export type ShapeOf<T> = T extends { readonly shape: infer S extends Shape } ? S : never;

/** The dtype of a tensor. */
export type DTypeOf<T> = T extends { readonly dtype: infer D extends DType } ? D : never;
