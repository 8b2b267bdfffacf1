import type { DType } from "../../src/ir/dtype.js";
import { concatOp } from "../../src/ops/concat.js";
import { reshapeOp } from "../../src/ops/reshape.js";
import { sliceOp } from "../../src/ops/slice.js";
import type { Shape } from "../../src/types/dim.js";
import { tensor } from "./inputs.js";
import { kernel } from "./kernel.js";
import { run } from "./run.js";
import type { ShapeOf, Sizes, Tensor } from "./types/tensor.js";

const reshape = kernel(reshapeOp);
const slice = kernel(sliceOp);

/** x with a life of its own. */
export function copy<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  return x.clone();
}

/** One place of x along its first axis. */
export function place<const To extends Sizes, D extends DType>(
  x: Tensor<any, D>,
  index: number,
  shape: To,
): Tensor<ShapeOf<To>, D> {
  const begin = [index, ...shape.map(() => 0)];
  const part = slice(x, { begin, size: [1, ...shape] });
  const result = reshape(part, { shape });
  part.dispose();
  return result;
}

/** Whether a bool scalar is true: read on the host, which then goes on. */
export function isTrue(x: Tensor<[], "bool">): boolean {
  return x.dataSync()[0] !== 0;
}

/** Tensors one after another along a new first axis, and zeros where there are fewer; they are freed. */
export function stack<const To extends Sizes, D extends DType>(
  tensors: readonly Tensor<any, D>[],
  shape: To,
  dtype: D,
): Tensor<ShapeOf<To>, D> {
  const [count, ...each] = shape;
  const rows = tensors.map((one): Tensor<any, D> => reshape(one, { shape: [1, ...each] }));
  for (const one of tensors) one.dispose();
  if (rows.length < count! || rows.length === 0) {
    const rest = [count! - rows.length, ...each];
    rows.push(tensor(new Uint8Array(rest.reduce((product, size) => product * size, 1)), rest, dtype));
  }
  const result = run(concatOp, rows, { axis: 0 });
  for (const row of rows) row.dispose();
  return result;
}
