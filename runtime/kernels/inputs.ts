import { type DType, heldByTfjs } from "../../src/ir/dtype.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { evaluateDim } from "../../src/ir/evaluate.js";
import type { Dim } from "../../src/types/dim.js";
import { show } from "../../src/types/show.js";
import { activeBackend } from "./run.js";
import { holdNumbers } from "./runner.js";
import type { ShapeOf, Size, Sizes, Tensor, TfjsTensor } from "./types/tensor.js";

/** An input, with what it is to be. */
type Expected = readonly [tensor: TfjsTensor, shape: readonly Dim[], dtype: DType];

/** The names among the dims of some inputs' shapes. */
type NamesIn<I extends Readonly<Record<string, Expected>>> = Extract<I[keyof I][1][number], string>;

/**
 * Checks the inputs of a step, and returns the sizes of their named dims.
 *
 * @throws SW_DATA when an input has another shape or dtype, or when two differ in the size of a name that they share
 */
export function bindSizes<const I extends Readonly<Record<string, Expected>>>(
  inputs: I,
): { readonly [Name in NamesIn<I>]: Size<Name> } {
  const sizes = new Map<string, number>();
  for (const [name, [tensor, shape, dtype]] of Object.entries(inputs)) {
    const known = [...sizes];
    const refuse = () => {
      const bound = known.map(([dim, size]) => ` where ${dim} is ${size}`).join(",");
      const message = `${name}: takes ${heldByTfjs(dtype)} ${show(shape)}${bound}, got ${tensor.dtype} ${show(tensor.shape)}`;
      throw new ShapewrightError("SW_DATA", message);
    };
    if (tensor.dtype !== heldByTfjs(dtype) || tensor.shape.length !== shape.length) refuse();
    for (const [axis, dim] of shape.entries()) {
      const size = tensor.shape[axis]!;
      if (typeof dim === "string" && !sizes.has(dim)) sizes.set(dim, size);
      else if (size !== (typeof dim === "string" ? sizes.get(dim) : dim)) refuse();
    }
  }
  return Object.fromEntries(sizes) as never;
}

/** The size of a dim that is computed from named ones: `size("batch*25", { batch })`. */
export function size<const Name extends string>(dim: Name, sizes: Readonly<Record<string, number>>): Size<Name> {
  return evaluateDim(dim, new Map(Object.entries(sizes))) as Size<Name>;
}

/** A tensor of given numbers, in row-major order. */
export function tensor<const To extends Sizes, D extends DType = "float32">(
  values: ArrayLike<number>,
  shape: To,
  dtype: D = "float32" as D,
): Tensor<ShapeOf<To>, D> {
  return holdNumbers(values, shape, dtype, activeBackend());
}

/** Frees tensors after their last use. */
export function dispose(...tensors: readonly TfjsTensor[]): void {
  for (const one of tensors) one.dispose();
}

/** The number in a scalar, which is freed. */
export function take(scalar: Tensor<[]>): number;
export function take(array: Tensor): Float32Array;
export function take(result: Tensor): number | Float32Array {
  const values = result.dataSync() as Float32Array;
  const { rank } = result;
  result.dispose();
  return rank === 0 ? values[0]! : values;
}
