import type { ShapewrightError } from "../../ir/errors.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";

/** The error of a number that is not from 0 to below a size. */
export type OutOfRange = (number: number, size: number) => ShapewrightError;

/** Refuses numbers that are not from 0 to below a size: kernels would take them for others, or read other memory. */
export function checkInRange(numbers: ArrayLike<number>, size: number, outOfRange: OutOfRange): void {
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!;
    if (number < 0 || number >= size) throw outOfRange(number, size);
  }
}

/** The same of a tensor, on backends whose memory is the host's; elsewhere, reading it would hold up every step. */
export function checkInRangeOf(k: KernelRunner, numbers: TensorInfo, size: number, outOfRange: OutOfRange): void {
  if (["tensorflow", "wasm", "cpu"].includes(k.backend)) checkInRange(k.read(numbers), size, outOfRange);
}

/**
 * The same on TensorFlow, whose kernels leave out what is negative: each number is looked up as its own place, which fails as a gather does,
 * and is not run where values are not wanted.
 */
export function inRangeIn(t: TensorflowLowering, numbers: TensorRef, size: TensorRef): TensorRef {
  const int32 = { type: "int32" } as const;
  const own = t.op("Range", [t.constant(0, "int32"), size, t.constant(1, "int32")], { Tidx: int32 });
  const types = { Tparams: int32, Tindices: int32, Taxis: int32, batch_dims: { int: 0 } } as const;
  return t.op("GatherV2", [own, numbers, t.constant(0, "int32")], types);
}
