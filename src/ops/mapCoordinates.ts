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
import { at } from "./at.js";
import { builder as b } from "./builder.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { aCoordinatesFillMode, type CoordinatesFillMode, elementsAt, valuesAt } from "./shared/windows/coordinates.js";

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
 * `scipy.ndimage`, as Keras documents them; its constants and wraps are those of a grid. Keras on TensorFlow looks up a place before the first
 * element by its distance from it, so that its `"reflect"` has the second one at -1, where SciPy, Keras on PyTorch and we have the first.
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
  checkOptions<MapCoordinatesOptions>(name, options, { fillMode: aCoordinatesFillMode, fillValue: float32 });
  const { fillMode = "constant", fillValue = 0 } = options;
  return calling(name, () => {
    const flat = tensorOf(b.op("reshape", [node], { shape: [productOf(node.shape)] })) as Any;
    const axes = node.shape.map((size, axis) =>
      elementsAt(at(tensorOf(where) as Any, `${axis}` as never) as Any, order, size, fillMode),
    );
    return valuesAt(flat, axes, node.shape, fillValue);
  }) as Tensor<any, any>;
}
