import { generate, type NdArray } from "../../ir/array.js";
import { internalError } from "../../ir/errors.js";
import type { Signature } from "../../ir/op.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";
import { sameShape } from "../../types/same-shape.js";
import { ramp } from "./ramp.js";

export const updateHasNoGradient = { notDifferentiable: "an update of a variable is an effect, not a value" };

/** The shape rule of optimizer updates: a variable, its slots of the same shape, then scalars, last the gradient. */
export function inferUpdate(op: string, slots: number) {
  return (inputs: readonly Signature[]): Signature => {
    const same = [...inputs.slice(0, slots + 1), inputs.at(-1)!];
    if (same.some(({ shape }) => !sameShape(shape, inputs[0]!.shape))) {
      throw internalError(`${op}: variable, slots and gradient differ in shape`);
    }
    return inputs[0]!;
  };
}

/** New values, each computed from the elements at one index. */
export function elementwise(like: NdArray, element: (index: number) => number): NdArray {
  return generate(like.shape, "float32", element);
}

/**
 * Arithmetic on tfjs tensors, for updates that tfjs has no kernel for. A result is freed as soon as it has been used, so
 * that the next one takes its place in the cache: with large variables a fifth of the time. What is used more than once, or
 * returned, is marked by `keep`.
 */
export function arithmetic(k: KernelRunner) {
  const temporary = new Set<TensorInfo>();
  const run = (kernel: string, inputs: Readonly<Record<string, TensorInfo>>) => {
    const result = k.run(kernel, inputs);
    for (const input of Object.values(inputs)) if (temporary.delete(input)) k.release(input);
    temporary.add(result);
    return result;
  };
  const scalar = (value: number) => k.tensor([value], [], "float32");
  const binary = (kernel: string) => (a: TensorInfo, b: TensorInfo | number) =>
    run(kernel, { a, b: typeof b === "number" ? scalar(b) : b });
  return {
    add: binary("Add"),
    subtract: binary("Sub"),
    multiply: binary("Multiply"),
    divide: binary("RealDiv"),
    square: (x: TensorInfo) => run("Multiply", { a: x, b: x }),
    sqrt: (x: TensorInfo) => run("Sqrt", { x }),
    keep(x: TensorInfo) {
      temporary.delete(x);
      return x;
    },
  };
}

/** A positive value, as accumulators of squares are. */
export function positiveRamp(shape: number[], offset: number): NdArray {
  const values = ramp(shape, offset);
  return generate(shape, "float32", (i) => Math.abs(values.data[i]!) + 0.1);
}
