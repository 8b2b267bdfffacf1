import { generate } from "../../ir/array.js";
import type { DType } from "../../ir/dtype.js";
import { makeNode } from "../../ir/makeNode.js";
import { isTensor, type Node, nodeOf } from "../../ir/node.js";
import { int32, type OptionRule, type OptionRules, positive } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor, TensorLike } from "../../ir/tensor.js";
import type { LastDim } from "../../types/axis.js";
import type { Dim, IsName, Shape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import { addOp } from "../add.js";
import { places } from "../arange.js";
import { castOp } from "../cast.js";
import { constantOp, scalarNode } from "../constant.js";
import { multiplyOp } from "../multiply.js";
import { reshapeOp } from "../reshape.js";
import type { FirstMessage } from "./firstMessage.js";
import { type CheckMatrix, checkMatrix } from "./triangle.js";

// Places as angles: each place along the axis before the last one turns what stands for channels, slower from one to the next.

/** The number of the first place: known, or counted on while a sequence is made. */
export type Offset = number | Tensor<[], "int32">;

/** Options of what turns by places. */
export interface TurningOptions {
  /** How many times slower the last channels would turn than the first ones: the longest wave is 2π · base places. @default 10000 */
  readonly base?: number;
  /** The number of the first place, such as that of the one place that a step of generation has. @default 0 */
  readonly offset?: Offset;
}

export const offsetRule: OptionRule = {
  takes: "an integer of int32, or an int32 scalar",
  accepts: (value) => (isTensor(value) ? isInt32Scalar(nodeOf(value)) : int32.accepts(value)),
};

function isInt32Scalar({ dtype, rank }: Node): boolean {
  return dtype === "int32" && rank === 0;
}

export const turningRules: OptionRules<TurningOptions> = { base: positive, offset: offsetRule };

export const namedFrequencies =
  '{op}: {shape}: each channel has a frequency, so their axis, the last one, is a number, not "{name}"';

/** `unknown` where places can turn the channels of a tensor, else the message. `Now` settles it within generic functions. */
export type CheckTurned<Op extends string, S extends Shape, D extends DType, Now> = FirstMessage<
  CheckDType<Op, D, "float32">,
  FirstMessage<
    CheckMatrix<Op, S>,
    IsName<LastDim<S>, Now> extends true
      ? Message<typeof namedFrequencies, { op: Op; shape: Show<S>; name: LastDim<S> & string }>
      : unknown
  >
>;

/** Runtime twin of `CheckTurned`, which refuses: the tensor's node, the size of its axis of places, and the number of channels. */
export function turnedNode(op: string, x: TensorLike) {
  const node = nodeOf(x, op);
  refuse("SW_DTYPE", op, checkDType(op, node.dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkMatrix(op, node.shape));
  const channels = node.shape.at(-1)!;
  const name = typeof channels === "string" && { op, shape: show(node.shape), name: channels };
  refuse("SW_SHAPE", op, name ? fill(namedFrequencies, name) : undefined);
  return { node, time: node.shape.at(-2)!, channels: channels as number };
}

/** The numbers of the places along an axis, from the offset on. */
export function placesFrom(time: Dim, offset: Offset): Node {
  if (offset === 0) return places(time);
  const first = typeof offset === "number" ? scalarNode(offset, "int32") : nodeOf(offset);
  return makeNode(addOp, [places(time), first], {});
}

/** place · frequency: [time, frequencies]. */
export function angles(time: Dim, offset: Offset, frequencies: readonly number[]): Node {
  const turned = makeNode(castOp, [placesFrom(time, offset)], { dtype: "float32" });
  const column = makeNode(reshapeOp, [turned], { shape: [time, 1] });
  const row = makeNode(constantOp, [], { value: generate([frequencies.length], "float32", (i) => frequencies[i]!) });
  return makeNode(multiplyOp, [column, row], {});
}
