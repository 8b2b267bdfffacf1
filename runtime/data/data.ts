import type { NdArray } from "../../src/ir/array.js";
import type { DType } from "../../src/ir/dtype.js";
import type { Nested, NestedShape } from "../../src/ir/nested.js";
import type { DTypeOf, ShapeOf, TensorLike } from "../../src/ir/tensor.js";
import type { DTypeOfArray, TypedArray } from "../../src/ir/typed-arrays.js";
import type { Compatible } from "../../src/types/compatible.js";
import type { Dim, Shape } from "../../src/types/dim.js";
import type { Message, Problem } from "../../src/types/message.js";
import type { Show } from "../../src/types/show.js";

/** What is used of a tfjs tensor: any version's, of any backend. */
export interface TfjsTensor {
  readonly shape: number[];
  readonly dtype: string;
  data(): Promise<Float32Array | Int32Array | Uint8Array>;
  readonly rank: number;
  readonly isDisposed: boolean;
}

/**
 * What data may be given as: an array with a shape (`array(values, shape)`), nested arrays of numbers, a tfjs tensor,
 * or, where the shape is just the samples, a typed array as it is. Floats are taken as float32, integers as int32,
 * bytes as uint8 where the input is.
 */
export type Data = NdArray | Nested | TfjsTensor | TypedArray;

/** A shape as data has it: what is named in the model is a number here. */
export type DataShape<S extends Shape> = { [Axis in keyof S]: S[Axis] extends number ? S[Axis] : number };

/** The array that a tensor's data comes out as. */
export type ArrayOf<T extends TensorLike> =
  ShapeOf<T> extends infer S extends Shape ? NdArray<DataShape<S>, DTypeOf<T>> : never;

/** The shape of data, as far as its type tells. */
type DataShapeOf<X> = X extends { readonly shape: infer S extends Shape }
  ? S
  : X extends TypedArray
    ? [number]
    : X extends readonly unknown[] | number | boolean
      ? NestedShape<X>
      : never;

/** The dtype of data, where its type tells one: numbers in nested arrays take any. */
type DataDTypeOf<X> = X extends { readonly dtype: infer D }
  ? D extends DType
    ? D
    : DType
  : X extends TypedArray
    ? DTypeOfArray<X>
    : DType;

/** How messages name the dtype of data: with a typed array's kind, where that does not tell it by its name. */
type DataNamed<X> = X extends TypedArray
  ? X extends Float32Array | Int32Array
    ? DTypeOfArray<X>
    : `${DTypeOfArray<X>} (${X[typeof Symbol.toStringTag]})`
  : DataDTypeOf<X>;

/** Bytes are taken as uint8 where that is asked for. */
type BytesOf<X> = X extends Uint8Array | Uint8ClampedArray ? "uint8" : never;

export const wrongDataShape = "{input}: takes {wanted}, got {shape}";
export const wrongDataDType = "{input}: takes {first}, got {second}";

/** Of typed arrays, whose dtype `array` is told where it is not theirs. */
export const bytesAsIntegers = '{input}: takes uint8, got int32; write array(data, shape, "uint8")';

export const noData = "{input}: takes array(values, shape), nested arrays or a tfjs tensor";

/** `unknown` where data of type `X` may be given for tensor `T`, else the message. What types do not know is left to the runtime. */
export type CheckData<Name extends string, T extends TensorLike, X> = [X] extends [Data]
  ? Data extends X
    ? unknown
    : CheckFit<Name, T, X>
  : NoData<Name, T, X>;

/** The same of what is data, or a tensor with values. */
export type CheckFit<Name extends string, T extends TensorLike, X> =
  DTypeOf<T> extends DataDTypeOf<X> | BytesOf<X>
    ? FitsShape<ShapeOf<T>, DataShapeOf<X>> extends false
      ? About<X, Message<typeof wrongDataShape, { input: Name; wanted: Show<ShapeOf<T>>; shape: Show<DataShapeOf<X>> }>>
      : unknown
    : [X, DTypeOf<T>, DataDTypeOf<X>] extends [NdArray | TypedArray, "uint8", "int32"]
      ? Message<typeof bytesAsIntegers, { input: Name }>
      : Message<typeof wrongDataDType, { input: Name; first: DTypeOf<T>; second: DataNamed<X> }>;

/** What is said of nested arrays with text in them, and of anything else that is no data. */
type NoData<Name extends string, T extends TensorLike, X> = [X] extends [readonly WithText[]]
  ? Message<typeof wrongDataDType, { input: Name; first: DTypeOf<T>; second: "text" }>
  : About<X, Message<typeof noData, { input: Name }>>;

/** A message, which stands beside data: of one number it would come out as `never`. */
type About<X, M extends string> = [X] extends [object] ? M : Problem<M>;

type WithText = Nested | string | readonly WithText[];

/** Whether sizes could be those of a shape: of equal rank, and of equal sizes where both are known. */
type FitsShape<S, X> = number extends (S & Shape)["length"] | (X & Shape)["length"]
  ? true
  : [S, X] extends [[infer A extends Dim, ...infer SRest], [infer B extends Dim, ...infer XRest]]
    ? FitsSize<A, B> extends true
      ? FitsShape<SRest, XRest>
      : false
    : [S, X] extends [[], []]
      ? true
      : false;

/** A name may have any size. */
type FitsSize<A extends Dim, B extends Dim> = A extends string ? true : Compatible<A, B>;
