import type { DType } from "../../ir/dtype.js";
import { isElement, notAnElement } from "../../ir/elements.js";
import { ShapewrightError } from "../../ir/errors.js";
import { type Node, nodeOf } from "../../ir/node.js";
import { refuse } from "../../ir/refuse.js";
import type { TensorLike } from "../../ir/tensor.js";
import type { SameNow } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { scalarNode } from "../constant.js";
import type { CheckHeldByBool, CheckHeldByInt32, CheckHeldByUint8 } from "./whole.js";

export const onlyNumbers =
  "{op}: takes a tensor and a number, or two tensors, got two numbers; write constant() around one";

/**
 * `unknown` where a number that stands in a tensor's place is one of the other operand's dtype, else the message. A tensor there
 * leaves N as it is, `number`; so does a number that the compiler does not know. `Now` settles it within generic functions.
 */
export type CheckNumber<Op extends string, N extends number, D, Now> =
  SameNow<D, "int32", Now> extends true ? CheckHeldByInt32<Op, `${N}`> : unknown;

/** The same of ops that take uint8 and bool, too. */
export type CheckElement<Op extends string, N extends number, D, Now> =
  SameNow<D, "uint8", Now> extends true
    ? CheckHeldByUint8<Op, `${N}`>
    : SameNow<D, "bool", Now> extends true
      ? CheckHeldByBool<Op, `${N}`>
      : CheckNumber<Op, N, D, Now>;

/**
 * `unknown` unless both operands are numbers, which leave shapes and dtype as they are where nothing is found; else the message.
 * Of `any` nothing is known. `Now` settles it within generic functions.
 */
export type CheckOneTensor<Op extends string, A, B, D, M, N, Now> =
  SameNow<{ a: A; b: B; d: D }, { a: []; b: []; d: any }, Now> extends true
    ? 0 extends 1 & (M | N)
      ? unknown
      : Message<typeof onlyNumbers, { op: Op }>
    : unknown;

/**
 * The nodes of two operands: of a number, a constant of the other's dtype.
 *
 * @param takesAny whether the op takes bool and uint8: where it does not, a tensor of them is refused as such, whatever the number is
 */
export function operandNodes(
  op: string,
  a: TensorLike | number,
  b: TensorLike | number,
  takesAny = false,
): [Node, Node] {
  // Keras's Add takes a list.
  const isList = Array.isArray(a) && b === undefined;
  refuse("SW_VALUE", op, isList ? `${op}: takes two operands, not a list of them; write ${op}(a, b)` : undefined);
  const beside = (value: number, { dtype }: Node) =>
    !takesAny && (dtype === "bool" || dtype === "uint8") ? scalarNode(0, dtype) : numberNode(op, value, dtype);
  if (typeof a === "number") {
    refuse("SW_VALUE", op, typeof b === "number" ? fill(onlyNumbers, { op }) : undefined);
    const other = nodeOf(b as TensorLike, op);
    return [beside(a, other), other];
  }
  const first = nodeOf(a, op);
  return [first, typeof b === "number" ? beside(b, first) : nodeOf(b, op)];
}

/**
 * A number as a constant of a dtype.
 *
 * @throws SW_DATA when it is none of that dtype
 */
export function numberNode(op: string, value: number, dtype: DType): Node {
  if (isElement(value, dtype)) return scalarNode(value, dtype);
  throw new ShapewrightError("SW_DATA", `${op}: ${notAnElement(value, dtype, [], 0)}`, op);
}
