import { affineConv2dOp } from "../../src/ops/affineConv2d.js";
import { conv2dOp } from "../../src/ops/conv2d.js";
import { conv2dBackpropFilterOp } from "../../src/ops/conv2dBackpropFilter.js";
import { conv2dBackpropInputOp } from "../../src/ops/conv2dBackpropInput.js";
import { maxPool2dOp } from "../../src/ops/maxPool2d.js";
import { maxPool2dGatherOp } from "../../src/ops/maxPool2dGather.js";
import { maxPool2dGradientOp } from "../../src/ops/maxPool2dGradient.js";
import type { Conv2d } from "../../src/ops/shared/conv2d.js";
import type { FusedActivation } from "../../src/ops/shared/fusedActivation.js";
import type { Pool2d, PoolAttributes } from "../../src/ops/shared/pool2d.js";
import type { WindowAttributes } from "../../src/ops/shared/window2d.js";
import type { Shape } from "../../src/types/dim.js";
import { run } from "./run.js";
import type { ShapeOf, Sizes, Tensor } from "./tensor.js";

type Mutable<P> = P extends readonly [infer H extends number, infer W extends number] ? [H, W] : never;
type Convolved<S extends Shape, F extends Shape, W extends WindowAttributes> = Conv2d<
  S,
  F,
  Mutable<W["strides"]>,
  W["padding"]
>;

/** The convolution of images with a filter. */
export function conv2d<S extends Shape, F extends Shape, const W extends WindowAttributes>(
  x: Tensor<S>,
  filter: Tensor<F>,
  attributes: W,
): Tensor<Convolved<S, F, W>> {
  return run(conv2dOp, [x, filter], { attributes });
}

/** activation(x ∗ filter + b). */
export function affineConv2d<S extends Shape, F extends Shape, const W extends WindowAttributes & FusedActivation>(
  x: Tensor<S>,
  filter: Tensor<F>,
  b: Tensor<[F[3]]>,
  attributes: W,
): Tensor<Convolved<S, F, W>> {
  return run(affineConv2dOp, [x, filter, b], { attributes });
}

/** The gradient of a convolution with respect to its images, which have `inputShape`. */
export function conv2dBackpropInput<const To extends Sizes>(
  dy: Tensor,
  filter: Tensor,
  attributes: WindowAttributes & { readonly inputShape: To },
): Tensor<ShapeOf<To>> {
  return run(conv2dBackpropInputOp, [dy, filter], { attributes, shape: attributes.inputShape });
}

/** The gradient of a convolution with respect to its filter, which has `filterShape`. */
export function conv2dBackpropFilter<const To extends Sizes>(
  x: Tensor,
  dy: Tensor,
  attributes: WindowAttributes & { readonly filterShape: To },
): Tensor<ShapeOf<To>> {
  return run(conv2dBackpropFilterOp, [x, dy], { attributes, shape: attributes.filterShape });
}

/** The largest element of each window. */
export function maxPool2d<S extends Shape, const P extends PoolAttributes>(
  x: Tensor<S>,
  attributes: P,
): Tensor<Pool2d<S, Mutable<P["poolSize"]>, Mutable<P["strides"]>, P["padding"]>> {
  return run(maxPool2dOp, [x], { attributes });
}

/** dy where x has each window's maximum, else 0. Of equal elements the first has it. */
export function maxPool2dGradient<S extends Shape, P extends Shape>(
  x: Tensor<S>,
  y: Tensor<P>,
  dy: Tensor<NoInfer<P>>,
  attributes: PoolAttributes,
): Tensor<S> {
  return run(maxPool2dGradientOp, [x, y, dy], { attributes });
}

/** The elements of `values` that stand where x has each window's maximum. */
export function maxPool2dGather<S extends Shape, P extends Shape>(
  x: Tensor<S>,
  y: Tensor<P>,
  values: Tensor<NoInfer<S>>,
  attributes: PoolAttributes,
): Tensor<P> {
  return run(maxPool2dGatherOp, [x, y, values], { attributes, shape: y.shape });
}
