import type { Node } from "../../ir/node.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";

const int32 = { T: { type: "int32" } } as const;

/** Where an int32 divisor is 0, at which TensorFlow's kernels fail; nothing where it is known not to be. */
export function zerosOf(t: TensorflowLowering, divisor: TensorRef, node: Node | undefined): TensorRef | undefined {
  const known = node?.op === "constant" ? (node as Node<"constant">).attributes.value : undefined;
  if (known && !Array.from(known.data).includes(0)) return undefined;
  return t.op("Equal", [divisor, t.constant(0, "int32")], int32);
}

/** Where a condition holds, an int32 number, elsewhere x. */
export function numberWhere(t: TensorflowLowering, condition: TensorRef, number: number, x: TensorRef): TensorRef {
  return t.op("SelectV2", [condition, t.constant(number, "int32"), x], int32);
}
