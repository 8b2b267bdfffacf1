import type { DType } from "../../../src/ir/dtype.js";
import type { OpName } from "../../../src/ir/node.js";
import type { Shape } from "../../../src/types/dim.js";
import type { AttributesOf } from "./families.js";
import type { Tensor } from "./tensor.js";

/** An optimizer's rule: the variable and its slots, by their names, have one shape, which is the gradient's too. */
export type UpdateKernel<K extends OpName> = <S extends Shape, Name extends string>(
  variables: Record<NoInfer<Name>, Tensor<NoInfer<S>>>,
  names: readonly Name[],
  ...given: [...scalars: (number | Tensor<[], DType>)[], gradient: Tensor<S>, ...attributes: AttributesOf<K>]
) => void;
