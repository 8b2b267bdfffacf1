import type { DType } from "../../ir/dtype.js";
import type { Tensor } from "../../ir/tensor.js";
import type { Dim, Shape } from "../../types/dim.js";

/**
 * A state or a mask, or one with any sizes where those asked for are unknown: a name stands for one, too. Where all are known, that is
 * the same; within generic functions it is open, and what is asked for stands beside it.
 */
export type OrOpened<X> = X | (Opened<X> extends X ? never : Opened<X>);

type Opened<X> =
  X extends Tensor<infer S extends Shape, infer D extends DType>
    ? Tensor<OpenedShape<S>, D>
    : { readonly [K in keyof X]: Opened<X[K]> };

type OpenedShape<S extends Shape> = { [Axis in keyof S]: number extends S[Axis] ? Dim : S[Axis] };
