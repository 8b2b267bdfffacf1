import type { DType } from "../../ir/dtype.js";
import type { Tensor } from "../../ir/tensor.js";
import type { Dim, SameNow, Shape } from "../../types/dim.js";

/**
 * A state or a mask; with any sizes where those asked for are unknown, since a name stands for one, too. It is settled within generic
 * functions as well, so that messages show the tensor.
 */
export type OfAnySizes<X> = unknown extends X
  ? X
  : { x: X } extends { x: Tensor<infer S extends Shape, infer D extends DType> }
    ? Tensor<AnySizes<S>, D>
    : { readonly [K in keyof X]: OfAnySizes<X[K]> };

type AnySizes<S extends Shape> = { [Axis in keyof S]: SameNow<S[Axis], number, S> extends true ? Dim : S[Axis] };
