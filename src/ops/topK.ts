import { array, elementCount, type NdArray } from "../ir/array.js";
import { allocate, type DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOption, count, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis, type ReplaceAxis, replaceAxis } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { resultsOf } from "./result.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { OrMessage } from "./shared/orMessage.js";
import { ramp } from "./shared/ramp.js";
import { type CheckTopK, checkTopK, tooFew } from "./shared/top-k-shape.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The k largest elements along the last axis, largest first, and where they stand; of equal ones the first. */
    topK: { readonly k: Dim };
  }
}

/** The k largest of each row and their places. A NaN is neither larger nor smaller than anything. */
function largest(values: ArrayLike<number>, shape: readonly number[], k: number) {
  const size = shape.at(-1)!;
  if (k > size) throw tooFew(size, k);
  const rows = size === 0 ? 0 : values.length / size;
  const places = new Int32Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const at = (place: number) => values[row * size + place]!;
    const order = Array.from({ length: size }, (_, place) => place);
    order.sort((a, b) => (at(a) > at(b) ? -1 : at(a) < at(b) ? 1 : a - b));
    places.set(order.slice(0, k), row * k);
  }
  return { places, found: Array.from(places, (place, i) => values[Math.floor(i / k) * size + place]!) };
}

export const topKOp: ResultsOpDefinition<"topK"> = {
  name: "topK",
  dims: ["k"],
  several: true,
  words: { results: ["largest", "places"] },
  infer([x], { k }) {
    refuse("SW_DTYPE", "topK", checkDType("topK", x!.dtype, ["float32", "int32"]));
    refuse("SW_VALUE", "topK", checkAxis("topK", x!.shape, -1));
    refuse("SW_SHAPE", "topK", checkTopK(x!.shape, k));
    const shape = replaceAxis(x!.shape, -1, k);
    return [
      { shape, dtype: x!.dtype },
      { shape, dtype: "int32" },
    ];
  },
  gradient({ b, inputs: [x], dys: [dy], node }) {
    // Each element goes back to where it stood. Which ones are largest does not change by a little.
    const last = x!.shape.length - 1;
    if (!dy) return [undefined];
    return [b.op("gatherGradient", [dy, b.results(node)[1]!], { axis: last, batchDims: last, shape: x!.shape })];
  },
  tensorflow(t, [x], { attributes: { k }, inputs }) {
    const attributes = { T: { type: inputs[0]!.dtype }, sorted: { bool: true } } as const;
    const values = t.op("TopKV2", [x!, t.size(k)], attributes, 2);
    return [values, t.output(values, 1)];
  },
  // On the host: tfjs's backends break ties in ways of their own.
  tfjs(k, [x], { attributes, shape, dtype, size }) {
    const { found, places } = largest(k.read(x!), x!.shape, size(attributes.k));
    return [k.tensor(found, shape, dtype), k.tensor(places, shape, "int32")];
  },
  reference([x], { attributes, shape, dtype, size }) {
    const { found, places } = largest(x!.data as ArrayLike<number>, x!.shape, size(attributes.k));
    const data = allocate(dtype, found.length);
    data.set(found);
    return [{ shape, dtype, data } as NdArray, array(places, shape)];
  },
  // A comparison for each halving of a row.
  flops: ({ inputs: [x] }) => elementCount(x!) * Math.ceil(Math.log2(Math.max(x!.at(-1)!, 2))),
};

export const topKSamples: Samples<"topK"> = () => [
  { inputs: [ramp([2, 5])], attributes: { k: 3 } },
  { inputs: [ramp([6])], attributes: { k: 1 } },
  { inputs: [ramp([2, 2, 3])], attributes: { k: 3 } },
  { inputs: [array(new Float32Array([1, 3, 3, 2, 2, 2]), [2, 3])], attributes: { k: 2 }, notSmooth: "ties" },
  { inputs: [array(new Int32Array([4, -1, 7, 7, 0, 9]), [2, 3])], attributes: { k: 2 } },
];

/**
 * The k largest elements along the last axis, the largest first; of equal ones the first. NaN has no place in this order.
 *
 * @param x rank 1 or more; float32 or int32
 * @param k how many
 * @returns the elements, and where they stand as int32: the shape of x with k as the last axis
 * @throws SW_SHAPE when there are fewer, of a named axis when the program runs; SW_VALUE when x is a scalar, or k no positive integer
 * @example
 * const { values, indices } = topK(input(["batch", 1000]), 5); // values: Tensor<["batch", 5], "float32">
 */
export function topK<const S extends Shape, D extends DType, const K extends number, Now = "now">(
  x: Tensor<S, D> & CheckDType<"topK", D, "float32" | "int32">,
  k: OrMessage<K, FirstMessage<CheckAxis<"topK", S, -1>, CheckTopK<S, K, Now>>> & CheckCount<"topK", "k", K>,
): { readonly values: Tensor<ReplaceAxis<S, -1, K>, D>; readonly indices: Tensor<ReplaceAxis<S, -1, K>, "int32"> } {
  const node = nodeOf(x, "topK");
  refuse("SW_DTYPE", "topK", checkDType("topK", node.dtype, ["float32", "int32"]));
  checkOption("topK", "k", k, required(count));
  const [values, indices] = resultsOf(makeNode(topKOp, [node], { k: k as number }));
  return { values: tensorOf(values!), indices: tensorOf(indices!) };
}
