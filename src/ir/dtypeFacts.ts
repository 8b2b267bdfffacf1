import type { DType } from "./dtype.js";
import { overflowsFloat32 } from "./overflow.js";

/** What is to be known of a dtype beside the array that holds it. */
interface DTypeFacts {
  /** The numbers that it has, in words. */
  readonly range: string;
  /** Whether a number is one of them, as it is or by rounding to the nearest. */
  readonly has: (value: number) => boolean;
  /** Its name in safetensors files. */
  readonly safetensors: string;
}

/** What tells one dtype from another where numbers come in and go out. In a file of its own: generated code does without. */
export const dtypeFacts: Readonly<Record<DType, DTypeFacts>> = {
  float32: { range: "-3.4e38 to 3.4e38", has: (value) => !overflowsFloat32(value), safetensors: "F32" },
  int32: { range: `${-(2 ** 31)} to ${2 ** 31 - 1}`, has: (value) => (value | 0) === value, safetensors: "I32" },
  bool: { range: "true or false", has: (value) => value === 0 || value === 1, safetensors: "BOOL" },
  uint8: { range: "0 to 255", has: (value) => (value & 255) === value, safetensors: "U8" },
};
