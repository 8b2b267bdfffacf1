import type { NdArray } from "../ir/array.js";
import { allocate, checkDTypeName, type DType } from "../ir/dtype.js";
import { ShapewrightError } from "../ir/errors.js";
import { hostArray } from "../ir/hostArray.js";
import { inWords } from "../ir/inWords.js";
import { makeNode } from "../ir/makeNode.js";
import type { Nested, NestedShape } from "../ir/nested.js";
import { tensorOf } from "../ir/node.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { overflow, overflowsFloat32 } from "../ir/overflow.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Ranked, Shape } from "../types/dim.js";
import { noFlops } from "./shared/flops.js";
import type { CheckWhole } from "./shared/whole.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** A value known when the graph is built. */
    constant: { readonly value: NdArray };
  }
}

export const constantOp: ValueOpDefinition<"constant"> = {
  name: "constant",
  words: { noun: "constant" },
  infer: (_, { value }) => ({ shape: value.shape, dtype: value.dtype }),
  gradient: () => [],
  tensorflow: (t, _, { attributes: { value } }) => t.constantArray(value),
  tfjs: (k, _, { attributes: { value } }) => k.tensor(value.data, value.shape, value.dtype),
  reference: (_, { attributes: { value } }) => value,
  flops: noFlops,
};

/**
 * A node with one number.
 *
 * @throws SW_VALUE for one that float32 has not, as who writes an optimizer or a schedule may give it
 */
export function scalarNode(value: number, dtype: DType = "float32") {
  if (dtype === "float32" && overflowsFloat32(value)) {
    throw new ShapewrightError("SW_VALUE", `a constant ${overflow(value)}`);
  }
  const data = allocate(dtype, 1);
  data[0] = value;
  return makeNode(constantOp, [], { value: { shape: [], dtype, data } });
}

/**
 * A value known when the graph is built.
 *
 * @param value a number, nested arrays of numbers, or what `array()` gives
 * @param dtype of numbers and nested arrays: float32 unless said otherwise
 * @throws SW_DATA when nested arrays are ragged, or something in them is no number of the dtype
 * @example
 * const two = constant(2);                       // Tensor<[], "float32">
 * const mean = constant([0.485, 0.456, 0.406]);  // Tensor<[3], "float32">
 * const ids = constant([[1, 2], [3, 4]], "int32"); // Tensor<[2, 2], "int32">
 */
export function constant<S extends Shape, D extends DType>(value: NdArray<S, D>): Tensor<Ranked<S>, D>;
export function constant<const V extends Nested>(value: V): Tensor<NestedShape<V>>;
export function constant<const V extends Nested, D extends DType>(
  value: V & CheckWhole<"constant", V, D>,
  dtype: D,
): Tensor<NestedShape<V>, D>;
export function constant(value: NdArray | Nested, dtype?: DType): Tensor<any, any> {
  if (dtype !== undefined) refuse("SW_DTYPE", "constant", checkDTypeName("constant", dtype));
  const given = hostArray(value, dtype ?? "float32", refused);
  if (!given) throw refused(`takes a number, nested arrays or array(values, shape), got ${inWords(value)}`);
  if (dtype !== undefined && given.dtype !== dtype) throw refused(`takes ${dtype}, got ${given.dtype}`);
  return tensorOf(makeNode(constantOp, [], { value: given }));
}

const refused = (fault: string) => new ShapewrightError("SW_DATA", `constant: ${fault}`, "constant");
