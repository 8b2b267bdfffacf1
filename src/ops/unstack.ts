import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOption } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis, type DimAt, dimAt, normalizeAxis } from "../types/axis.js";
import type { Dim, IsName, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type RemoveAxes, removeAxes } from "../types/reduce.js";
import { type Show, show } from "../types/show.js";
import { reshapeOp } from "./reshape.js";
import { resultsOf } from "./result.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { OrMessage } from "./shared/orMessage.js";
import type { Repeat } from "./shared/split-shape.js";
import { splitOp } from "./split.js";

/** The tensors along an axis, as a tuple where their number is known. */
export type Unstack<S extends Shape, D extends DType, A extends number> =
  DimAt<S, A> extends infer N extends number ? Repeat<N, Tensor<RemoveAxes<S, A>, D>> : Tensor<RemoveAxes<S, A>, D>[];

export const namedAxis = "unstack: axis {axis} of {shape} has a name; only a number says how many tensors there are";

/** `unknown` where the axis has a number, or may have one, else the message. `Now` settles it within generic functions. */
type CheckUnstack<S extends Shape, A extends number, Now> =
  IsName<DimAt<S, A>, Now> extends true ? Message<typeof namedAxis, { axis: A; shape: Show<S> }> : unknown;

/** Runtime twin of `CheckUnstack`. */
function checkUnstack(shape: readonly Dim[], axis: number): string | undefined {
  return typeof dimAt(shape, axis) === "number" ? undefined : fill(namedAxis, { axis, shape: show(shape) });
}

/**
 * The tensors along an axis, each without it: what `stack` has put together.
 *
 * @param x rank 1 or more, any dtype
 * @param axis of a size that is a number: the first unless said otherwise; negative ones count from the end
 * @returns as many tensors as the axis is long: a tuple, where that is known
 * @throws SW_VALUE when there is no such axis; SW_SHAPE when it has a name
 * @example
 * const [red, green, blue] = unstack(input(["batch", 28, 28, 3]), -1); // each Tensor<["batch", 28, 28], "float32">
 */
export function unstack<const S extends Shape, D extends DType, Now = "now">(
  x: Tensor<S, D> & FirstMessage<CheckAxis<"unstack", S, 0>, CheckUnstack<S, 0, Now>>,
): Unstack<S, D, 0>;
export function unstack<const S extends Shape, D extends DType, const A extends number, Now = "now">(
  x: Tensor<S, D>,
  axis: OrMessage<A, FirstMessage<CheckAxis<"unstack", S, A>, CheckUnstack<S, A, Now>>>,
): Unstack<S, D, A>;
export function unstack(x: AnyTensor, along = 0): AnyTensor[] {
  const node = nodeOf(x, "unstack");
  checkOption("unstack", "axis", along, axisRule);
  refuse("SW_VALUE", "unstack", checkAxis("unstack", node.shape, along));
  refuse("SW_SHAPE", "unstack", checkUnstack(node.shape, along));
  const sizes = Array.from({ length: dimAt(node.shape, along) as number }, () => 1);
  return calling("unstack", () => {
    const parts = resultsOf(makeNode(splitOp, [node], { axis: normalizeAxis(node.shape, along), sizes }));
    const shape = removeAxes(node.shape, along);
    return parts.map((part) => tensorOf(makeNode(reshapeOp, [part], { shape })));
  });
}
