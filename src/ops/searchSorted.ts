import { array, elementCount, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition, ValueRules } from "../ir/op.js";
import { checkOptions, oneOf } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, type CheckSameDType, checkDType, checkSameDType } from "../types/dtype.js";
import { type CheckVector, checkVector } from "../types/vector.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { onHost } from "./shared/onHost.js";

/** Before which of equal elements a value goes: the first, or the last's successor. */
export type Side = "left" | "right";

declare module "../ir/node.js" {
  interface OpTable {
    searchSorted: { readonly side: Side };
  }
}

/** How many of the first elements are less than a value; or with "right", not more. Half of what is left is looked at in turn. */
export function insertionPoint(value: number, sorted: ArrayLike<number>, side: Side): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBefore = side === "left" ? sorted[middle]! < value : !(value < sorted[middle]!);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

const reference: ValueRules<"searchSorted">["reference"] = ([sorted, values], { attributes: { side }, shape }) =>
  generate(shape, "int32", (i) => insertionPoint(values!.data[i] as number, sorted!.data as ArrayLike<number>, side));

export const searchSortedOp: ValueOpDefinition<"searchSorted"> = {
  name: "searchSorted",
  words: { noun: "places" },
  traits: ["keepsFinite", "nonNegative"],
  infer([sorted, values]) {
    refuse("SW_DTYPE", "searchSorted", checkDType("searchSorted", sorted!.dtype, ["float32", "int32"]));
    refuse("SW_SHAPE", "searchSorted", checkVector("searchSorted", sorted!.shape));
    refuse("SW_DTYPE", "searchSorted", checkSameDType("searchSorted", sorted!.dtype, values!.dtype));
    return { shape: values!.shape, dtype: "int32" };
  },
  gradient: { notDifferentiable: "its result is an integer, which does not change by a little" },
  tensorflow(t, [sorted, values], { attributes: { side }, inputs, shape }) {
    const { dtype } = inputs[0]!;
    const row = t.reshape(sorted!, [1, inputs[0]!.shape[0]!], dtype);
    const wanted = t.reshape(values!, [1, t.product(shape)], dtype);
    const found = t.op(side === "left" ? "LowerBound" : "UpperBound", [row, wanted], {
      T: { type: dtype },
      out_type: { type: "int32" },
    });
    return t.reshape(found, shape, "int32");
  },
  ...onHost<"searchSorted">(reference),
  reference,
  // As many comparisons as the size has binary digits.
  flops: ({ inputs: [sorted, values] }) => elementCount(values!) * Math.ceil(Math.log2(elementCount(sorted!) + 1)),
};

export const searchSortedSamples: Samples<"searchSorted"> = () => {
  const sorted = array(new Float32Array([-1, 0.5, 0.5, 2]), [4]);
  const values = array(new Float32Array([-2, 0.5, 0.75, 2, 3, -1]), [2, 3]);
  const integers = array(new Int32Array([1, 3, 3, 7]), [4]);
  return [
    { inputs: [sorted, values], attributes: { side: "left" } },
    { inputs: [sorted, values], attributes: { side: "right" } },
    { inputs: [integers, array(new Int32Array([3, 8, 0]), [3])], attributes: { side: "left" } },
    { inputs: [integers, array(new Int32Array([3]), [])], attributes: { side: "right" } },
  ];
};

/** Options of `searchSorted`. */
export interface SearchSortedOptions {
  /** Whether a value goes before the elements that equal it, `"left"`, or behind them, `"right"`. @default "left" */
  readonly side?: Side;
}

/**
 * Where values would have to stand among others that are in order: how many of these are less.
 *
 * @param sortedSequence a vector in ascending order, float32 or int32
 * @param values any shape, the same dtype
 * @param options `side`: with "right", those that equal the value are counted, too
 * @returns the shape of the values, int32
 * @throws SW_SHAPE when the sequence is no vector, SW_DTYPE when the dtypes differ, SW_VALUE when there is no such side
 * @example
 * const edges = constant([0, 10, 20]);
 * const bin = searchSorted(edges, input(["batch"]), { side: "right" }); // Tensor<["batch"], "int32">
 */
export function searchSorted<const N extends Shape, D extends DType, const S extends Shape, E extends DType>(
  sortedSequence: Tensor<N, D> &
    FirstMessage<CheckDType<"searchSorted", D, "float32" | "int32">, CheckVector<"searchSorted", N>>,
  values: Tensor<S, E> & CheckSameDType<"searchSorted", D, E>,
  options: SearchSortedOptions = {},
): Tensor<S, "int32"> {
  checkOptions("searchSorted", options, { side: oneOf(["left", "right"]) });
  const { side = "left" } = options;
  return tensorOf(
    makeNode(searchSortedOp, [nodeOf(sortedSequence, "searchSorted"), nodeOf(values, "searchSorted")], { side }),
  );
}
