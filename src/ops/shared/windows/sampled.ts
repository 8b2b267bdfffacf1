import { makeNode } from "../../../ir/makeNode.js";
import { nodeOf, tensorOf } from "../../../ir/node.js";
import { oneOf } from "../../../ir/options.js";
import type { Tensor } from "../../../ir/tensor.js";
import type { Dim } from "../../../types/dim.js";
import { productOf } from "../../../types/product.js";
import { abs } from "../../abs.js";
import { add } from "../../add.js";
import { places } from "../../arange.js";
import { builder as b } from "../../builder.js";
import { cast } from "../../cast.js";
import { divide } from "../../divide.js";
import { equal } from "../../equal.js";
import { expandDims } from "../../expandDims.js";
import { floor } from "../../floor.js";
import { gather } from "../../gather.js";
import { greater } from "../../greater.js";
import { greaterEqual } from "../../greaterEqual.js";
import { less } from "../../less.js";
import { lessEqual } from "../../lessEqual.js";
import { logicalAnd } from "../../logicalAnd.js";
import { maximum } from "../../maximum.js";
import { minimum } from "../../minimum.js";
import { multiply } from "../../multiply.js";
import { neg } from "../../neg.js";
import { reshapeOp } from "../../reshape.js";
import { select } from "../../select.js";
import { subtract } from "../../subtract.js";
import type { Any } from "../composite.js";

/** What lies outside of images: their pixels from the edge back, again from the other edge, those of the edge, or one value. */
export type FillMode = "reflect" | "wrap" | "nearest" | "constant";
const fillModes: readonly FillMode[] = ["reflect", "wrap", "nearest", "constant"];
export const aFillMode = oneOf(fillModes);

/** How places between pixels get their values: that of the nearest one, or on straight lines. */
export type SamplingInterpolation = "nearest" | "bilinear";
const interpolations: readonly SamplingInterpolation[] = ["bilinear", "nearest"];
export const aSamplingInterpolation = oneOf(interpolations);

/** How images are sampled. */
export interface Sampling {
  readonly fillMode: FillMode;
  readonly fillValue: number;
  readonly interpolation: SamplingInterpolation;
}

/** Where each pixel of the result comes from: in pixels, as what broadcasts to [batch, height, width]. */
export interface Origins {
  readonly x: Any;
  readonly y: Any;
}

/** A pixel for each place: where along an axis, whether there is one, and how much it counts. */
interface Tap {
  readonly place: Any;
  readonly isInside: Tensor<any, "bool">;
  readonly share: Any | undefined;
}

/** Images sampled elsewhere, in the order of TensorFlow's ImageProjectiveTransformV3, for the same numbers. */
export function sampled(images: Any, origins: Origins, { fillMode, fillValue, interpolation }: Sampling): Any {
  const [, height, width] = nodeOf(images).shape as readonly Dim[];
  const at = pixelsOf(images, fillValue);
  const taps = (origin: Any, size: Any): readonly Tap[] =>
    (interpolation === "nearest" ? nearest : neighbours)(mapped[fillMode](origin, size), size);
  const columns = taps(origins.x, count(width!));
  /** The row's pixels, between its columns. */
  const along = (row: Tap): Any => sum(columns.map((column) => shared(at(row, column), column)));
  return sum(taps(origins.y, count(height!)).map((row) => shared(along(row), row)));
}

function sum(terms: readonly Any[]): Any {
  return terms.reduce((all, term): Any => add(all, term));
}

function shared(value: Any, { share }: Tap): Any {
  return share ? multiply(value, expandDims(share, -1)) : value;
}

/** The value outside: of what counts nothing 0, as 0 · ∞ would be NaN. So it has no part in derivatives, either. */
export function fillFor(fillValue: number, share: Any | undefined): Any | number {
  return share === undefined || Number.isFinite(fillValue)
    ? fillValue
    : select(equal(share, 0), 0, tensorOf(b.scalar(fillValue)) as Any);
}

/** A function that gives pixels, or the value outside of images. */
function pixelsOf(images: Any, fillValue: number): (row: Tap, column: Tap) => Any {
  const [batch, height, width, channels] = nodeOf(images).shape as readonly Dim[];
  const rows = makeNode(reshapeOp, [nodeOf(images)], { shape: [productOf([batch!, height!, width!]), channels!] });
  const first = multiply(
    multiply(expandDims(expandDims(tensorOf(places(batch!)) as Whole, -1), -1), whole(height!)) as Whole,
    whole(width!),
  ) as Whole;
  return (row, column) => {
    const isInside: Tensor<any, "bool"> = logicalAnd(row.isInside, column.isInside);
    const inImage: Whole = add(multiply(index(row), whole(width!)) as Whole, index(column));
    const taken: Any = gather(tensorOf(rows) as Any, add(first, inImage) as Whole, 0);
    const share: Any | undefined = row.share && column.share && multiply(row.share, column.share);
    return select(expandDims(isInside, -1), taken, fillFor(fillValue, share && expandDims(share, -1)));
  };
}

type Whole = Tensor<any, "int32">;

/** What is no place is looked up at the first, and not taken. */
function index({ place, isInside }: Tap): Whole {
  return cast(select(isInside, place, 0) as Any, "int32") as Whole;
}

/** The pixel before a place, and the one behind it. */
function neighbours(place: Any, size: Any): readonly Tap[] {
  const before: Any = floor(place);
  const behind: Any = add(before, 1);
  return [tap(before, size, subtract(behind, place)), tap(behind, size, subtract(place, before))];
}

/** The nearest pixel: of two that are equally near, the one that is farther from 0. */
function nearest(place: Any, size: Any): readonly Tap[] {
  const distance: Any = abs(place);
  const whole: Any = floor(distance);
  const rounded: Any = select(greaterEqual(subtract(distance, whole) as Any, 0.5), add(whole, 1), whole);
  return [tap(select(less(place, 0), neg(rounded), rounded), size)];
}

function tap(place: Any, size: Any, share?: Any): Tap {
  const last: Any = subtract(size, 1);
  return { place, isInside: logicalAnd(greaterEqual(place, 0), lessEqual(place, last)) as Tensor<any, "bool">, share };
}

/** Places outside of an axis, as places of it. */
const mapped: Readonly<Record<FillMode, (place: Any, size: Any) => Any>> = {
  constant: (place) => place,
  nearest: onAxis,
  reflect(place, size) {
    const period: Any = multiply(size, 2);
    const distance: Any = abs(place);
    const rest: Any = subtract(distance, multiply(period, floor(divide(distance, period))));
    const below: Any = select(greater(rest, size), subtract(period, rest), subtract(rest, 1));
    const above: Any = select(greaterEqual(rest, size), subtract(subtract(period, rest), 1), rest);
    return onAxis(select(less(place, 0), below, above), size);
  },
  wrap(place, size) {
    const steps: Any = floor(divide(abs(place), maximum(subtract(size, 1) as Any, 1)));
    const below: Any = add(place, multiply(size, add(steps, 1)));
    const above: Any = subtract(place, multiply(size, steps));
    const isAbove = greater(place, subtract(size, 1) as Any);
    return onAxis(select(less(place, 0), below, select(isAbove, above, place)), size);
  },
};

function onAxis(place: Any, size: Any): Any {
  return minimum(maximum(place, 0) as Any, subtract(size, 1) as Any);
}

/** A size as a number of the graph, float32. */
export function count(size: Dim): Any {
  return tensorOf(b.size([size]));
}

function whole(size: Dim): Whole {
  return cast(count(size), "int32") as Whole;
}
