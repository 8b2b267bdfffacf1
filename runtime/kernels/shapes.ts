import type { DType } from "../../src/ir/dtype.js";
import { barrierOp } from "../../src/ops/barrier.js";
import { broadcastToOp } from "../../src/ops/broadcastTo.js";
import { concatOp } from "../../src/ops/concat.js";
import { padOp } from "../../src/ops/pad.js";
import { reshapeOp } from "../../src/ops/reshape.js";
import { sliceOp } from "../../src/ops/slice.js";
import { splitOp } from "../../src/ops/split.js";
import { type Transpose, transposeOp } from "../../src/ops/transpose.js";
import type { ReplaceAxis } from "../../src/types/axis.js";
import type { Shape } from "../../src/types/dim.js";
import { run, runResults } from "./run.js";
import type { DimOf, ShapeOf, Sizes, Tensor } from "./tensor.js";

/** The same numbers under another shape. */
export function reshape<D extends DType, const To extends Sizes>(x: Tensor<any, D>, shape: To): Tensor<ShapeOf<To>, D> {
  return run(reshapeOp, [x], { attributes: { shape }, shape });
}

/** x. In a graph it says what comes first; lines of code stand in their order already. */
export function barrier<S extends Shape, D extends DType>(x: Tensor<S, D>, _after: Tensor<any, DType>): Tensor<S, D> {
  return run(barrierOp, [x]);
}

/** Repeats x along axes of size 1, and along new leading ones, until it has a shape. */
export function broadcastTo<D extends DType, const To extends Sizes>(
  x: Tensor<any, D>,
  shape: To,
): Tensor<ShapeOf<To>, D>;
export function broadcastTo<const To extends Sizes>(x: number, shape: To): Tensor<ShapeOf<To>>;
export function broadcastTo(x: Tensor<any, DType> | number, shape: Sizes) {
  return run(broadcastToOp, [x], { attributes: { shape }, shape });
}

type List<P> = P extends readonly [...infer Axes extends number[]] ? Axes : number[];

/** Axis i of the result is axis `permutation[i]` of x. */
export function transpose<S extends Shape, D extends DType, const P extends readonly number[]>(
  x: Tensor<S, D>,
  attributes: { readonly permutation: P },
): Tensor<Transpose<S, List<P>>, D> {
  return run(transposeOp, [x], { attributes });
}

/** Tensors one after another along an axis. Their sizes along it add up to the shape's. */
export function concat<D extends DType, const To extends Sizes>(
  tensors: readonly Tensor<any, D>[],
  { axis, shape }: { readonly axis: number; readonly shape: To },
): Tensor<ShapeOf<To>, D> {
  return run(concatOp, tensors, { attributes: { axis }, shape });
}

/** The part of x that begins at a place and has a size. */
export function slice<D extends DType, const To extends Sizes>(
  x: Tensor<any, D>,
  { begin, size }: { readonly begin: Sizes; readonly size: To },
): Tensor<ShapeOf<To>, D> {
  return run(sliceOp, [x], { attributes: { begin, size }, shape: size });
}

/** x in parts along an axis, of these sizes. */
export function split<S extends Shape, D extends DType, const A extends number, const Z extends Sizes>(
  x: Tensor<S, D>,
  { axis, sizes }: { readonly axis: A; readonly sizes: Z },
): { -readonly [Part in keyof Z]: Tensor<ReplaceAxis<S, A, DimOf<Z[Part]>>, D> } {
  return runResults(splitOp, [x], { attributes: { axis, sizes } });
}

/** x with a value before and after the elements of each axis, which gives it the shape. */
export function pad<D extends DType, const To extends Sizes>(
  x: Tensor<any, D>,
  {
    paddings,
    value,
    shape,
  }: {
    readonly paddings: readonly (readonly [before: number, after: number])[];
    readonly value: number;
    readonly shape: To;
  },
): Tensor<ShapeOf<To>, D> {
  return run(padOp, [x], { attributes: { paddings, value }, shape });
}
