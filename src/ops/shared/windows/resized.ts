import { type Node, nodeOf, tensorOf } from "../../../ir/node.js";
import { oneOf } from "../../../ir/options.js";
import type { Tensor } from "../../../ir/tensor.js";
import type { Dim } from "../../../types/dim.js";
import { add } from "../../add.js";
import { places } from "../../arange.js";
import { cast } from "../../cast.js";
import { ceil } from "../../ceil.js";
import { constant } from "../../constant.js";
import { divide } from "../../divide.js";
import { equal } from "../../equal.js";
import { expandDims } from "../../expandDims.js";
import { floor } from "../../floor.js";
import { gather } from "../../gather.js";
import { maximum } from "../../maximum.js";
import { minimum } from "../../minimum.js";
import { multiply } from "../../multiply.js";
import { round } from "../../round.js";
import { select } from "../../select.js";
import { sizeNode } from "../../size.js";
import { subtract } from "../../subtract.js";

/** How places between others get their values: that of the nearest one, on straight lines, or on cubic curves (Keys, a = -1/2). */
export type Interpolation = "nearest" | "bilinear" | "bicubic";

const interpolations: readonly Interpolation[] = ["nearest", "bilinear", "bicubic"];
export const anInterpolation = oneOf(interpolations);

type Vector = Tensor<any>;

/** Images with other heights and widths. The width comes first, as in TensorFlow's kernels. */
export function resized(x: Tensor<any>, [height, width]: readonly [Dim, Dim], how: Interpolation): Tensor<any> {
  return resizedAlong(resizedAlong(x, 2, width, how), 1, height, how);
}

function resizedAlong(x: Tensor<any>, axis: 1 | 2, to: Dim, how: Interpolation): Tensor<any> {
  const from = nodeOf(x).shape[axis]!;
  if (from === to) return x;
  const at = (index: Vector): Tensor<any> => gather(x, cast(index, "int32"), axis);
  /** A factor for each place of the axis. */
  const along = (factors: Vector): Vector =>
    axis === 1 ? expandDims(expandDims(factors, -1), -1) : expandDims(factors, -1);
  const last: Vector = subtract(count(from), 1);
  // Where the middle of each new place lies, between the edges of all.
  const steps: Vector = cast(tensorOf(places(to)), "float32");
  const middle: Vector = multiply(add(steps, 0.5), ratio(from, to));
  const within: Vector = floor(middle);
  if (how === "nearest") return at(minimum(within, last));
  const place: Vector = subtract(middle, 0.5);
  const low: Vector = floor(place);
  const beyond: Vector = subtract(place, low);
  if (how === "bicubic") return cubic(low, last, beyond, at, along);
  const lower = at(maximum(low, 0));
  return add(lower, multiply(subtract(at(minimum(ceil(place), last)), lower), along(beyond)));
}

/** The sum of four places with their weights; what lies outside has none, and the others then add up to 1. */
function cubic(
  low: Vector,
  last: Vector,
  beyond: Vector,
  at: (index: Vector) => Tensor<any>,
  along: (factors: Vector) => Vector,
): Tensor<any> {
  // TensorFlow takes weights from a table of 1024 steps.
  const t: Vector = divide(round(multiply(beyond, 1024)), 1024);
  const near = (d: Vector): Vector => add(multiply(multiply(subtract(multiply(d, 1.5), 2.5), d), d), 1);
  const far = (d: Vector): Vector => add(multiply(subtract(multiply(add(multiply(d, -0.5), 2.5), d), 4), d), 2);
  const weights = [far(add(t, 1)), near(t), near(subtract(1, t)), far(subtract(2, t))];
  const taps = weights.map((weight, i) => {
    const place: Vector = add(low, i - 1);
    const index: Vector = minimum(maximum(place, 0), last);
    const counts: Vector = select(equal(index, place), weight, 0);
    return { value: at(index), counts };
  });
  const total = sum(taps.map(({ counts }) => counts));
  return sum(taps.map(({ value, counts }) => multiply(value, along(divide(counts, total))) as Vector));
}

function sum(terms: readonly Vector[]): Vector {
  return terms.reduce((a, b) => add(a, b));
}

/** from / to, as float32. */
function ratio(from: Dim, to: Dim): Vector {
  return typeof from === "number" && typeof to === "number" ? constant(from / to) : divide(count(from), count(to));
}

/** A size as a number of the graph. */
function count(size: Dim): Vector {
  return typeof size === "number" ? constant(size) : tensorOf(sizeNode([size]) as Node);
}
