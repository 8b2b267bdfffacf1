import { generate, type NdArray } from "../../ir/array.js";
import type { Builder } from "../../ir/builder.js";
import { internalError } from "../../ir/errors.js";
import type { Node } from "../../ir/node.js";
import type { Signature } from "../../ir/op.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";
import { sameShape } from "../../types/same-shape.js";
import { ramp } from "./ramp.js";

/** What the rules of optimizers have in common. */
export const updateRule = {
  several: true,
  gradient: { notDifferentiable: "the rule of an optimizer; write the step with ops that have gradients" },
  tensorflow: () => {
    throw internalError("an optimizer's rule is done in place, or else put as plain arithmetic");
  },
} as const;

/**
 * The shape rule of an optimizer: a variable, its slots of the same shape, then scalars, last the gradient. The results are the new
 * values of the variable and of its slots.
 */
export function inferUpdate(op: string, slots: number) {
  return (inputs: readonly Signature[]): readonly Signature[] => {
    const written = inputs.slice(0, slots + 1);
    if ([...written, inputs.at(-1)!].some(({ shape }) => !sameShape(shape, inputs[0]!.shape))) {
      throw internalError(`${op}: variable, slots and gradient differ in shape`);
    }
    return written.map(({ shape, dtype }) => ({ shape, dtype }));
  };
}

/** New values, each computed from the elements at one index. */
export function elementwise(like: NdArray, element: (index: number) => number): NdArray {
  return generate(like.shape, "float32", element);
}

/** What a rule is written with, once for tfjs tensors and for nodes of the graph. */
export interface Arithmetic<T> {
  add(a: T, b: T | number): T;
  subtract(a: T, b: T | number): T;
  multiply(a: T, b: T | number): T;
  divide(a: T, b: T | number): T;
  square(x: T): T;
  sqrt(x: T): T;
  /** Marks what is used more than once, or returned. */
  keep(x: T): T;
}

/** Arithmetic on nodes. */
export function plainArithmetic(b: Builder): Arithmetic<Node> {
  const binary = (op: "add" | "subtract" | "multiply" | "divide") => (x: Node, y: Node | number) =>
    b.op(op, [x, typeof y === "number" ? b.scalar(y) : y]);
  return {
    add: binary("add"),
    subtract: binary("subtract"),
    multiply: binary("multiply"),
    divide: binary("divide"),
    square: (x) => b.op("square", [x]),
    sqrt: (x) => b.op("sqrt", [x]),
    keep: (x) => x,
  };
}

/**
 * Arithmetic on tfjs tensors, which has no kernels for optimizers. A result is freed as soon as it has been used, so that the next
 * one takes its place in the cache: with large variables a fifth of the time. What is marked by `keep` is not.
 */
export function tfjsArithmetic(k: KernelRunner): Arithmetic<TensorInfo> {
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
    square: (x) => run("Multiply", { a: x, b: x }),
    sqrt: (x) => run("Sqrt", { x }),
    keep(x) {
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
