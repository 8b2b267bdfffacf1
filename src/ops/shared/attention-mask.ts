import type { DType } from "../../ir/dtype.js";
import type { Node } from "../../ir/node.js";
import { refuse } from "../../ir/refuse.js";
import { type CheckBroadcastTo, checkBroadcastTo } from "../../types/broadcast.js";
import type { Dim, Shape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { fill, type Message } from "../../types/message.js";
import type { FirstMessage } from "./firstMessage.js";

export const floatMask =
  "{op}: a mask is bool, true where a place is seen, got {dtype}; what is added to scores is given as {option}";

/** `unknown` where a mask has a mask's dtype, else the message. */
type CheckMaskDType<Op extends string, D extends DType> =
  unknown extends CheckDType<Op, D, "bool">
    ? unknown
    : Message<typeof floatMask, { op: Op; dtype: D; option: BiasOption<Op> }>;

/** Where biases are given: beside `attentionMask`, or `mask`. */
type BiasOption<Op extends string> = Op extends "scaledDotProductAttention" ? "bias" : "attentionBias";

/** `unknown` where a mask is one for scores of a shape, else the message. */
export type CheckMask<Op extends string, M extends Shape, D extends DType, Scores extends Shape> = FirstMessage<
  CheckMaskDType<Op, D>,
  CheckBroadcastTo<Op, M, Scores>
>;

/** `unknown` where a bias is one for scores of a shape, else the message. */
export type CheckBias<Op extends string, B extends Shape, D extends DType, Scores extends Shape> = FirstMessage<
  CheckDType<Op, D, "float32">,
  CheckBroadcastTo<Op, B, Scores>
>;

/** Runtime twin of `CheckMask`, which refuses. */
export function checkMask(op: string, mask: Node, scores: readonly Dim[]): void {
  const option = op === "scaledDotProductAttention" ? "bias" : "attentionBias";
  const wrong = mask.dtype === "bool" ? undefined : fill(floatMask, { op, dtype: mask.dtype, option });
  refuse("SW_DTYPE", op, wrong);
  refuse("SW_SHAPE", op, checkBroadcastTo(op, mask.shape, scores));
}

/** Runtime twin of `CheckBias`, which refuses. */
export function checkBias(op: string, bias: Node, scores: readonly Dim[]): void {
  refuse("SW_DTYPE", op, checkDType(op, bias.dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkBroadcastTo(op, bias.shape, scores));
}
