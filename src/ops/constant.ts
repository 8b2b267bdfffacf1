import { elementCount, type NdArray } from "../ir/array.js";
import { allocate, type DType } from "../ir/dtype.js";
import { fromNested, type Nested, type NestedShape } from "../ir/nested.js";
import { tensorOf } from "../ir/node.js";
import { makeNode, type ValueOpDefinition } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import type { Ranked, Shape } from "../types/dim.js";
import { noFlops } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** A value known when the graph is built. */
    constant: { readonly value: NdArray };
  }
}

export const constantOp: ValueOpDefinition<"constant"> = {
  name: "constant",
  infer: (_, { value }) => ({ shape: value.shape, dtype: value.dtype }),
  gradient: () => [],
  tensorflow: (t, _, { attributes: { value } }) => t.constantArray(value),
  tfjs: (k, _, { attributes: { value } }) => k.tensor(value.data, value.shape, value.dtype),
  reference: (_, { attributes: { value } }) => value,
  flops: noFlops,
  samples: [],
};

/** A node with one number. */
export function scalarNode(value: number, dtype: DType = "float32") {
  const data = allocate(dtype, 1);
  data[0] = value;
  return makeNode(constantOp, [], { value: { shape: [], dtype, data } });
}

/**
 * A value known when the graph is built.
 *
 * @param value a number, nested arrays of numbers, or what `array()` gives
 * @param dtype of numbers and nested arrays: float32 unless said otherwise
 * @throws SW_DATA when nested arrays are ragged
 * @example
 * const two = constant(2);                       // Tensor<[], "float32">
 * const mean = constant([0.485, 0.456, 0.406]);  // Tensor<[3], "float32">
 * const ids = constant([[1, 2], [3, 4]], "int32"); // Tensor<[2, 2], "int32">
 */
export function constant<S extends Shape, D extends DType>(value: NdArray<S, D>): Tensor<Ranked<S>, D>;
export function constant<const V extends Nested>(value: V): Tensor<NestedShape<V>>;
export function constant<const V extends Nested, D extends DType>(value: V, dtype: D): Tensor<NestedShape<V>, D>;
export function constant(value: NdArray | Nested, dtype: DType = "float32"): Tensor<any, any> {
  const given = typeof value === "object" && "data" in value ? value : fromNested("constant", value, dtype);
  const data = given.data.slice(0, elementCount(given.shape));
  return tensorOf(makeNode(constantOp, [], { value: { ...given, data } as NdArray }));
}
