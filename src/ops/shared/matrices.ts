import { elementCount } from "../../ir/array.js";
import type { Node } from "../../ir/node.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";
import type { Dim } from "../../types/dim.js";
import { sameShape } from "../../types/same-shape.js";

/** Whether an operand is read with its two axes swapped. Only matrices are. */
export interface DotAttributes {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** A product as a mathematician writes it, of operands that go by their names. */
export function productText(a: string, b: string, { transposeA, transposeB }: DotAttributes): string {
  return `${a}${transposeA ? "ᵀ" : ""} · ${b}${transposeB ? "ᵀ" : ""}`;
}

export function isMatrix(shape: readonly unknown[]): boolean {
  return shape.length === 2;
}

/** The matrix that a product reads an operand as: leading axes are rows; a vector is a row on the left, a column on the right. */
export function matrixShape<D extends Dim>(
  shape: readonly D[],
  vector: "rows" | "columns",
  product: (dims: readonly D[]) => D,
): (D | 1)[] {
  if (vector === "columns") return shape.length === 1 ? [shape[0]!, 1] : [...shape];
  return [product(shape.slice(0, -1)), shape.at(-1)!];
}

/** The operands of a product as TensorFlow's matrices. */
export function matrices(
  t: TensorflowLowering,
  [a, b]: readonly [TensorRef, TensorRef],
  { inputs }: Node,
): TensorRef[] {
  const [A, B] = inputs;
  return [
    isMatrix(A!.shape) ? a : t.reshape(a, matrixShape(A!.shape, "rows", t.product)),
    isMatrix(B!.shape) ? b : t.reshape(b, matrixShape(B!.shape, "columns", t.product)),
  ];
}

/** A product of those matrices in the shape that it has as a node: its rows are the leading axes again. */
export function shapedProduct(t: TensorflowLowering, product: TensorRef, { inputs, shape }: Node): TensorRef {
  if (inputs.slice(0, 2).every((input) => isMatrix(input.shape))) return product;
  const isColumn = !isMatrix(inputs[1]!.shape);
  t.sayShape?.(product, isColumn ? [t.product(shape), 1] : matrixShape(shape, "rows", t.product));
  return t.reshape(product, shape);
}

/**
 * Runs one of tfjs's kernels for a product. On the wasm backend the fused one takes batches of matrices alone, and both are
 * slow with transpose flags: 97 against 7 ms for [784, 128] · [128, 512]. There, operands are turned around first, where
 * the graph's passes have not done it, and made batches of one.
 */
export function matrixProduct(
  k: KernelRunner,
  kernel: "BatchMatMul" | "_FusedMatMul",
  { a, b, ...others }: { readonly a: TensorInfo; readonly b: TensorInfo; readonly bias?: TensorInfo },
  { transposeA = false, transposeB = false, ...attributes }: DotAttributes,
  shape: readonly number[],
): TensorInfo {
  const matrix = (x: TensorInfo, vector: "rows" | "columns") =>
    isMatrix(x.shape) ? x : k.reshape(x, matrixShape(x.shape, vector, elementCount));
  const [A, B] = [matrix(a, "rows"), matrix(b, "columns")];
  if (k.backend === "wasm") {
    const batch = (x: TensorInfo, turned: boolean) => {
      const whole = turned ? k.run("Transpose", { x }, { perm: [1, 0] }) : x;
      return k.reshape(whole, [1, ...whole.shape]);
    };
    const operands = { a: batch(A, transposeA), b: batch(B, transposeB), ...others };
    return k.reshape(k.run(kernel, operands, { transposeA: false, transposeB: false, ...attributes }), shape);
  }
  const product = k.run(kernel, { a: A, b: B, ...others }, { transposeA, transposeB, ...attributes });
  return sameShape(product.shape, shape) ? product : k.reshape(product, shape);
}
