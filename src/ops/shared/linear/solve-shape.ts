import type { DType } from "../../../ir/dtype.js";
import type { Node } from "../../../ir/node.js";
import { refuse } from "../../../ir/refuse.js";
import type { Dim, SameShape, Shape, SplitLast } from "../../../types/dim.js";
import { type CheckDType, checkDType } from "../../../types/dtype.js";
import { fill, type Message } from "../../../types/message.js";
import { sameShape } from "../../../types/same-shape.js";
import { type Show, show } from "../../../types/show.js";
import type { FirstMessage } from "../firstMessage.js";
import type { CheckSameShape } from "../join.js";
import { refuseUnlessSquare } from "./square.js";

export const otherSides = "{op}: the right sides of {a} are {from} or {to}, got {b}";

/** `unknown` where there is a right side for each row of the matrices, or several beside one another, else the message. */
export type CheckSides<Op extends string, A extends Shape, B extends Shape> =
  SplitLast<A> extends infer Split
    ? Split extends [infer Lead extends Shape, unknown]
      ? SameShape<Lead, LeadOf<B>> extends true
        ? unknown
        : unknown extends CheckSameShape<Op, Lead, LeadOf<B>>
          ? unknown
          : unknown extends CheckSameShape<Op, Lead, B>
            ? unknown
            : Message<
                typeof otherSides,
                { op: Op; a: Show<A>; from: Show<Lead>; to: Show<[...Lead, "columns"]>; b: Show<B> }
              >
      : unknown
    : never;

type LeadOf<B> =
  SplitLast<B> extends infer Split ? (Split extends [infer Lead extends Shape, unknown] ? Lead : B) : never;

/** The same, of float32. */
export type CheckSidesFloats<Op extends string, A extends Shape, B extends Shape, E extends DType> = FirstMessage<
  CheckDType<Op, E, "float32">,
  CheckSides<Op, A, B>
>;

/** Runtime twin of `CheckSides`. */
export function checkSides(op: string, a: readonly Dim[], b: readonly Dim[]): string | undefined {
  const lead = a.slice(0, -1);
  if (sameShape(lead, b) || sameShape(lead, b.slice(0, -1))) return undefined;
  return fill(otherSides, { op, a: show(a), from: show(lead), to: show([...lead, "columns"]), b: show(b) });
}

/** Refuses what are no square matrices with right sides. */
export function refuseUnlessSolvable(op: string, a: Pick<Node, "shape" | "dtype">, b: Pick<Node, "shape" | "dtype">) {
  refuseUnlessSquare(op, a);
  refuse("SW_DTYPE", op, checkDType(op, b.dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkSides(op, a.shape, b.shape));
}
