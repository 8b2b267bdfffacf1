import { elementCount, generate } from "../../ir/array.js";
import { type Facts, factsOf } from "../../ir/facts.js";
import type { OpName } from "../../ir/node.js";
import type { InFamily } from "../../ir/op.js";
import type { TensorRef } from "../../ir/tensorflow-lowering.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";
import { flopsPerElement } from "./flops.js";
import { indicator } from "./output-gradient.js";

/** What tells the mask of one rectifier from another's. */
export interface MaskedGradientRule<K extends OpName> extends Facts<K> {
  readonly name: K;
  /** Below what the output lies where the gradient passes; above what is 0. */
  readonly below?: number;
}

/**
 * The definition of a rectifier's gradient: dy where its output is between 0 and a bound, else 0, whatever dy is. A product with a mask
 * of 0 would not do: ∞ · 0 is NaN, and a gradient that overflows at a closed unit would reach all others.
 */
export function defineMaskedGradient<K extends OpName>(rule: MaskedGradientRule<K>): InFamily<K, "outputGradient"> {
  const { name, below = Number.POSITIVE_INFINITY } = rule;
  const isBounded = below < Number.POSITIVE_INFINITY;
  return {
    ...factsOf(rule),
    name,
    family: "outputGradient",
    infer: ([dy]) => dy!,
    // z = dy where y is within: d dy = dz there
    gradient: ({ b, inputs: [, y], dy: dz }) => [b.op(name as "reluGradient", [dz, y!], {}), undefined],
    tensorflow(t, [dy, y]) {
      const T = { T: { type: "float32" } } as const;
      const compared = (op: "Greater" | "Less", bound: number) => t.op(op, [y!, t.constant(bound, "float32")], T);
      const above = compared("Greater", 0);
      const within: TensorRef = isBounded ? t.op("LogicalAnd", [above, compared("Less", below)]) : above;
      const mask = t.op("Cast", [within], { SrcT: { type: "bool" }, DstT: { type: "float32" } });
      // 0 where the mask is 0, whatever dy is: in half the time of SelectV2, which broadcasts its 0.
      return t.op("MulNoNan", [dy!, mask], T);
    },
    tfjs(k, [dy, y]) {
      if (k.backend === "wasm") {
        const open = indicator(k, "Greater", y!, 0);
        const mask = isBounded ? k.run("Multiply", { a: open, b: indicator(k, "Less", y!, below) }) : open;
        const product = k.run("Multiply", { a: dy!, b: mask });
        if (!hasNaN(k, product)) return product;
      }
      const compared = (kernel: "Greater" | "Less", bound: number) =>
        k.run(kernel, { a: y!, b: k.tensor([bound], [], "float32") });
      const above = compared("Greater", 0);
      const condition = isBounded ? k.run("LogicalAnd", { a: above, b: compared("Less", below) }) : above;
      return k.run("Select", { condition, t: dy!, e: k.broadcast(k.tensor([0], [], "float32"), dy!.shape) });
    },
    reference: ([dy, y], { shape }) =>
      generate(shape, "float32", (i) => (y!.data[i]! > 0 && (!isBounded || y!.data[i]! < below) ? dy!.data[i]! : 0)),
    flops: flopsPerElement(1),
  };
}

function hasNaN(k: KernelRunner, x: TensorInfo): boolean {
  const flat = k.reshape(x, [elementCount(x.shape)]);
  return Number.isNaN(k.read(k.run("Max", { x: flat }, { reductionIndices: [0], keepDims: false }))[0]!);
}
