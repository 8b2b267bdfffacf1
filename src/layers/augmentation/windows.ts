import { cond } from "../../control/cond.js";
import { nodeOf, tensorOf } from "../../ir/node.js";
import { anything, type OptionRules, required } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import { add } from "../../ops/add.js";
import { places } from "../../ops/arange.js";
import { cast } from "../../ops/cast.js";
import { divide } from "../../ops/divide.js";
import { expandDims } from "../../ops/expandDims.js";
import { floor } from "../../ops/floor.js";
import { gather } from "../../ops/gather.js";
import { greaterEqual } from "../../ops/greaterEqual.js";
import { logicalAnd } from "../../ops/logicalAnd.js";
import { maximum } from "../../ops/maximum.js";
import { minimum } from "../../ops/minimum.js";
import { multiply } from "../../ops/multiply.js";
import type { ResizeImages } from "../../ops/resizeImages.js";
import { type CheckDim, checkDims } from "../../ops/shared/checkDims.js";
import type { Any } from "../../ops/shared/composite.js";
import type { CheckImages } from "../../ops/shared/windows/images.js";
import { sizesOf } from "../../ops/shared/windows/pixels.js";
import { count, sampled } from "../../ops/shared/windows/sampled.js";
import { subtract } from "../../ops/subtract.js";
import type { Dim, Shape } from "../../types/dim.js";
import { type FloatRule, type NamedLayer, named } from "../layer.js";

/** Options of layers that give windows of images. */
export interface WindowOptions<Op extends string, H extends Dim, W extends Dim> extends NamedLayer {
  /** The height that images shall have: a number, or the name of a size. */
  readonly height: H & CheckDim<Op, H>;
  /** The width that they shall have. */
  readonly width: W & CheckDim<Op, W>;
}

export const windowRules: OptionRules<WindowOptions<string, Dim, Dim>> = {
  height: required(anything),
  width: required(anything),
  ...named,
};

/** The shape rule of layers that give windows of images. */
export interface WindowRule<Op extends string, H extends Dim, W extends Dim> extends FloatRule<Op> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<Op, S, 4> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? ResizeImages<S, H, W> : Shape;
}

/** What a window's sizes are: checked. */
export function sizeOf(kind: string, options: { readonly height: unknown; readonly width: unknown }): Size {
  const size = [options.height, options.width] as Size;
  refuse("SW_VALUE", kind, checkDims(kind, size));
  return size;
}

type Size = [height: Dim, width: Dim];

/** What is made of images that are as large as a window, or larger, and of others. */
export function whereLarge(images: Any, size: Size, one: () => Any, other: () => Any): Any {
  const [, ...given] = nodeOf(images).shape as readonly Dim[];
  const known = size.map((needed, i) => isLarge(given[i]!, needed));
  if (known.includes(false)) return other();
  if (known.every((large) => large === true)) return one();
  const [high, wide] = size.map((needed, i) => greaterEqual(count(given[i]!), count(needed)) as never);
  return cond(logicalAnd(high!, wide!) as never, one, other);
}

function isLarge(given: Dim, needed: Dim): boolean | undefined {
  if (given === needed) return true;
  return typeof given === "number" && typeof needed === "number" ? given >= needed : undefined;
}

/** A window of images, from a place on: the same of all, [], or one for each, [batch, 1]. */
export function cropped(images: Any, { x, y }: Origin, [height, width]: Size): Any {
  return cut(cut(images, y, height, 1), x, width, 2);
}

interface Origin {
  readonly x: Any;
  readonly y: Any;
}

function cut(images: Any, first: Any, size: Dim, axis: 1 | 2): Any {
  const along: Tensor<any, "int32"> = cast(add(placesOf(size), first) as Any, "int32");
  return gather(images, along, axis, { batchDims: nodeOf(along).rank === 2 ? 1 : 0 });
}

function placesOf(size: Dim): Any {
  return cast(tensorOf(places(size)), "float32");
}

/** The largest window in the middle of images that has the shape of a size, in that size. */
export function fitted(images: Any, [height, width]: Size): Any {
  const own = sizesOf(images);
  const [high, wide] = [count(height), count(width)];
  const origin = (size: Any, other: Any, wanted: Any, otherWanted: Any, to: Dim): Any => {
    const shaped: Any = floor(divide(multiply(other, wanted) as Any, otherWanted) as Any);
    const part: Any = maximum(minimum(size, shaped) as Any, 1);
    const middles: Any = multiply(add(placesOf(to), 0.5) as Any, divide(part, wanted) as Any);
    const within: Any = minimum(maximum(subtract(middles, 0.5) as Any, 0) as Any, subtract(part, 1) as Any);
    return add(within, floor(multiply(subtract(size, part) as Any, 0.5) as Any));
  };
  const x = origin(own.width, own.height, wide, high, width);
  const y = expandDims(origin(own.height, own.width, high, wide, height), -1);
  return sampled(images, { x, y }, { fillMode: "nearest", fillValue: 0, interpolation: "bilinear" });
}
