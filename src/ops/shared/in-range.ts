import type { ShapewrightError } from "../../ir/errors.js";
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
