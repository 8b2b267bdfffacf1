import type { DType } from "../../ir/dtype.js";
import type { Tensor } from "../../ir/tensor.js";
import type { Dim, Shape } from "../../types/dim.js";

/**
 * What else may stand in a state's or a mask's place: where sizes asked for are unknown, one with any sizes there, since a name stands for
 * one, too. Where all are known there is nothing else; within generic functions it is open, and what is asked for stands beside it.
 */
export type Opened<X> = AnyThere<X> extends X ? never : AnyThere<X>;

type AnyThere<X> =
  X extends Tensor<infer S extends Shape, infer D extends DType>
    ? Tensor<AnySizes<S>, D>
    : { readonly [K in keyof X]: AnyThere<X[K]> };

type AnySizes<S extends Shape> = { [Axis in keyof S]: number extends S[Axis] ? Dim : S[Axis] };
