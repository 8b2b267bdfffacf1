import type { DType } from "../../ir/dtype.js";
import type { Node } from "../../ir/node.js";
import { refuse } from "../../ir/refuse.js";
import { type CheckBroadcastTo, checkBroadcastTo } from "../../types/broadcast.js";
import type { Dim, Shape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import type { FirstMessage } from "./firstMessage.js";

export const floatMask =
  "{op}: a mask is bool, true where a place is seen, got {dtype}; what is added to scores is given as {option}";

export const paddingMask = "{op}: a mask {shape} has no axis for the places of the query; write {code}";
const forPlaces = "expandDims(mask, 1)";
const forHeads = "expandDims(expandDims(mask, 1), 1)";

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
  CheckMaskShape<Op, M, Scores>
>;

/** `unknown` where a mask broadcasts to scores of a shape, else the message. */
type CheckMaskShape<Op extends string, M extends Shape, Scores extends Shape> =
  CheckBroadcastTo<Op, M, Scores> extends infer Wrong
    ? Wrong extends string
      ? M extends readonly [Scores[0], SourceOf<Scores>]
        ? Message<typeof paddingMask, { op: Op; shape: Show<M>; code: PaddingFix<Op, Scores> }>
        : Wrong
      : unknown
    : never;

/** The places that are seen: the last axis of scores. */
type SourceOf<Scores extends Shape> = Scores extends readonly [...Shape, infer S] ? S : never;

/** What adds the axes that such a mask lacks: layers take one mask for all heads. */
type PaddingFix<Op extends string, Scores extends Shape> = Op extends "scaledDotProductAttention"
  ? Scores["length"] extends 4
    ? typeof forHeads
    : typeof forPlaces
  : typeof forPlaces;

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
  refuse("SW_SHAPE", op, checkMaskShape(op, mask.shape, scores));
}

/** Runtime twin of `CheckMaskShape`. */
function checkMaskShape(op: string, mask: readonly Dim[], scores: readonly Dim[]): string | undefined {
  const wrong = checkBroadcastTo(op, mask, scores);
  const isPadding = mask.length === 2 && mask[0] === scores[0] && mask[1] === scores.at(-1);
  if (!wrong || !isPadding) return wrong;
  const code = op === "scaledDotProductAttention" && scores.length === 4 ? forHeads : forPlaces;
  return fill(paddingMask, { op, shape: show(mask), code });
}

/** Runtime twin of `CheckBias`, which refuses. */
export function checkBias(op: string, bias: Node, scores: readonly Dim[]): void {
  refuse("SW_DTYPE", op, checkDType(op, bias.dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkBroadcastTo(op, bias.shape, scores));
}
