import { affineConvolutionOp } from "../../src/ops/affineConvolution.js";
import { averagePoolOp } from "../../src/ops/averagePool.js";
import { averagePoolGradientOp } from "../../src/ops/averagePoolGradient.js";
import type { Conv1d } from "../../src/ops/conv1d.js";
import type { Conv2d } from "../../src/ops/conv2d.js";
import type { Conv3d } from "../../src/ops/conv3d.js";
import { convolutionOp } from "../../src/ops/convolution.js";
import { convolutionBackpropFilterOp } from "../../src/ops/convolutionBackpropFilter.js";
import { convolutionBackpropInputOp } from "../../src/ops/convolutionBackpropInput.js";
import { maxPoolOp } from "../../src/ops/maxPool.js";
import { maxPoolGatherOp } from "../../src/ops/maxPoolGather.js";
import { maxPoolGradientOp } from "../../src/ops/maxPoolGradient.js";
import type { FusedActivation } from "../../src/ops/shared/fusedActivation.js";
import type { ConvolutionAttributes, PoolAttributes } from "../../src/ops/shared/windows/attributes.js";
import type { Windows1d, Windows2d, Windows3d } from "../../src/ops/shared/windows/window-shapes.js";
import type { DimAt } from "../../src/types/axis.js";
import type { Shape } from "../../src/types/dim.js";
import type { AxisPadding } from "../../src/types/window.js";
import { run } from "./run.js";
import type { ShapeOf, Sizes, Tensor } from "./tensor.js";

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

/** The convolution of sequences, images or volumes with a filter. */
export function convolution<S extends Shape, F extends Shape, const W extends ConvolutionAttributes>(
  x: Tensor<S>,
  filter: Tensor<F>,
  attributes: W,
): Tensor<Convolved<S, F, W>> {
  return run(convolutionOp, [x, filter], { attributes });
}

/** activation(x ∗ filter + b). */
export function affineConvolution<
  S extends Shape,
  F extends Shape,
  const W extends ConvolutionAttributes & FusedActivation,
>(x: Tensor<S>, filter: Tensor<F>, b: Tensor<[DimAt<F, -1>]>, attributes: W): Tensor<Convolved<S, F, W>> {
  return run(affineConvolutionOp, [x, filter, b], { attributes });
}

/** The gradient of a convolution with respect to its input, which has `inputShape`. */
export function convolutionBackpropInput<const To extends Sizes>(
  dy: Tensor,
  filter: Tensor,
  attributes: ConvolutionAttributes & { readonly inputShape: To },
): Tensor<ShapeOf<To>> {
  return run(convolutionBackpropInputOp, [dy, filter], { attributes, shape: attributes.inputShape });
}

/** The gradient of a convolution with respect to its filter, which has `filterShape`. */
export function convolutionBackpropFilter<const To extends Sizes>(
  x: Tensor,
  dy: Tensor,
  attributes: ConvolutionAttributes & { readonly filterShape: To },
): Tensor<ShapeOf<To>> {
  return run(convolutionBackpropFilterOp, [x, dy], { attributes, shape: attributes.filterShape });
}

/** The largest element of each window. */
export function maxPool<S extends Shape, const P extends PoolAttributes>(
  x: Tensor<S>,
  attributes: P,
): Tensor<Pooled<S, P>> {
  return run(maxPoolOp, [x], { attributes });
}

/** dy where x has each window's maximum, else 0. Of equal elements the first has it. */
export function maxPoolGradient<S extends Shape, P extends Shape>(
  x: Tensor<S>,
  y: Tensor<P>,
  dy: Tensor<NoInfer<P>>,
  attributes: PoolAttributes,
): Tensor<S> {
  return run(maxPoolGradientOp, [x, y, dy], { attributes });
}

/** The elements of `values` that stand where x has each window's maximum. */
export function maxPoolGather<S extends Shape, P extends Shape>(
  x: Tensor<S>,
  y: Tensor<P>,
  values: Tensor<NoInfer<S>>,
  attributes: PoolAttributes,
): Tensor<P> {
  return run(maxPoolGatherOp, [x, y, values], { attributes, shape: y.shape });
}

/** The mean of each window. What is padding does not count. */
export function averagePool<S extends Shape, const P extends PoolAttributes>(
  x: Tensor<S>,
  attributes: P,
): Tensor<Pooled<S, P>> {
  return run(averagePoolOp, [x], { attributes });
}

/** Each dy in equal parts in the places of its window, in the shape `inputShape`. */
export function averagePoolGradient<const To extends Sizes>(
  dy: Tensor,
  attributes: PoolAttributes & { readonly inputShape: To },
): Tensor<ShapeOf<To>> {
  return run(averagePoolGradientOp, [dy], { attributes, shape: attributes.inputShape });
}
