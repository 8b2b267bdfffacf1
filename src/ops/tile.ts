import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { MultiplyDims } from "../types/arithmetic.js";
import type { UnknownDims } from "../types/axis.js";
import type { Dim, Shape, SplitLast, UnknownShape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { type CheckDims, checkDims } from "./shared/checkDims.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { repeated } from "./shared/repeated.js";

/** The shape with each axis so many times as long. */
export type Tile<S extends Shape, M extends Dim[]> = number extends M["length"] ? UnknownDims<S> : TileAxes<S, M, []>;

type TileAxes<S, M extends Dim[], Done extends Shape> = M extends [...infer Others extends Dim[], infer N extends Dim]
  ? SplitLast<S> extends infer Split
    ? Split extends [infer Rest, infer D extends Dim]
      ? TileAxes<Rest, Others, [MultiplyDims<D, N>, ...Done]>
      : UnknownShape
    : never
  : Done;

export const multiplesMissing = "tile: {shape} takes {m} multiples, got {n}";

/** `unknown` where there is a multiple for each axis, else the message. */
export type CheckTile<S extends Shape, M extends Dim[]> = number extends S["length"] | M["length"]
  ? unknown
  : M["length"] extends S["length"]
    ? unknown
    : Message<typeof multiplesMissing, { shape: Show<S>; m: S["length"]; n: M["length"] }>;

/** Runtime twin of `CheckTile`. */
function checkTile(shape: readonly Dim[], multiples: readonly Dim[]): string | undefined {
  if (multiples.length === shape.length) return undefined;
  return fill(multiplesMissing, { shape: show(shape), m: shape.length, n: multiples.length });
}

/**
 * A tensor again and again along its axes: `[a, b]` twice is `[a, b, a, b]`.
 *
 * @param x any shape and dtype
 * @param multiples for each axis how often: a positive integer, or the name of a size
 * @throws SW_VALUE when there is not one for each axis, or one is no size
 * @example
 * const x = tile(input(["batch", "time", 64]), [1, 3, 2]); // Tensor<["batch", "time*3", 128], "float32">
 */
export function tile<const S extends Shape, D extends DType, const M extends Dim[]>(
  x: Tensor<S, D>,
  multiples: M & FirstMessage<CheckDims<"tile", M>, CheckTile<S, M>>,
): Tensor<Tile<S, M>, D> {
  const node = nodeOf(x, "tile");
  const given: readonly Dim[] = multiples;
  refuse("SW_VALUE", "tile", checkDims("tile", given) ?? checkTile(node.shape, given));
  return tensorOf(
    calling("tile", () => given.reduce<Node>((tiled, times, axis) => repeated(tiled, axis, times, "all"), node)),
  );
}
