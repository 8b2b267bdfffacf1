import { refuse } from "../../ir/refuse.js";
import type { Dim, Shape, UnknownShape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import { type CheckSequence, checkSequence } from "../sequence.js";

// What layers over sequences, [batch, time, channels], take and give.

export const noTime =
  "{op}: takes [batch, time, channels], got {shape}; a recurrent layer before it needs returnSequences: true";

/** `unknown` where a tensor has sequences whose channels can be a weight's, else the message. */
export type CheckSequences<Op extends string, S extends Shape, Beside> = number extends S["length"]
  ? unknown
  : S["length"] extends 2
    ? Message<typeof noTime, { op: Op; shape: Show<S> }>
    : CheckSequence<Op, S, Beside>;

/** Runtime twin of `CheckSequences`. */
function checkSequences(op: string, shape: readonly Dim[]): string | undefined {
  if (shape.length === 2) return fill(noTime, { op, shape: show(shape) });
  return checkSequence(op, shape);
}

/** The state of one step, of a layer over vectors. */
export function vectorState(op: string): (shape: readonly Dim[], options: { readonly units: number }) => Dim[] {
  return (shape, { units }) => {
    refuse("SW_SHAPE", op, checkSequences(op, shape));
    return [shape[0]!, units];
  };
}

/** The outputs: of all steps, or of the last one; unknown where `returnSequences` is only known to be boolean. */
export type Recurrent<S extends Shape, U extends Dim, Seq extends boolean> = [boolean] extends [Seq]
  ? UnknownShape
  : Seq extends true
    ? SequenceShape<S, U>
    : StateShape<S, U>;

type SequenceShape<S extends Shape, U extends Dim> = number extends S["length"]
  ? [number, number, U]
  : { s: S } extends { s: [infer B extends Dim, infer T extends Dim, unknown] }
    ? [B, T, U]
    : UnknownShape;

/** The shape of one state. */
export type StateShape<S extends Shape, U extends Dim> = number extends S["length"]
  ? [number, U]
  : { s: S } extends { s: [infer B extends Dim, unknown, unknown] }
    ? [B, U]
    : UnknownShape;

/** The shape of what says which steps there are. */
export type StepsShape<S extends Shape> = number extends S["length"]
  ? [number, number]
  : { s: S } extends { s: [infer B extends Dim, infer T extends Dim, ...unknown[]] }
    ? [B, T]
    : UnknownShape;
