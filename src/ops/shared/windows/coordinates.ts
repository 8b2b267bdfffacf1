import { tensorOf } from "../../../ir/node.js";
import { oneOf } from "../../../ir/options.js";
import type { Tensor } from "../../../ir/tensor.js";
import type { Dim } from "../../../types/dim.js";
import { abs } from "../../abs.js";
import { add } from "../../add.js";
import { builder as b } from "../../builder.js";
import { cast } from "../../cast.js";
import { equal } from "../../equal.js";
import { floor } from "../../floor.js";
import { gather } from "../../gather.js";
import { isFinite } from "../../isFinite.js";
import { logicalAnd } from "../../logicalAnd.js";
import { maximum } from "../../maximum.js";
import { minimum } from "../../minimum.js";
import { mod } from "../../mod.js";
import { multiply } from "../../multiply.js";
import { round } from "../../round.js";
import { select } from "../../select.js";
import { subtract } from "../../subtract.js";
import type { Any } from "../composite.js";
import { count, fillFor } from "./sampled.js";

/** What lies outside of a tensor. */
export type CoordinatesFillMode = "constant" | "nearest" | "wrap" | "mirror" | "reflect";

const modes: readonly CoordinatesFillMode[] = ["constant", "nearest", "wrap", "mirror", "reflect"];
export const aCoordinatesFillMode = oneOf(modes);

/** The elements at places along an axis of a size: the nearest ones, order 0, or those around, order 1. */
export function elementsAt(place: Any, order: 0 | 1, size: Dim, fillMode: CoordinatesFillMode): readonly Element[] {
  return (order === 0 ? nearest(place) : neighbours(place)).map((each) => onAxis(each, count(size), fillMode));
}

/** The values of a flat tensor of some sizes at elements along all of its axes, which broadcast. */
export function valuesAt(
  flat: Any,
  axes: readonly (readonly Element[])[],
  sizes: readonly Dim[],
  fillValue: number,
): Any {
  const corners = axes.reduce<readonly Element[]>(
    (before, elements, axis) => {
      const size = cast(count(sizes[axis]!), "int32") as Whole;
      return before.flatMap((one) => elements.map((other) => joined(one, other, size)));
    },
    [{ index: tensorOf(b.scalar(0, "int32")) as Whole }],
  );
  const values = corners.map(({ index, share, isInside }): Any => {
    const found: Any = gather(flat, index, 0);
    const known: Any = isInside ? select(isInside, found, fillFor(fillValue, share)) : found;
    return share ? multiply(known, share) : known;
  });
  return values.reduce((sum, value): Any => add(sum, value));
}

type Whole = Tensor<any, "int32">;

/** An element for each place: which, how much it counts, and whether there is one; of neither said, all, and it is. */
export interface Element {
  readonly index: Whole;
  readonly share?: Any;
  readonly isInside?: Tensor<any, "bool">;
}

/** The same along one axis, where it may lie outside. */
interface Place {
  readonly place: Any;
  readonly share?: Any;
}

function nearest(place: Any): readonly Place[] {
  return [{ place: round(place) as Any }];
}

function neighbours(place: Any): readonly Place[] {
  const before: Any = floor(place);
  const share: Any = subtract(place, before);
  return [
    { place: before, share: subtract(1, share) as Any },
    { place: add(before, 1) as Any, share },
  ];
}

function onAxis({ place, share }: Place, size: Any, mode: CoordinatesFillMode): Element {
  const last: Any = subtract(size, 1);
  // What is NaN or infinite is no place: it is looked up at the first, and its share makes NaN of that.
  const known: Any = select(isFinite(place), place, 0);
  const nearest: Any = minimum(maximum(known, 0) as Any, last);
  const found = {
    constant: () => nearest,
    nearest: () => nearest,
    wrap: () => mod(known, size) as Any,
    mirror,
    reflect,
  };
  const index = cast(minimum(maximum(found[mode](known, size), 0) as Any, last) as Any, "int32") as Whole;
  return { index, ...(share && { share }), ...(mode === "constant" && { isInside: equal(place, nearest) as never }) };
}

/** Back from the last element, which stands once: with a period of 2 · (size - 1). */
function mirror(place: Any, size: Any): Any {
  const last: Any = subtract(size, 1);
  const period: Any = maximum(multiply(last, 2) as Any, 1);
  return subtract(last, abs(subtract(mod(place, period) as Any, last) as Any) as Any) as Any;
}

/** Back from the edge, at which the last element stands twice: with a period of 2 · size. */
function reflect(place: Any, size: Any): Any {
  const rest: Any = mod(place, multiply(size, 2) as Any);
  return minimum(rest, subtract(subtract(multiply(size, 2) as Any, 1) as Any, rest) as Any);
}

/** An element of more axes: behind those before it, so many of the next axis. */
function joined(one: Element, other: Element, size: Whole): Element {
  const index = add(multiply(one.index, size) as Whole, other.index) as Whole;
  const share = one.share && other.share ? (multiply(one.share, other.share) as Any) : (one.share ?? other.share);
  const isInside =
    one.isInside && other.isInside
      ? (logicalAnd(one.isInside, other.isInside) as Tensor<any, "bool">)
      : (one.isInside ?? other.isInside);
  return { index, ...(share && { share }), ...(isInside && { isInside }) };
}
