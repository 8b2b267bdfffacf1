import type { Builder } from "../ir/builder.js";
import type { Node } from "../ir/node.js";
import type { Samples } from "../ir/op.js";
import { onHost } from "./shared/onHost.js";
import {
  defineReduce,
  type ReduceAttributes,
  type ReduceFunction,
  reducedDims,
  reduceFunction,
  reduceKernel,
  reduceSamples,
  restoreAxes,
} from "./shared/reduce.js";

declare module "../ir/node.js" {
  interface OpTable {
    prod: ReduceAttributes;
  }
}

const host: ReturnType<typeof onHost<"prod">> = /* @__PURE__ */ onHost<"prod">((inputs, context) =>
  prodOp.reference(inputs, context),
);
const kernel = /* @__PURE__ */ reduceKernel<"prod">("Prod");

export const prodOp = /* @__PURE__ */ defineReduce<"prod">({
  name: "prod",
  words: { noun: "products" },
  dtypes: ["float32", "int32"],
  tensorflow: "Prod",
  // tfjs rounds products of integers, and has none of no elements.
  tfjs: (k, inputs, context) =>
    (context.dtype === "int32" || inputs[0]!.shape.includes(0) ? host.tfjs : kernel)(k, inputs, context),
  reduce: (elements, dtype) => elements.reduce(dtype === "int32" ? Math.imul : (a, b) => a * b, 1),
  gradient({ b, inputs: [x], dy, node }) {
    // d Πx / dx_i = Π_{j ≠ i} x_j: the products of what stands before i and behind it, also where there are zeros.
    return [b.op("multiply", [restoreAxes(b, dy, x!, node.attributes), ofOthers(b, x!, node.attributes)])];
  },
});

/** For each element the product of the others, along all reduced axes at once. */
function ofOthers(b: Builder, x: Node, { axes }: ReduceAttributes): Node {
  const along = (row: Node, axis: number) => {
    const products = (reverse: boolean) => b.op("cumprod", [row], { axis, exclusive: true, reverse });
    return b.op("multiply", [products(false), products(true)]);
  };
  if (axes.length === 0) return b.op("broadcastTo", [b.scalar(1)], { shape: x.shape });
  if (axes.length === 1) return along(x, axes[0]!);
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const permutation = [...kept, ...axes];
  const last = b.op("transpose", [x], { permutation });
  const shape = [...kept.map((axis) => x.shape[axis]!), b.product(reducedDims(x, { axes, keepDims: false }))];
  const others = along(b.op("reshape", [last], { shape }), kept.length);
  const apart = b.op("reshape", [others], { shape: last.shape });
  return b.op("transpose", [apart], { permutation: permutation.map((_, axis) => permutation.indexOf(axis)) });
}

export const prodSamples: Samples<"prod"> = reduceSamples;

/**
 * The product of a tensor's elements over some axes, or all; of none, it is 1.
 *
 * @param x any shape; float32 or int32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE for bool
 * @example
 * prod(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const prod: ReduceFunction<"prod", "float32" | "int32"> = /* @__PURE__ */ reduceFunction<
  "prod",
  "float32" | "int32"
>(prodOp);
