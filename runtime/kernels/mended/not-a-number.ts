import { elementCount } from "../../../src/ir/array.js";
import type { TensorInfo } from "../../../src/ir/tfjs-lowering.js";
import type { PlainRunner } from "../plain-runner.js";
import type { Attributes, Inputs, Mended } from "./mended.js";
import { scalar } from "./numbers.js";

/** The largest of some float32 numbers, NaN where there is one; 0 of no numbers. */
export function largestIn(k: PlainRunner, x: TensorInfo): number {
  const count = elementCount(x.shape);
  if (x.dtype !== "float32" || count === 0) return 0;
  const largest = k.plain("Max", { x: k.reshape(x, [count]) }, { reductionIndices: [0], keepDims: false });
  return k.read(largest)[0]!;
}

/** Whether there is a NaN among some numbers. It takes about as long as a kernel for their sum. */
export function hasNaN(k: PlainRunner, x: TensorInfo): boolean {
  return Number.isNaN(largestIn(k, x));
}

/** x with a number in the place of each NaN. */
export function withoutNaN(k: PlainRunner, x: TensorInfo, number: number): TensorInfo {
  const condition = k.plain("Equal", { a: x, b: x });
  return k.plain("Select", { condition, t: x, e: k.broadcast(scalar(k, number), x.shape) });
}

/** The larger or the smaller of two, with the NaNs of b, which the kernel passes over. */
export function keepingNaN(
  k: PlainRunner,
  kernel: "Maximum" | "Minimum",
  a: TensorInfo,
  b: TensorInfo,
): TensorInfo | undefined {
  if (!hasNaN(k, b)) return undefined;
  const chosen = k.plain(kernel, { a, b });
  const wide = k.broadcast(b, chosen.shape);
  return k.plain("Select", { condition: k.plain("Equal", { a: wide, b: wide }), t: chosen, e: wide });
}

/** TensorFlow's ArgMax passes NaN over; tfjs's stop at one that comes first. */
export function passingOverNaN(k: PlainRunner, { x }: Inputs, attributes: Attributes): TensorInfo | undefined {
  if (!hasNaN(k, x!)) return undefined;
  return k.plain("ArgMax", { x: withoutNaN(k, x!, Number.NEGATIVE_INFINITY) }, attributes);
}

/**
 * A fused kernel takes a bias by the shape of its memory, so one that was reshaped is copied; and where the activation hides a
 * NaN, it runs after the kernel.
 */
export function fusedOnWasm(kernel: string): Mended {
  return (k, inputs, attributes) => {
    const { bias } = inputs;
    const own = k.shapeOfMemory(bias!).length === 1 ? bias : k.plain("Slice", { x: bias! }, { begin: [0], size: [-1] });
    const after = { relu: "Relu", relu6: "Relu6" }[attributes.activation as string];
    if (!after && own === bias) return undefined;
    const y = k.plain(kernel, { ...inputs, bias: own! }, { ...attributes, ...(after && { activation: "linear" }) });
    return after ? k.run(after, { x: y }) : y;
  };
}
