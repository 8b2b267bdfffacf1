import { nodeOf, tensorOf } from "../ir/node.js";
import { makeNode } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { maxPool2dOp, type Pool2dOptions } from "../ops/maxPool2d.js";
import { type CheckPool, checkPool, type Pool2d } from "../ops/shared/pool2d.js";
import { type Pair, pairOf } from "../ops/shared/window2d.js";
import type { Shape } from "../types/dim.js";
import type { Padding } from "../types/window.js";
import { type FloatRule, type Layer, type LayerKind, layerOf, type NamedLayer } from "./layer.js";

/** The shape rule of `maxPooling2d` in `sequential`. */
export interface MaxPooling2dRule<Size extends Pair, Strides extends Pair, P extends Padding>
  extends FloatRule<"maxPooling2d"> {
  readonly check: this["in"] extends infer S extends Shape ? CheckPool<"maxPooling2d", S, Size, P> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Pool2d<S, Size, Strides, P> : Shape;
}

/**
 * The largest element of every window of images, for each channel.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `poolSize` (2), `strides` (the pool's size), `padding` ("valid")
 * @returns [batch, height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, or a window is larger than x
 * @example
 * const y = maxPooling2d(input(["batch", 28, 28, 32])); // Tensor<["batch", 14, 14, 32], "float32">
 */
export function maxPooling2d<
  const Size extends Pair = 2,
  const Strides extends Pair = Size,
  const P extends Padding = "valid",
>(options?: Pool2dOptions<Size, Strides, P>): Layer<MaxPooling2dRule<Size, Strides, P>>;
export function maxPooling2d<
  const S extends Shape,
  const Size extends Pair = 2,
  const Strides extends Pair = Size,
  const P extends Padding = "valid",
>(
  x: Tensor<S> & CheckPool<"maxPooling2d", S, Size, P>,
  options?: Pool2dOptions<Size, Strides, P>,
): Tensor<Pool2d<S, Size, NoInfer<Strides>, P>>;
export function maxPooling2d(...args: readonly unknown[]) {
  return layerOf(maxPooling2dLayer, args);
}

const maxPooling2dLayer: LayerKind<Pool2dOptions<Pair, Pair, Padding> & NamedLayer> = {
  kind: "maxPooling2d",
  build(x, { poolSize = 2, strides = poolSize, padding = "valid" }, { scope }) {
    const attributes = { poolSize: pairOf(poolSize), strides: pairOf(strides), padding };
    refuse("SW_SHAPE", "maxPooling2d", checkPool("maxPooling2d", x.shape, attributes));
    return tensorOf(makeNode(maxPool2dOp, [nodeOf(x)], attributes, scope));
  },
};
