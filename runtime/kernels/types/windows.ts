import type { Conv1d } from "../../../src/ops/conv1d.js";
import type { Conv2d } from "../../../src/ops/conv2d.js";
import type { Conv3d } from "../../../src/ops/conv3d.js";
import type { FusedActivation } from "../../../src/ops/shared/fusedActivation.js";
import type { ConvolutionAttributes, PoolAttributes } from "../../../src/ops/shared/windows/attributes.js";
import type { Windows1d, Windows2d, Windows3d } from "../../../src/ops/shared/windows/window-shapes.js";
import type { DimAt } from "../../../src/types/axis.js";
import type { Shape } from "../../../src/types/dim.js";
import type { AxisPadding } from "../../../src/types/window.js";
import type { ShapeOf, Sizes, Tensor } from "./tensor.js";

export interface WindowKernels {
  /** The convolution of sequences, images or volumes with a filter. */
  convolution: <S extends Shape, F extends Shape, const W extends ConvolutionAttributes>(
    x: Tensor<S>,
    filter: Tensor<F>,
    attributes: W,
  ) => Tensor<Convolved<S, F, W>>;

  /** activation(x ∗ filter + b). */
  affineConvolution: <S extends Shape, F extends Shape, const W extends ConvolutionAttributes & FusedActivation>(
    x: Tensor<S>,
    filter: Tensor<F>,
    b: Tensor<[DimAt<F, -1>]>,
    attributes: W,
  ) => Tensor<Convolved<S, F, W>>;

  /** The gradient of a convolution with respect to its input, which has `inputShape`. */
  convolutionBackpropInput: <const To extends Sizes>(
    dy: Tensor,
    filter: Tensor,
    attributes: ConvolutionAttributes & { readonly inputShape: To },
  ) => Tensor<ShapeOf<To>>;

  /** The gradient of a convolution with respect to its filter, which has `filterShape`. */
  convolutionBackpropFilter: <const To extends Sizes>(
    x: Tensor,
    dy: Tensor,
    attributes: ConvolutionAttributes & { readonly filterShape: To },
  ) => Tensor<ShapeOf<To>>;

  /** The largest element of each window. */
  maxPool: <S extends Shape, const P extends PoolAttributes>(x: Tensor<S>, attributes: P) => Tensor<Pooled<S, P>>;

  /** dy where x has each window's maximum, else 0. Of equal elements the first has it. */
  maxPoolGradient: <S extends Shape, P extends Shape>(
    x: Tensor<S>,
    y: Tensor<P>,
    dy: Tensor<NoInfer<P>>,
    attributes: PoolAttributes,
  ) => Tensor<S>;

  /** The elements of `values` that stand where x has each window's maximum. */
  maxPoolGather: <S extends Shape, P extends Shape>(
    x: Tensor<S>,
    y: Tensor<P>,
    values: Tensor<NoInfer<S>>,
    attributes: PoolAttributes,
  ) => Tensor<P>;

  /** The mean of each window. What is padding does not count. */
  averagePool: <S extends Shape, const P extends PoolAttributes>(x: Tensor<S>, attributes: P) => Tensor<Pooled<S, P>>;

  /** Each dy in equal parts in the places of its window, in the shape `inputShape`. */
  averagePoolGradient: <const To extends Sizes>(
    dy: Tensor,
    attributes: PoolAttributes & { readonly inputShape: To },
  ) => Tensor<ShapeOf<To>>;
}

type Dilations<W extends ConvolutionAttributes> = W["dilations"] extends readonly number[] ? W["dilations"] : 1;
/** The padding of the one axis that there is. */
type Only<P> = P extends readonly [infer Along extends AxisPadding] ? Along : P extends AxisPadding ? P : number;

type Convolved<S extends Shape, F extends Shape, W extends ConvolutionAttributes> = S["length"] extends 3
  ? Conv1d<S, F, W["strides"], Only<W["padding"]>, Dilations<W>>
  : S["length"] extends 5
    ? Conv3d<S, F, W["strides"], W["padding"], Dilations<W>>
    : Conv2d<S, F, W["strides"], W["padding"], Dilations<W>>;

type Pooled<S extends Shape, P extends PoolAttributes> = S["length"] extends 3
  ? Windows1d<S, DimAt<S, -1>, P["poolSize"], P["strides"], Only<P["padding"]>>
  : S["length"] extends 5
    ? Windows3d<S, DimAt<S, -1>, P["poolSize"], P["strides"], P["padding"]>
    : Windows2d<S, DimAt<S, -1>, P["poolSize"], P["strides"], P["padding"]>;
