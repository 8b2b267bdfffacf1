import { elementCount } from "../../ir/array.js";
import type { TensorflowAttribute } from "../../ir/tensorflow-lowering.js";
import type { DimAt } from "../../types/axis.js";
import type { Dim, Shape, UnknownShape } from "../../types/dim.js";
import { show } from "../../types/show.js";
import { type CheckWindow, checkWindow, type Padding, type WindowSize, windowSize } from "../../types/window.js";
import { type CheckImages, checkImages, type Ranked4 } from "./conv2d.js";
import {
  checkPair,
  type HeightOf,
  type Pair,
  tensorflowWindow,
  type WidthOf,
  type WindowAttributes,
} from "./window2d.js";

/** How a pool's windows lie over an image. */
export interface PoolAttributes extends WindowAttributes {
  readonly poolSize: readonly [height: number, width: number];
}

/** The shape of images after a pool. */
export type Pool2d<S extends Shape, Size extends Pair, Strides extends Pair, P extends Padding> =
  Ranked4<S> extends [infer B extends Dim, infer H extends Dim, infer W extends Dim, infer C extends Dim]
    ? [B, WindowSize<H, HeightOf<Size>, HeightOf<Strides>, P>, WindowSize<W, WidthOf<Size>, WidthOf<Strides>, P>, C]
    : UnknownShape;

/** Runtime twin of `Pool2d`. */
export function pooled(x: readonly Dim[], { poolSize, strides, padding }: PoolAttributes): Dim[] {
  const size = (axis: 0 | 1) => windowSize(x[axis + 1]!, poolSize[axis], strides[axis], padding);
  return [x[0]!, size(0), size(1), x[3]!];
}

/** `unknown` where a tensor is a batch of images that a pool's window fits into, else the message. */
export type CheckPool<Op extends string, S extends Shape, Size extends Pair, P extends Padding> =
  unknown extends CheckImages<Op, S>
    ? unknown extends CheckWindow<Op, "height", DimAt<S, 1>, HeightOf<Size>, P>
      ? CheckWindow<Op, "width", DimAt<S, 2>, WidthOf<Size>, P>
      : CheckWindow<Op, "height", DimAt<S, 1>, HeightOf<Size>, P>
    : CheckImages<Op, S>;

/** Runtime twin of `CheckPool`. */
export function checkPool(op: string, x: readonly Dim[], attributes: PoolAttributes): string | undefined {
  const { poolSize, strides, padding } = attributes;
  return (
    checkImages(op, x) ??
    checkPair(op, "poolSize", poolSize) ??
    checkPair(op, "strides", strides) ??
    checkWindow(op, "height", x[1]!, poolSize[0], padding) ??
    checkWindow(op, "width", x[2]!, poolSize[1], padding)
  );
}

/** The message for a tensor that has not the shape of x after its pool, if there is one. */
export function checkPooled(
  op: string,
  x: readonly Dim[],
  y: readonly Dim[],
  attributes: PoolAttributes,
): string | undefined {
  const message = checkPool(op, x, attributes);
  if (message !== undefined) return message;
  const shape = show(pooled(x, attributes));
  return show(y) === shape ? undefined : `${op}: the pool of ${show(x)} is ${shape}, got ${show(y)}`;
}

/** The FLOPs of finding the largest elements, of which there are as many as `y` has: a comparison for every place of its window. */
export function poolFlops(y: readonly number[], { poolSize: [height, width] }: PoolAttributes): number {
  return height * width * elementCount(y);
}

/** TensorFlow's attributes for a pool. */
export function tensorflowPool(attributes: PoolAttributes): Record<string, TensorflowAttribute> {
  return { ...tensorflowWindow(attributes), ksize: { ints: [1, ...attributes.poolSize, 1] } };
}
