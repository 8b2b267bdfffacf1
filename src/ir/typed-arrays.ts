/** Typed arrays that numbers may be given in. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** The dtype that the numbers of a typed array are taken as: float32 for floats, int32 for integers, unless bytes are asked for. */
export type DTypeOfArray<A> = A extends Float32Array | Float64Array ? "float32" : "int32";

/** Kinds of typed arrays, and whether each of their numbers is one of that dtype too. */
const kinds: Readonly<Record<string, { readonly dtype: "float32" | "int32"; readonly fits: boolean }>> = {
  Float16Array: { dtype: "float32", fits: true },
  Float32Array: { dtype: "float32", fits: true },
  Float64Array: { dtype: "float32", fits: false },
  Int8Array: { dtype: "int32", fits: true },
  Int16Array: { dtype: "int32", fits: true },
  Int32Array: { dtype: "int32", fits: true },
  Uint8Array: { dtype: "int32", fits: true },
  Uint8ClampedArray: { dtype: "int32", fits: true },
  Uint16Array: { dtype: "int32", fits: true },
  Uint32Array: { dtype: "int32", fits: false },
  BigInt64Array: { dtype: "int32", fits: false },
  BigUint64Array: { dtype: "int32", fits: false },
};

/** A getter that tells a typed array by what it is, of another realm too. A proxy of one is none: its numbers can't be read. */
const kindGetter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)!
  .get!;

/** A typed array's kind, such as `Float32Array`; `undefined` for anything else. */
export function kindOfArray(value: unknown): string | undefined {
  return kindGetter.call(value);
}

/** The dtype that a typed array is taken as. */
export function dtypeOfArray(array: TypedArray): "float32" | "int32" {
  return kinds[kindOfArray(array)!]!.dtype;
}

/** Whether a typed array has bytes, which are taken as uint8 where that is asked for. */
export function hasBytes(array: TypedArray): array is Uint8Array | Uint8ClampedArray {
  return kindOfArray(array)!.startsWith("Uint8");
}

/** Whether every number that such a typed array can hold is one of its dtype. */
export function alwaysFits(array: TypedArray): boolean {
  return kinds[kindOfArray(array)!]!.fits;
}

/** Whether something is a typed array. */
export function isTypedArray(value: unknown): value is TypedArray {
  return kindOfArray(value) !== undefined;
}
