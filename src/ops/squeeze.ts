import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axesRule, checkOption } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Axes } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { axisList, type CheckAxes, checkAxes, removeAxes } from "../types/reduce.js";
import { reshapeOp } from "./reshape.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { OrMessage } from "./shared/orMessage.js";
import { type CheckSqueeze, checkSqueeze, type Squeeze } from "./shared/squeeze-shape.js";

/**
 * The same elements without axes of size 1.
 *
 * @param x any shape and dtype
 * @param axis one axis or several, of size 1; negative ones count from the end. All of size 1 unless said otherwise: no axis with a
 * name is one of them
 * @throws SW_VALUE when there is no such axis, or it is given twice; SW_SHAPE when it is not of size 1
 * @example
 * const x = input(["batch", 1, 64, 1]);
 * squeeze(x, -1); // Tensor<["batch", 1, 64], "float32">
 * squeeze(x);     // Tensor<["batch", 64], "float32">
 */
export function squeeze<const S extends Shape, D extends DType, const A extends Axes = undefined>(
  x: Tensor<S, D>,
  axis?: OrMessage<A, FirstMessage<CheckAxes<"squeeze", S, A>, CheckSqueeze<S, A>>>,
): Tensor<Squeeze<S, A>, D> {
  const node = nodeOf(x, "squeeze");
  const given = axis as Axes;
  checkOption("squeeze", "axis", given, axesRule);
  refuse("SW_VALUE", "squeeze", checkAxes("squeeze", node.shape, given));
  refuse("SW_SHAPE", "squeeze", checkSqueeze(node.shape, given));
  const gone = given === undefined ? node.shape.flatMap((dim, axis) => (dim === 1 ? [axis] : [])) : given;
  return tensorOf(
    calling("squeeze", () =>
      makeNode(reshapeOp, [node], { shape: removeAxes(node.shape, axisList(node.shape, gone)) }),
    ),
  );
}
