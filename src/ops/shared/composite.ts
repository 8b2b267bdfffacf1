import type { DType } from "../../ir/dtype.js";
import { nodeOf, tensorOf } from "../../ir/node.js";
import { calling } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor, TensorLike } from "../../ir/tensor.js";
import { checkDType } from "../../types/dtype.js";
import { opFunction } from "./opFunction.js";
import type { UnaryFunction } from "./unary.js";

/** What a composition is written with: any float32 tensor, whose own shape its operations keep. */
export type Any = Tensor<any>;

/** A tensor of a dtype that an op takes, for what builds on it: ops within would refuse it by their own names. */
export function taken<D extends DType>(op: string, x: TensorLike, ...dtypes: readonly D[]): Tensor<any, D> {
  const node = nodeOf(x, op);
  refuse("SW_DTYPE", op, checkDType(op, node.dtype, dtypes));
  return tensorOf(node);
}

/** A composition that keeps the shape of its one float32 tensor. */
export function compositeOf<T extends TensorLike>(op: string, x: TensorLike, build: (x: Any) => Any): T {
  const given = taken(op, x, "float32");
  return tensorOf(nodeOf(calling(op, () => build(given))));
}

/** The public function of a composition that keeps the shape of its one float32 tensor. */
export function composite<Op extends string>(name: Op, build: (x: Any) => Any): UnaryFunction<Op> {
  return opFunction(name, ["x"], (x) => compositeOf(name, x, build));
}
