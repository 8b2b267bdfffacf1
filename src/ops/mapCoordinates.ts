import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOption, checkOptions, float32, oneOf, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape, SplitFirst, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { productOf } from "../types/product.js";
import { type Show, show } from "../types/show.js";
import { abs } from "./abs.js";
import { add } from "./add.js";
import { at } from "./at.js";
import { builder as b } from "./builder.js";
import { cast } from "./cast.js";
import { equal } from "./equal.js";
import { floor } from "./floor.js";
import { gather } from "./gather.js";
import { isFinite } from "./isFinite.js";
import { logicalAnd } from "./logicalAnd.js";
import { maximum } from "./maximum.js";
import { minimum } from "./minimum.js";
import { mod } from "./mod.js";
import { multiply } from "./multiply.js";
import { round } from "./round.js";
import { select } from "./select.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { count, fillFor } from "./shared/windows/sampled.js";
import { subtract } from "./subtract.js";

/** What lies outside of a tensor. */
export type CoordinatesFillMode = "constant" | "nearest" | "wrap" | "mirror" | "reflect";

/** Options of `mapCoordinates`. */
export interface MapCoordinatesOptions {
  /**
   * What lies outside: `"constant"`, `fillValue`; `"nearest"`, the element of the edge; `"wrap"`, those from the other edge on; `"mirror"`, those
   * from the edge back, without it (`dcb|abcd|cba`); `"reflect"`, with it (`dcba|abcd|dcba`).
   *
   * @default "constant"
   */
  readonly fillMode?: CoordinatesFillMode;
  /** What lies outside with `"constant"`. @default 0 */
  readonly fillValue?: number;
}

export const notCoordinates = "mapCoordinates: {a} takes a coordinate for each of its axes first, [{rank}, …], got {b}";

/** `unknown` where there is a coordinate for each axis, else the message. */
type CheckCoordinates<S extends Shape, C extends Shape> = number extends S["length"] | C["length"]
  ? unknown
  : SplitFirst<C> extends [infer N extends Dim, unknown]
    ? Compatible<N, S["length"]> extends true
      ? unknown
      : Message<typeof notCoordinates, { a: Show<S>; rank: S["length"]; b: Show<C> }>
    : Message<typeof notCoordinates, { a: Show<S>; rank: S["length"]; b: Show<C> }>;

/** Runtime twin of `CheckCoordinates`. */
function checkCoordinates(shape: readonly Dim[], coordinates: readonly Dim[]): string | undefined {
  if (coordinates[0] === shape.length) return undefined;
  return fill(notCoordinates, { a: show(shape), rank: shape.length, b: show(coordinates) });
}

/** The coordinates' axes behind the first. */
export type MapCoordinates<C> = SplitFirst<C> extends [unknown, infer Rest extends Shape] ? Rest : UnknownShape;

/**
 * A tensor's values at places between its elements. The rule is that of Keras's `ops.image.map_coordinates`: of order 0, the nearest element
 * is that of an even place where two are as near (`scipy.ndimage` takes the one behind). Outside, `"reflect"` and `"mirror"` are those of
 * `scipy.ndimage`, as Keras documents them; its constants and wraps are those of a grid.
 * NaN and infinity are no place: order 1 gives NaN there, and order 0 what lies outside with `"constant"`, else the first element along
 * that axis.
 *
 * @param x rank 1 or more, float32
 * @param coordinates [rank of x, ...], float32: where along each axis
 * @param order 0 for the nearest element, or 1 for straight lines between elements
 * @param options `fillMode` ("constant"), `fillValue` (0)
 * @returns the coordinates' axes behind the first
 * @throws SW_SHAPE when there is not a coordinate for each axis; SW_DTYPE when one is not float32; SW_VALUE when the order or an option is out
 *   of range
 * @example
 * const heights = input([100, 200]);
 * const along = mapCoordinates(heights, input([2, "steps"]), 1, { fillMode: "nearest" }); // Tensor<["steps"], "float32">
 */
export function mapCoordinates<const S extends Shape, D extends DType, const C extends Shape, E extends DType>(
  x: Tensor<S, D> & CheckDType<"mapCoordinates", D, "float32">,
  coordinates: Tensor<C, E> & FirstMessage<CheckDType<"mapCoordinates", E, "float32">, CheckCoordinates<S, C>>,
  order: 0 | 1,
  options: MapCoordinatesOptions = {},
): Tensor<MapCoordinates<C>, D> {
  const name = "mapCoordinates";
  const [node, where] = [nodeOf(x, name), nodeOf(coordinates, name)];
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_DTYPE", name, checkDType(name, where.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkCoordinates(node.shape, where.shape));
  checkOption(name, "order", order, required(oneOf([0, 1])));
  const modes: readonly CoordinatesFillMode[] = ["constant", "nearest", "wrap", "mirror", "reflect"];
  checkOptions<MapCoordinatesOptions>(name, options, { fillMode: oneOf(modes), fillValue: float32 });
  const { fillMode = "constant", fillValue = 0 } = options;
  return calling(name, () => {
    const flat = tensorOf(b.op("reshape", [node], { shape: [productOf(node.shape)] })) as Any;
    const axes = node.shape.map((size, axis): readonly Tap[] => {
      const place = at(tensorOf(where) as Any, `${axis}` as never) as Any;
      return (order === 0 ? nearest(place) : neighbours(place)).map((tap) => onAxis(tap, count(size), fillMode));
    });
    const corners = axes.reduce<readonly Tap[]>(
      (before, taps, axis) => {
        const size = cast(count(node.shape[axis]!), "int32") as Whole;
        return before.flatMap((one) => taps.map((other) => joined(one, other, size)));
      },
      [{ index: tensorOf(b.scalar(0, "int32")) as Whole }],
    );
    const values = corners.map(({ index, share, isInside }): Any => {
      const found: Any = gather(flat, index, 0);
      const known: Any = isInside ? select(isInside, found, fillFor(fillValue, share)) : found;
      return share ? multiply(known, share) : known;
    });
    return values.reduce((sum, value): Any => add(sum, value));
  }) as Tensor<any, any>;
}

type Whole = Tensor<any, "int32">;

/** An element for each place: which, how much it counts, and whether there is one; of neither said, all, and it is. */
interface Tap {
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

function onAxis({ place, share }: Place, size: Any, mode: CoordinatesFillMode): Tap {
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
function joined(one: Tap, other: Tap, size: Whole): Tap {
  const index = add(multiply(one.index, size) as Whole, other.index) as Whole;
  const share = one.share && other.share ? (multiply(one.share, other.share) as Any) : (one.share ?? other.share);
  const isInside =
    one.isInside && other.isInside
      ? (logicalAnd(one.isInside, other.isInside) as Tensor<any, "bool">)
      : (one.isInside ?? other.isInside);
  return { index, ...(share && { share }), ...(isInside && { isInside }) };
}
