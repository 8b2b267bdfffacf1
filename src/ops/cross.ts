import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis, type LastDim } from "../types/axis.js";
import { type Broadcast, type CheckBroadcast, checkBroadcast } from "../types/broadcast.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { builder } from "./builder.js";
import type { FirstMessage } from "./shared/firstMessage.js";

export const notOfThree = "cross: takes vectors of three on the last axis, got {shape}";

/** `unknown` where a tensor has vectors of three, else the message. */
type CheckThree<S extends Shape> = FirstMessage<
  CheckAxis<"cross", S, -1>,
  Compatible<LastDim<S>, 3> extends true ? unknown : Message<typeof notOfThree, { shape: Show<S> }>
>;

/** Runtime twin of `CheckThree`, where there is such an axis. */
function checkThree(shape: readonly Dim[]): string | undefined {
  return shape.at(-1) === 3 ? undefined : fill(notOfThree, { shape: show(shape) });
}

/**
 * The cross products of vectors of three numbers, along the last axis: at right angles to both, as long as the area between them. The axes
 * before it broadcast. The rule is that of `numpy.cross`.
 *
 * @param a [..., 3], float32
 * @param b [..., 3], a shape that broadcasts with a's; float32
 * @returns the broadcast shape
 * @throws SW_SHAPE when the shapes do not broadcast, or a last axis has not 3 places; SW_VALUE for a scalar; SW_DTYPE when one is not float32
 * @example
 * const normal = cross(input(["batch", 3]), input(["batch", 3])); // Tensor<["batch", 3], "float32">
 * const turned = cross(input(["batch", "points", 3]), constant([0, 0, 1])); // Tensor<["batch", "points", 3], "float32">
 */
export function cross<const S extends Shape, D extends DType, const T extends Shape, E extends DType>(
  a: Tensor<S, D> & FirstMessage<CheckDType<"cross", D, "float32">, CheckThree<S>>,
  b: Tensor<T, E> &
    FirstMessage<CheckDType<"cross", E, "float32">, FirstMessage<CheckThree<T>, CheckBroadcast<"cross", S, T>>>,
): Tensor<Broadcast<S, T>> {
  const [x, y] = [nodeOf(a, "cross"), nodeOf(b, "cross")];
  for (const { shape, dtype } of [x, y]) {
    refuse("SW_DTYPE", "cross", checkDType("cross", dtype, ["float32"]));
    refuse("SW_VALUE", "cross", checkAxis("cross", shape, -1));
    refuse("SW_SHAPE", "cross", checkThree(shape));
  }
  refuse("SW_SHAPE", "cross", checkBroadcast("cross", x.shape, y.shape));
  return calling("cross", () => tensorOf(builder.op("subtract", [product(x, y), product(y, x)])));
}

/** Of each place, the next element of one vector times the one after that of the other. */
function product(x: Node, y: Node): Node {
  const turned = (node: Node, places: readonly number[]) => {
    const indices = builder.constant(array(Int32Array.from(places), [3]));
    return builder.op("gather", [node, indices], { axis: node.rank - 1, batchDims: 0 });
  };
  return builder.op("multiply", [turned(x, [1, 2, 0]), turned(y, [2, 0, 1])]);
}
