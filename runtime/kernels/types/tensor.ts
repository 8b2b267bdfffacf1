import type { DType } from "../../../src/ir/dtype.js";
import type { Dim, Shape } from "../../../src/types/dim.js";

declare const typed: unique symbol;
declare const named: unique symbol;

/** What a tensor of tfjs holds, as JavaScript's numbers. */
export type Values = Float32Array | Int32Array | Uint8Array;

/** Numbers in lists, one in another for each axis. */
export type Lists = number | Lists[];

/**
 * A tensor of tfjs, as far as it is known here: tfjs's own declarations, which say more, compile only with `skipLibCheck`. A
 * program that hands one to tfjs's functions writes `x as tf.Tensor`, which it is.
 */
export interface TfjsTensor {
  readonly dataId: object;
  readonly id: number;
  readonly shape: number[];
  readonly rank: number;
  readonly size: number;
  readonly dtype: string;
  readonly isDisposed: boolean;
  /** Reads the values, in row-major order. */
  data(): Promise<Values>;
  /** The same at once, where the backend can. */
  dataSync(): Values;
  /** Reads the values as lists. */
  array(): Promise<Lists>;
  arraySync(): Lists;
  /** Another tensor of the same values. */
  clone(): this;
  /** Frees the tensor's memory. */
  dispose(): void;
  print(): void;
  toString(): string;
}

/**
 * A tfjs tensor whose shape and dtype are in its type. Any tfjs tensor can be given where one is asked for: what the types
 * do not know of it, `bindSizes` checks when the program runs.
 *
 * @typeParam S the shape: numbers, and names such as `"batch"` for sizes that are known when the program runs
 */
export interface Tensor<out S extends Shape = any, out D extends DType = "float32"> extends TfjsTensor {
  /** Never set: carries the shape and the dtype. */
  readonly [typed]?: { readonly shape: S; readonly dtype: D };
}

/** The size of a named dim in this run. */
export type Size<Name extends string = string> = number & { readonly [named]: Name };

/** A shape as it is in this run: named dims by their sizes. */
export type Sizes = readonly number[];

/** The shape of sizes: `["batch", 10]` for `[batch, 10]`, where batch is a `Size<"batch">`. */
export type ShapeOf<To extends Sizes> = { -readonly [Axis in keyof To]: DimOf<To[Axis]> };

/** The dim of a size: `"batch"`, where it is a `Size<"batch">`. */
export type DimOf<N> = N extends { readonly [named]: infer Name extends string } ? Name : N extends Dim ? N : never;

/** Axes, as rules on shapes take them. */
export type List<Axes> = Axes extends readonly [...infer Numbers extends number[]] ? Numbers : number[];
