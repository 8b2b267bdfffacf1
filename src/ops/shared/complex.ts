import type { DType } from "../../ir/dtype.js";
import { type Node, nodeOf } from "../../ir/node.js";
import { aTensor, checkOption, listOf, type OptionRule, required } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { TensorLike } from "../../ir/tensor.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import { type CheckAxis, checkAxis } from "../../types/axis.js";
import type { Dim, Shape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { fill, type Message } from "../../types/message.js";
import { sameShape } from "../../types/same-shape.js";
import { type Show, show } from "../../types/show.js";
import type { FirstMessage } from "./firstMessage.js";
import type { CheckSameShape } from "./join.js";

// Complex numbers are two tensors of one shape, as in Keras: their real parts, and their imaginary ones.

/** What a transform along the last axis asks of the real parts. */
export type CheckReal<Op extends string, S extends Shape, D extends DType> = FirstMessage<
  CheckDType<Op, D, "float32">,
  CheckAxis<Op, S, -1>
>;

export const otherImaginary = "{op}: the real parts are {a}, but the imaginary ones {b}";

/** What is asked of the imaginary parts: the shape of the real ones. */
export type CheckImaginary<Op extends string, S extends Shape, I extends Shape, E extends DType> = FirstMessage<
  CheckDType<Op, E, "float32">,
  unknown extends CheckSameShape<Op, S, I>
    ? unknown
    : Message<typeof otherImaginary, { op: Op; a: Show<S>; b: Show<I> }>
>;

/** Runtime twin of `CheckImaginary`, but for the dtype. */
export function checkImaginary(op: string, re: readonly Dim[], im: readonly Dim[]): string | undefined {
  return sameShape(re, im) ? undefined : fill(otherImaginary, { op, a: show(re), b: show(im) });
}

const twoTensors: OptionRule = {
  takes: "a list of two tensors, the real and the imaginary parts",
  accepts: (value) => listOf(aTensor).accepts(value) && (value as readonly unknown[]).length === 2,
};

/** The parts of complex numbers, which an op has been given. */
export function partsOf(op: string, x: readonly [real: TensorLike, imaginary: TensorLike]): [re: Node, im: Node] {
  checkOption(op, "x", x, required(twoTensors));
  const [re, im] = [nodeOf(x[0], op), nodeOf(x[1], op)];
  for (const { dtype } of [re, im]) refuse("SW_DTYPE", op, checkDType(op, dtype, ["float32"]));
  refuse("SW_VALUE", op, checkAxis(op, re.shape, -1));
  refuse("SW_SHAPE", op, checkImaginary(op, re.shape, im.shape));
  return [re, im];
}

export const complexType = { type: "complex64" } as const;

/** Two tensors as one of TensorFlow's complex numbers. */
export function complexIn(t: TensorflowLowering, re: TensorRef, im: TensorRef): TensorRef {
  return t.op("Complex", [re, im], { T: { type: "float32" }, Tout: complexType });
}

/** The parts of TensorFlow's complex numbers. */
export function complexOut(t: TensorflowLowering, x: TensorRef): [re: TensorRef, im: TensorRef] {
  const attributes = { T: complexType, Tout: { type: "float32" } } as const;
  return [t.op("Real", [x], attributes), t.op("Imag", [x], attributes)];
}
