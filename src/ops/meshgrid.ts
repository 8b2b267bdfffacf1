import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOption, checkOptions, oneOf, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "../ir/tensor.js";
import type { DimAt } from "../types/axis.js";
import type { Dim, Shape, UnknownShape } from "../types/dim.js";
import { type CheckVector, checkVector } from "../types/vector.js";
import { broadcastToOp } from "./broadcastTo.js";
import { reshapeOp } from "./reshape.js";

/** Options of `meshgrid`. */
export interface MeshgridOptions<I extends "xy" | "ij"> {
  /** Whether the first two axes are swapped, `"xy"`, as coordinates want it, or in the order of the vectors, `"ij"`. @default "xy" */
  readonly indexing?: I;
}

/** The sizes of vectors as the axes of one tensor; the first two swapped with "xy". */
export type Meshgrid<T extends readonly TensorLike[], I extends "xy" | "ij"> = number extends T["length"]
  ? UnknownShape
  : SizesOf<T> extends infer Sizes extends Shape
    ? I extends "xy"
      ? Sizes extends [infer A extends Dim, infer B extends Dim, ...infer Rest extends Shape]
        ? [B, A, ...Rest]
        : Sizes
      : Sizes
    : UnknownShape;

type SizesOf<T extends readonly TensorLike[], Done extends Shape = []> = T extends readonly [
  infer First extends TensorLike,
  ...infer Rest extends readonly TensorLike[],
]
  ? SizesOf<Rest, [...Done, DimAt<ShapeOf<First>, 0>]>
  : Done;

/**
 * The coordinates of a grid whose axes have these places: for each vector, its element at each point of the grid.
 *
 * @param tensors vectors, one or more, any dtype
 * @param options `indexing` ("xy")
 * @returns as many tensors, of one shape: the vectors' sizes, the first two of them swapped unless `indexing` is "ij"
 * @throws SW_SHAPE when one is no vector, SW_VALUE when there is none
 * @example
 * const [columns, rows] = meshgrid([arange(640), arange(480)]); // each Tensor<[480, 640], "int32">
 */
export function meshgrid<const T extends TensorLike[], const I extends "xy" | "ij" = "xy">(
  tensors: { [K in keyof T]: T[K] & CheckVector<"meshgrid", ShapeOf<T[K]>> },
  options: MeshgridOptions<I> = {},
): { -readonly [K in keyof T]: Tensor<Meshgrid<T, I>, DTypeOf<T[K]>> } {
  checkOption("meshgrid", "tensors", tensors, required({ takes: "a list of tensors", accepts: Array.isArray }));
  checkOptions("meshgrid", options, { indexing: oneOf(["xy", "ij"]) });
  const nodes = Array.from(tensors as readonly TensorLike[], (tensor: TensorLike) => nodeOf(tensor, "meshgrid"));
  refuse("SW_VALUE", "meshgrid", nodes.length > 0 ? undefined : "meshgrid: takes at least one vector");
  for (const { shape } of nodes) refuse("SW_SHAPE", "meshgrid", checkVector("meshgrid", shape));
  const isSwapped = options.indexing !== "ij" && nodes.length > 1;
  const axisOf = (i: number) => (isSwapped && i < 2 ? 1 - i : i);
  const shape = nodes.map((_, axis) => nodes[axisOf(axis)]!.shape[0]!);
  return calling("meshgrid", () => {
    const grids = nodes.map((node, i) => {
      const along = shape.map((dim, axis) => (axis === axisOf(i) ? dim : 1));
      return tensorOf(makeNode(broadcastToOp, [makeNode(reshapeOp, [node], { shape: along })], { shape }));
    });
    return grids as unknown as { [K in keyof T]: Tensor<Meshgrid<T, I>, DTypeOf<T[K]>> };
  });
}
