import type { Dim } from "../types/dim.js";
import type { NdArray } from "./array.js";
import type { Body } from "./body.js";
import type { DType } from "./dtype.js";

/** One output of one TensorFlow node. */
export interface TensorRef {
  readonly node: string;
  readonly output: number;
}

/** An attribute of a TensorFlow node, tagged with the field of `AttrValue` that carries it. */
export type TensorflowAttribute =
  | { readonly type: DType | "int64" | "complex64" }
  | { readonly bool: boolean }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: readonly number[] }
  | { readonly strings: readonly string[] };

/**
 * What an op's TensorFlow rule writes with. Nodes that are equal are one node, so two ops that lower to different
 * outputs of the same TensorFlow node meet there without knowing of each other.
 */
export interface TensorflowLowering {
  /** Whether our own kernels are there, in the process that runs the graph. */
  readonly hasOwnKernels?: boolean;
  /** Whether what has these dims is so few that our own kernel for products of few rows is the fastest, and there. */
  isFew?(dims: readonly Dim[]): boolean;
  /**
   * Adds a stateless node and returns its first output. Op and attribute names are TensorFlow's own.
   *
   * @param outputs how many outputs TensorFlow's op has: one, unless said otherwise
   */
  op(
    name: string,
    inputs: readonly TensorRef[],
    attributes?: Readonly<Record<string, TensorflowAttribute>>,
    outputs?: number,
  ): TensorRef;
  /** Says which shape a value has, of those that no node of ours stands for: a SavedModel has it for who draws it. */
  sayShape?(x: TensorRef, shape: readonly Dim[]): void;
  /** Another output of a node. */
  output(ref: TensorRef, index: number): TensorRef;
  /** Adds a node that writes resource variables; its first inputs are their handles. */
  update(
    name: string,
    inputs: readonly TensorRef[],
    attributes?: Readonly<Record<string, TensorflowAttribute>>,
  ): TensorRef;
  /** Adds a node that reads a resource variable, and returns its output. */
  read(
    name: string,
    inputs: readonly TensorRef[],
    attributes?: Readonly<Record<string, TensorflowAttribute>>,
  ): TensorRef;
  /**
   * A loop: the values that are left when `condition` no longer holds. The first value paces it; let it be a counter, and let the
   * condition depend on it.
   */
  loop(
    initial: readonly TensorRef[],
    condition: (values: readonly TensorRef[]) => TensorRef,
    body: (values: readonly TensorRef[]) => readonly TensorRef[],
  ): TensorRef[];
  /** What a body computes from inputs: where it is chosen by a bool scalar, if another one is given, which else is computed in its place. */
  body(
    body: Body,
    inputs: readonly TensorRef[],
    choice?: { readonly predicate: TensorRef; readonly otherwise: Body },
  ): readonly TensorRef[];
  /** The same value, once another node has run. */
  after(x: TensorRef, other: TensorRef, dtype: DType): TensorRef;
  /** A constant of any shape. */
  constantArray(value: NdArray): TensorRef;
  /** A constant: a number for a scalar, a list for a vector. */
  constant(values: number | readonly number[], dtype: DType): TensorRef;
  /** The size of a dim as an int32 scalar: a constant where it is a literal. */
  size(dim: Dim): TensorRef;
  /** A shape as an int32 vector: a constant where every dim is a literal. */
  shape(dims: readonly Dim[]): TensorRef;
  /** The product of some dims: see `Builder.product`. */
  product(dims: readonly Dim[]): Dim;
  /** The same elements under another shape. float32 unless said otherwise. */
  reshape(x: TensorRef, dims: readonly Dim[], dtype?: DType): TensorRef;
}
