import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import type { ValueOpDefinition } from "../../ir/op.js";
import { axisRule, checkOption } from "../../ir/options.js";
import { calling } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";
import { checkAxis, normalizeAxis } from "../../types/axis.js";
import type { Dim } from "../../types/dim.js";
import { checkDType } from "../../types/dtype.js";
import { fromLastAxis, toLastAxis } from "./moved-axis.js";

/**
 * The message for a shape without a last axis, if there is one. In the types, signatures ask for `Tensor<[...B, N]>`, or an axis is
 * checked.
 */
export function checkLastAxis(op: string, shape: readonly Dim[]): string | undefined {
  return shape.length === 0 ? `${op}: takes a tensor with an axis, got []` : undefined;
}

/** What works on lines of float32 along the last axis, along another one. */
export function alongAxis(
  definition: ValueOpDefinition<"softmax"> | ValueOpDefinition<"logSoftmax">,
  x: Node,
  axis = -1,
): Node {
  const { name } = definition;
  checkOption(name, "axis", axis, axisRule);
  refuse("SW_DTYPE", name, checkDType(name, x.dtype, ["float32"]));
  refuse("SW_VALUE", name, checkAxis(name, x.shape, axis));
  const along = normalizeAxis(x.shape, axis);
  if (along === x.rank - 1) return makeNode(definition, [x], {});
  return calling(name, () => fromLastAxis(makeNode(definition, [toLastAxis(x, along)], {}), along));
}

/** One of TensorFlow's kernels over the last axis. They take up to five axes, and a matrix of rows in place of more. */
export function rowwise(t: TensorflowLowering, op: string, x: TensorRef, shape: readonly Dim[]): TensorRef {
  const T = { type: "float32" } as const;
  if (shape.length <= 5) return t.op(op, [x], { T });
  const rows = t.reshape(x, [t.product(shape.slice(0, -1)), shape.at(-1)!]);
  return t.reshape(t.op(op, [rows], { T }), shape);
}

/** ln softmax over the last axis. tfjs names a kernel for it, but its backends have none. */
export function logSoftmaxKernels(k: KernelRunner, x: TensorInfo): TensorInfo {
  const last = x.shape.length - 1;
  const largest = k.run("Max", { x }, { reductionIndices: [last], keepDims: true });
  const shifted = k.run("Sub", { a: x, b: largest });
  const total = k.run("Sum", { x: k.run("Exp", { x: shifted }) }, { axis: [last], keepDims: true });
  return k.run("Sub", { a: shifted, b: k.run("Log", { x: total }) });
}
