import type { DataOf, DType } from "../../src/ir/dtype.js";

/** How numbers of one of safetensors' types stand in a file, and what they are read as. */
export interface ElementType {
  /** Bytes of each. */
  readonly size: number;
  readonly dtype: DType;
  /** The numbers of bytes; `undefined` where one has no place in the dtype. The bytes begin at the buffer's start. */
  readonly decode: (bytes: ArrayBuffer) => DataOf<DType> | undefined;
}

/**
 * The types that weights are read in. Numbers of 16 bits are widened, which loses nothing; those of 64 are rounded to float32, or refused
 * where int32 has not got them.
 */
export const elementTypes: Readonly<Record<string, ElementType>> = {
  F32: { size: 4, dtype: "float32", decode: (bytes) => new Float32Array(bytes) },
  F64: { size: 8, dtype: "float32", decode: fromDoubles },
  F16: { size: 2, dtype: "float32", decode: (bytes) => Float32Array.from(new Uint16Array(bytes), fromHalf) },
  BF16: { size: 2, dtype: "float32", decode: fromBrainFloats },
  I8: { size: 1, dtype: "int32", decode: (bytes) => Int32Array.from(new Int8Array(bytes)) },
  I16: { size: 2, dtype: "int32", decode: (bytes) => Int32Array.from(new Int16Array(bytes)) },
  I32: { size: 4, dtype: "int32", decode: (bytes) => new Int32Array(bytes) },
  I64: { size: 8, dtype: "int32", decode: fromLongs },
  U8: { size: 1, dtype: "int32", decode: (bytes) => Int32Array.from(new Uint8Array(bytes)) },
  U16: { size: 2, dtype: "int32", decode: (bytes) => Int32Array.from(new Uint16Array(bytes)) },
  BOOL: { size: 1, dtype: "bool", decode: (bytes) => truths(new Uint8Array(bytes)) },
};

/** IEEE 754's half precision: a sign, 5 bits of exponent, 10 of fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** The upper half of a float32. */
function fromBrainFloats(bytes: ArrayBuffer): Float32Array {
  const bits = Uint32Array.from(new Uint16Array(bytes), (half) => half << 16);
  return new Float32Array(bits.buffer);
}

/** Rounds; what is too large for float32 is refused. */
function fromDoubles(bytes: ArrayBuffer): Float32Array | undefined {
  const doubles = new Float64Array(bytes);
  const rounded = Float32Array.from(doubles);
  return doubles.some((value, i) => Number.isFinite(value) && !Number.isFinite(rounded[i])) ? undefined : rounded;
}

function fromLongs(bytes: ArrayBuffer): Int32Array | undefined {
  const longs = new BigInt64Array(bytes);
  const fit = longs.every((value) => value === BigInt.asIntN(32, value));
  return fit ? Int32Array.from(longs, Number) : undefined;
}

function truths(bytes: Uint8Array): Uint8Array | undefined {
  return bytes.every((byte) => byte < 2) ? bytes : undefined;
}
