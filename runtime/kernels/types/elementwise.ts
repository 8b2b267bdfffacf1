import type { DType } from "../../../src/ir/dtype.js";
import type { Broadcast } from "../../../src/types/broadcast.js";
import type { Shape } from "../../../src/types/dim.js";
import type { Unary } from "./families.js";
import type { Tensor } from "./tensor.js";

export interface ElementwiseKernels {
  /** The same numbers in another dtype. */
  cast: <S extends Shape, D extends DType>(x: Tensor<S, DType>, attributes: { readonly dtype: D }) => Tensor<S, D>;

  /** x where it is positive, else alpha · x. */
  leakyRelu: Unary<"leakyRelu">;

  /** The elements of a where the condition holds, else those of b, with broadcasting. A number is a scalar. */
  select: <C extends Shape, D extends DType, A extends Shape = [], B extends Shape = []>(
    condition: Tensor<C, "bool">,
    a: Tensor<A, D> | number,
    b: Tensor<B, D> | number,
  ) => Tensor<Broadcast<C, Broadcast<A, B>>, D>;
}
