import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOption, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "../ir/tensor.js";
import { type CheckNewAxis, checkNewAxis, type InsertAxis, insertAxis } from "../types/axis.js";
import { type CheckSameDType, checkSameDType } from "../types/dtype.js";
import { fill } from "../types/message.js";
import { concatOp } from "./concat.js";
import { reshapeOp } from "./reshape.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckSameShape, type CheckSome, checkSameShape, nothingJoined } from "./shared/join.js";
import type { OrMessage } from "./shared/orMessage.js";

/** `unknown` where a tensor can stand beside the first one, else the message. */
type CheckPart<First, T> = FirstMessage<
  CheckSameDType<"stack", DTypeOf<First>, DTypeOf<T>>,
  CheckSameShape<"stack", ShapeOf<First>, ShapeOf<T>>
>;

/**
 * Tensors side by side, along a new axis.
 *
 * @param tensors one or more, of one shape and dtype
 * @param axis where the new axis stands in the result: the first unless said otherwise; negative ones count from the result's end
 * @returns their shape, and an axis as long as there are tensors
 * @throws SW_SHAPE when the shapes differ, SW_DTYPE when the dtypes do, SW_VALUE when there is no such place for the axis
 * @example
 * const [a, b] = [input(["batch", 64]), input(["batch", 64])];
 * stack([a, b], 1); // Tensor<["batch", 2, 64], "float32">
 */
export function stack<const T extends TensorLike[], const A extends number = 0>(
  tensors: { [K in keyof T]: T[K] & CheckPart<T[0], T[K]> } & CheckSome<"stack", T>,
  axis?: OrMessage<A, CheckNewAxis<"stack", ShapeOf<T[0]>, A>>,
): Tensor<InsertAxis<ShapeOf<T[0]>, A, T["length"]>, DTypeOf<T[0]>> {
  const place = (axis === undefined ? 0 : axis) as number;
  checkOption("stack", "tensors", tensors, required({ takes: "a list of tensors", accepts: Array.isArray }));
  checkOption("stack", "axis", place, axisRule);
  const nodes = Array.from(tensors as readonly TensorLike[], (tensor: TensorLike) => nodeOf(tensor, "stack"));
  const [first] = nodes;
  refuse("SW_VALUE", "stack", first ? undefined : fill(nothingJoined, { op: "stack" }));
  for (const { shape, dtype } of nodes) {
    refuse("SW_DTYPE", "stack", checkSameDType("stack", first!.dtype, dtype));
    refuse("SW_SHAPE", "stack", checkSameShape("stack", first!.shape, shape));
  }
  refuse("SW_VALUE", "stack", checkNewAxis("stack", first!.shape, place));
  const shape = insertAxis(first!.shape, place);
  return calling("stack", () => {
    const parts = nodes.map((node) => makeNode(reshapeOp, [node], { shape }));
    return tensorOf(makeNode(concatOp, parts, { axis: place < 0 ? place + shape.length : place }));
  });
}
