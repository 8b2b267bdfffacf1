import type { DType } from "../../../src/ir/dtype.js";
import type { OpName } from "../../../src/ir/node.js";
import type { Shape } from "../../../src/types/dim.js";
import type { AttributesOf } from "./families.js";
import type { Tensor } from "./tensor.js";

/** A number, or a tensor that holds one. */
type Scalar = number | Tensor<[], DType>;

/** An optimizer's rule: a variable and its slots, by their names, have one shape, which is the gradient's too. */
export interface UpdateKernel<K extends OpName> {
  <S extends Shape, Name extends string>(
    variables: Record<NoInfer<Name>, Tensor<NoInfer<S>>>,
    names: readonly Name[],
    ...given: [...scalars: Scalar[], gradient: Tensor<S>, ...attributes: AttributesOf<K>]
  ): void;
  /** The same for each variable that a gradient has the name of. What is kept for it is called `optimizer/NAME/SLOT`. */
  each<V extends object, G extends object, Slot extends string>(
    variables: V & Readonly<Record<`optimizer/${keyof G & string}/${Slot}`, unknown>>,
    gradients: G & { readonly [Name in keyof G]: Name extends keyof V ? V[Name] : never },
    slots: readonly Slot[],
    ...given: [...scalars: Scalar[], ...attributes: AttributesOf<K>]
  ): void;
}
