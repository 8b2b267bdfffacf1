import { generate } from "../../ir/array.js";
import type { Builder } from "../../ir/builder.js";
import type { Node } from "../../ir/node.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import { addDims, type Floor, floorDivideDims, type Plus } from "../../types/arithmetic.js";
import type { Dim } from "../../types/dim.js";

/** How many frequencies a real signal of n samples has: those of the other half are the conjugates of them. */
export type Frequencies<N extends Dim> = Plus<Floor<N, 2>, 1>;

/** Runtime twin of `Frequencies`. */
export function frequenciesOf(n: Dim): Dim {
  return addDims(floorDivideDims(n, 2), 1);
}

/**
 * For each frequency of a signal of n samples, 1 where it is the only one of its kind: 0, and half of an even n. Elsewhere the
 * number that is given, for those that have a conjugate.
 */
export function perFrequency(b: Builder, n: Dim, paired: number): Node {
  if (typeof n === "number") {
    return b.constant(generate([Math.floor(n / 2) + 1], "float32", (k) => (k === 0 || 2 * k === n ? 1 : paired)));
  }
  const shape = [frequenciesOf(n)] as const;
  const k = b.op("cast", [b.op("arange", [], { shape })], { dtype: "float32" });
  const turns = b.op("multiply", [k, b.scalar(2)]);
  const isPaired = b.op("multiply", [turns, b.op("subtract", [b.size([n]), turns])]);
  return b.op("select", [b.op("greater", [isPaired, b.scalar(0)]), b.scalar(paired), b.scalar(1)]);
}

/** A length as TensorFlow's transforms take it. Of a length of 0, some of its kernels end the process. */
export function transformLength(t: TensorflowLowering, n: Dim): TensorRef {
  if (typeof n === "number") return t.constant([n], "int32");
  return t.op("Maximum", [t.shape([n]), t.constant([1], "int32")], { T: { type: "int32" } });
}
