import { tensorOf } from "../../../ir/node.js";
import type { Tensor } from "../../../ir/tensor.js";
import type { Dim } from "../../../types/dim.js";
import { abs } from "../../abs.js";
import { add } from "../../add.js";
import { places } from "../../arange.js";
import { builder as b } from "../../builder.js";
import { cast } from "../../cast.js";
import { divide } from "../../divide.js";
import { expandDims } from "../../expandDims.js";
import { gather } from "../../gather.js";
import { greater } from "../../greater.js";
import { greaterEqual } from "../../greaterEqual.js";
import { less } from "../../less.js";
import { lessEqual } from "../../lessEqual.js";
import { logicalAnd } from "../../logicalAnd.js";
import { maximum } from "../../maximum.js";
import { multiply } from "../../multiply.js";
import { notEqual } from "../../notEqual.js";
import { select } from "../../select.js";
import { sin } from "../../sin.js";
import { square } from "../../square.js";
import { subtract } from "../../subtract.js";
import { sum } from "../../sum.js";
import type { Any } from "../composite.js";
import { count } from "./sampled.js";

/** By which function of the distance pixels count. */
export type Kernel = "bilinear" | "bicubic" | "lanczos3" | "lanczos5";

/** How much a pixel counts at a distance in pixels, before all that count are made 1. */
const kernels: Readonly<Record<Kernel, (distance: Any) => Any>> = {
  bilinear: (x) => maximum(0, subtract(1, x) as Any) as Any,
  bicubic: keys,
  lanczos3: (x) => lanczos(3, x),
  lanczos5: (x) => lanczos(5, x),
};

export const kernelNames = Object.keys(kernels) as Kernel[];

/** How an axis is scaled and moved: by the numbers at its place of a scale and a translation, [2] or [batch, 2]. */
interface Moved {
  readonly scale: Any;
  readonly translation: Any;
  readonly axis: 0 | 1;
}

/**
 * How much each place of an axis counts for each of the result, [from, to], or [batch, from, to]: what counts for one adds up to 1, or to 0 where
 * that one lies outside.
 */
export function resampling(
  { from, to }: { readonly from: Dim; readonly to: Dim },
  { scale, translation, axis }: Moved,
  kernel: Kernel,
  antialias: boolean,
): Any {
  const inverse: Any = divide(1, at(scale, axis));
  const middles: Any = multiply(add(alongOf(to), 0.5) as Any, inverse);
  const origin: Any = subtract(subtract(middles, multiply(at(translation, axis), inverse) as Any) as Any, 0.5);
  const apart: Any = abs(subtract(origin, expandDims(alongOf(from), -1)) as Any);
  const distance: Any = antialias ? divide(apart, maximum(inverse, 1) as Any) : apart;
  const weights = kernels[kernel](distance);
  const total: Any = sum(weights, { axis: -2, keepDims: true });
  const parts: Any = divide(weights, select(notEqual(total, 0) as never, total, 1) as Any);
  const isInside = logicalAnd(
    greaterEqual(origin, -0.5) as never,
    lessEqual(origin, subtract(count(from), 0.5) as Any) as never,
  );
  // A sum that is next to nothing is nothing but roundings.
  const isSome = greater(abs(total), 1000 * 2 ** -23);
  return select(logicalAnd(isInside as never, isSome as never) as Tensor<any, "bool">, parts, 0);
}

/** The number at a place of the last axis, [1, 1] or [batch, 1, 1]. */
function at(numbers: Any, place: number): Any {
  const found: Any = gather(numbers, tensorOf(b.scalar(place, "int32")) as Tensor<any, "int32">, -1);
  return expandDims(expandDims(found, -1), -1);
}

function alongOf(size: Dim): Any {
  return cast(tensorOf(places(size)), "float32");
}

/** Keys's cubics, a = -½: (3/2·x - 5/2)·x² + 1 up to 1, ((-1/2·x + 5/2)·x - 4)·x + 2 up to 2, then 0. */
function keys(x: Any): Any {
  /** ((c₃·x + c₂)·x + c₁)·x + c₀. */
  const cubic = (...[first, ...others]: readonly number[]) =>
    others.reduce<Any>((sum, c) => add(multiply(sum, x) as Any, c) as Any, tensorOf(b.scalar(first!)) as Any);
  const near = select(less(x, 1) as never, cubic(1.5, -2.5, 0, 1), cubic(-0.5, 2.5, -4, 2)) as Any;
  return select(less(x, 2) as never, near, 0);
}

/** r·sin(πx)·sin(πx/r) / (πx)² up to a radius r, then 0. */
function lanczos(radius: number, x: Any): Any {
  const angle: Any = multiply(x, Math.PI);
  const waves: Any = multiply(multiply(sin(angle), radius) as Any, sin(divide(angle, radius) as Any)) as Any;
  const isApart = greater(x, 1e-3) as Tensor<any, "bool">;
  const window: Any = select(isApart, divide(waves, square(select(isApart, angle, 1) as Any)) as Any, 1);
  return select(greater(x, radius) as never, 0, window);
}
