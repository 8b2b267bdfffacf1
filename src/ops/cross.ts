import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis, type LastDim } from "../types/axis.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { builder } from "./builder.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckSameShape, checkSameShape } from "./shared/join.js";

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
 * The cross products of vectors of three numbers, along the last axis: at right angles to both, as long as the area between them. The rule is
 * that of `numpy.cross`.
 *
 * @param a [..., 3], float32
 * @param b the same shape, float32
 * @returns the same shape
 * @throws SW_SHAPE when the shapes differ, or the last axis has not 3 places; SW_VALUE for a scalar; SW_DTYPE when one is not float32
 * @example
 * const normal = cross(input(["batch", 3]), input(["batch", 3])); // Tensor<["batch", 3], "float32">
 */
export function cross<const S extends Shape, D extends DType, const T extends Shape, E extends DType>(
  a: Tensor<S, D> & FirstMessage<CheckDType<"cross", D, "float32">, CheckThree<S>>,
  b: Tensor<T, E> & FirstMessage<CheckDType<"cross", E, "float32">, CheckSameShape<"cross", S, T>>,
): Tensor<S, D> {
  const [x, y] = [nodeOf(a, "cross"), nodeOf(b, "cross")];
  refuse("SW_DTYPE", "cross", checkDType("cross", x.dtype, ["float32"]));
  refuse("SW_VALUE", "cross", checkAxis("cross", x.shape, -1));
  refuse("SW_SHAPE", "cross", checkThree(x.shape));
  refuse("SW_DTYPE", "cross", checkDType("cross", y.dtype, ["float32"]));
  refuse("SW_SHAPE", "cross", checkSameShape("cross", x.shape, y.shape));
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
