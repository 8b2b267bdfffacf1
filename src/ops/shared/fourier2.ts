import type { DType } from "../../ir/dtype.js";
import type { Node } from "../../ir/node.js";
import { refuse } from "../../ir/refuse.js";
import type { TensorLike } from "../../ir/tensor.js";
import type { Shape } from "../../types/dim.js";
import { transformed } from "../fft.js";
import { type CheckReal, partsOf } from "./complex.js";
import type { FirstMessage } from "./firstMessage.js";
import { fromLastAxis, toLastAxis } from "./moved-axis.js";
import { type CheckMatrix, checkMatrix } from "./triangle.js";

/** What a transform along the last two axes asks of the real parts. */
export type CheckRealMatrix<Op extends string, S extends Shape, D extends DType> = FirstMessage<
  CheckReal<Op, S, D>,
  CheckMatrix<Op, S>
>;

/** The transform along the last axis, and of that the one along the axis before. */
export function transformedTwice(
  op: string,
  x: readonly [real: TensorLike, imaginary: TensorLike],
  inverse: boolean,
): Node[] {
  const parts = partsOf(op, x);
  const { shape } = parts[0];
  refuse("SW_SHAPE", op, checkMatrix(op, shape));
  const rows = shape.length - 2;
  const turned = transformed(parts, inverse).map((part) => toLastAxis(part, rows));
  return transformed(turned, inverse).map((part) => fromLastAxis(part, rows));
}
