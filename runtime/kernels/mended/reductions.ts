import { elementCount } from "../../../src/ir/array.js";
import type { KernelRunner, TensorInfo } from "../../../src/ir/tfjs-lowering.js";
import type { PlainRunner } from "../plain-runner.js";
import { sumInParts } from "../sumInParts.js";
import type { Attributes } from "./mended.js";
import { scalar } from "./numbers.js";

/** A reduction of no elements. The wasm backend reads what is beyond them. */
export function ofNothing(
  k: KernelRunner,
  x: TensorInfo,
  attributes: Attributes,
  value: number,
): TensorInfo | undefined {
  if (!x.shape.includes(0)) return undefined;
  const axes = (attributes.axis ?? attributes.reductionIndices) as readonly number[];
  const shape = withoutAxes(x.shape, axes, attributes.keepDims);
  // There is no infinite integer: the least stands for it.
  const filled = x.dtype === "int32" ? Math.max(value, -(2 ** 31)) : value;
  return k.tensor(Array(elementCount(shape)).fill(filled), shape, x.dtype);
}

export function longSum(k: PlainRunner, x: TensorInfo, { axis, keepDims }: Attributes): TensorInfo | undefined {
  const axes = axis as readonly number[];
  const total = sumInParts(k, x, axes);
  return total && keepDims ? k.reshape(total, withoutAxes(x.shape, axes, true)) : total;
}

export function longMean(k: PlainRunner, x: TensorInfo, attributes: Attributes): TensorInfo | undefined {
  const total = longSum(k, x, attributes);
  const count = (attributes.axis as readonly number[]).reduce((product, axis) => product * x.shape[axis]!, 1);
  return total && k.plain("RealDiv", { a: total, b: scalar(k, count) });
}

function withoutAxes(shape: readonly number[], axes: readonly number[], keepDims: unknown): number[] {
  return shape.flatMap((size, axis) => (!axes.includes(axis) ? size : keepDims ? 1 : []));
}
