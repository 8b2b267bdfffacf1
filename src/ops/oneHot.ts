import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOption, count, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { KernelRunner, TensorInfo } from "../ir/tfjs-lowering.js";
import type { Batched, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { noFlops } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    oneHot: { readonly depth: number };
  }
}

export const oneHotOp: ValueOpDefinition<"oneHot"> = {
  name: "oneHot",
  words: { noun: "one_hot" },
  traits: ["keepsFinite"],
  infer([indices], { depth }) {
    refuse("SW_DTYPE", "oneHot", checkDType("oneHot", indices!.dtype, ["int32"]));
    return { shape: [...indices!.shape, depth], dtype: "float32" };
  },
  // Integers do not change by a little: a router's choice, or a code of a codebook, is a constant to what is made of it.
  gradient: () => [undefined],
  tensorflow: (t, [indices], { attributes: { depth } }) =>
    t.op("OneHot", [indices!, t.constant(depth, "int32"), t.constant(1, "float32"), t.constant(0, "float32")], {
      T: { type: "float32" },
      TI: { type: "int32" },
      axis: { int: -1 },
    }),
  tfjs: (k, [indices], { attributes: { depth } }) => oneHotKernels(k, indices!, depth),
  reference: ([indices], { attributes: { depth }, shape }) =>
    generate(shape, "float32", (i) => indices!.data[Math.floor(i / depth)] === i % depth),
  flops: noFlops,
};

export const oneHotSamples: Samples<"oneHot"> = () => [
  { inputs: [array(new Int32Array([0, 2, 1, 2]), [4])], attributes: { depth: 3 } },
  { inputs: [array(new Int32Array([1, 0, 3, 2]), [2, 2])], attributes: { depth: 4 } },
  { inputs: [array(new Int32Array([1]), [])], attributes: { depth: 2 } },
  { inputs: [array(new Int32Array([0, 0]), [2])], attributes: { depth: 1 } },
  { inputs: [array(new Int32Array([-1, 3, 7, 1]), [4])], attributes: { depth: 3 } },
];

/** tfjs's kernels for it. The wasm backend writes integers whatever dtype it is asked for, so they are cast. */
export function oneHotKernels(k: KernelRunner, indices: TensorInfo, depth: number): TensorInfo {
  const rows = k.run("OneHot", { indices }, { depth, onValue: 1, offValue: 0, dtype: "int32" });
  return k.run("Cast", { x: rows }, { dtype: "float32" });
}

/**
 * Integers as rows with a 1 at their place and zeros elsewhere. One that is out of range gives a row of zeros. They are constants to a
 * gradient, where the integers come of weights, too, as by `argMax` or `topK`.
 *
 * @param indices any shape, int32
 * @param depth the length of a row: one more than the largest index
 * @returns the shape of indices and a last axis of `depth`, float32
 * @throws SW_VALUE when depth is not a positive integer
 * @example
 * const y = oneHot(input(["batch"], "int32"), 10); // Tensor<["batch", 10], "float32">
 */
export function oneHot<const S extends Shape, D extends DType, const N extends number>(
  indices: Tensor<S, D> & CheckDType<"oneHot", D, "int32">,
  depth: N & CheckCount<"oneHot", "depth", N>,
): Tensor<Batched<S, [N], D>> {
  checkOption("oneHot", "depth", depth, required(count));
  return tensorOf(makeNode(oneHotOp, [nodeOf(indices, "oneHot")], { depth }));
}
