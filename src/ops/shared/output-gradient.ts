import { generate } from "../../ir/array.js";
import type { Builder } from "../../ir/builder.js";
import { type Facts, factsOf } from "../../ir/facts.js";
import type { Node, OpName, OpTable } from "../../ir/node.js";
import type { InFamily } from "../../ir/op.js";
import type { TensorflowAttribute } from "../../ir/tensorflow-lowering.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";
import { flopsPerElement } from "./flops.js";
import { ramp } from "./ramp.js";

/** What tells the gradient of one activation from another's. */
export interface OutputGradientRule<K extends OpName> extends Facts<K> {
  readonly name: K;
  /** The activation's derivative, as a function of its output. */
  readonly slope: (y: number, attributes: OpTable[K]) => number;
  /** The product of both gradients times the change of the slope with the output, where it is no step function. */
  readonly slopeGradient?: (b: Builder, y: Node, product: Node) => Node;
  /** TensorFlow's kernel, and the order of its inputs. */
  readonly tensorflow: { readonly op: string; readonly order: "dy, y" | "y, dy" };
  /** TensorFlow's attributes besides `T`. */
  readonly tensorflowAttributes?: (attributes: OpTable[K]) => Readonly<Record<string, TensorflowAttribute>>;
  /** The slope by tfjs's kernels, on which backends have none for the whole. */
  readonly tfjsSlope: (k: KernelRunner, y: TensorInfo, attributes: OpTable[K]) => TensorInfo;
}

/**
 * The definition of an activation's gradient, dy · slope(y), in one kernel. It reads the activation's output: read from the
 * input, it would give the pre-activation a second consumer, and keep the activation from fusing in a training graph.
 */
export function defineOutputGradient<K extends OpName>(rule: OutputGradientRule<K>): InFamily<K, "outputGradient"> {
  return {
    ...factsOf(rule),
    name: rule.name,
    family: "outputGradient",
    whole: true,
    infer: ([dy]) => dy!,
    gradient({ b, inputs: [dy, y], dy: dz, node }) {
      // z = dy · slope(y): d dy = dz · slope(y), d y = dz · dy · slope'(y)
      return [
        b.op(rule.name as "reluGradient", [dz, y!], node.attributes as OpTable["reluGradient"]),
        rule.slopeGradient?.(b, y!, b.op("multiply", [dz, dy!])),
      ];
    },
    tensorflow(t, [dy, y], { attributes }) {
      const { op, order } = rule.tensorflow;
      const T = { T: { type: "float32" } } as const;
      return t.op(op, order === "dy, y" ? [dy!, y!] : [y!, dy!], { ...T, ...rule.tensorflowAttributes?.(attributes) });
    },
    tfjs: (k, [dy, y], { attributes }) => k.run("Multiply", { a: dy!, b: rule.tfjsSlope(k, y!, attributes) }),
    reference: ([dy, y], { shape, attributes }) =>
      generate(shape, "float32", (i) => dy!.data[i]! * rule.slope(y!.data[i]!, attributes)),
    flops: flopsPerElement(1),
  };
}

/** The sample of an activation's gradient: with what attributes, and why central differences are not compared. */
export function outputGradientSamples<Attributes>(attributes: Attributes, notSmooth?: string) {
  return [{ inputs: [ramp([2, 3]), ramp([2, 3], 4)], attributes, ...(notSmooth && { notSmooth }) }];
}

/** 1 where a comparison of y with a number holds, else 0. */
export function indicator(k: KernelRunner, comparison: "Greater" | "Less", y: TensorInfo, bound: number): TensorInfo {
  const other = k.tensor([bound], [], "float32");
  if (k.backend !== "wasm") return k.run("Cast", { x: k.run(comparison, { a: y, b: other }) }, { dtype: "float32" });
  // There comparisons take twenty times as long as a difference and its step, of which a NaN is cut off.
  const difference = comparison === "Greater" ? { a: y, b: other } : { a: other, b: y };
  const x = k.run("Step", { x: k.run("Sub", difference) }, { alpha: 0 });
  return k.run("ClipByValue", { x }, { clipValueMin: 0, clipValueMax: 1 });
}
