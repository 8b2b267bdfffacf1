import type { DType } from "../../src/ir/dtype.js";
import type { OpName, OpTable } from "../../src/ir/node.js";
import type { ValueOpDefinition } from "../../src/ir/op.js";
import { argMaxOp } from "../../src/ops/argMax.js";
import { logSumExpOp } from "../../src/ops/logSumExp.js";
import { maxOp } from "../../src/ops/max.js";
import { meanOp } from "../../src/ops/mean.js";
import type { ReduceAttributes } from "../../src/ops/shared/reduce.js";
import { sumOp } from "../../src/ops/sum.js";
import type { Shape } from "../../src/types/dim.js";
import { type RemoveAxes, removeAxes } from "../../src/types/reduce.js";
import { run } from "./run.js";
import type { Tensor } from "./tensor.js";

type List<A> = A extends readonly [...infer Axes extends number[]] ? Axes : number[];

type Reduce = <S extends Shape, D extends DType, const A extends ReduceAttributes>(
  x: Tensor<S, D>,
  attributes: A,
) => Tensor<RemoveAxes<S, List<A["axes"]>, A["keepDims"]>, D>;

type ReduceName = { [K in OpName]: OpTable[K] extends ReduceAttributes ? K : never }[OpName];

function reduce<K extends ReduceName>(op: ValueOpDefinition<K>): Reduce {
  return (x, attributes) =>
    run(op, [x], {
      attributes: attributes as unknown as OpTable[K],
      shape: removeAxes(x.shape, [...attributes.axes], attributes.keepDims) as number[],
    });
}

export const logSumExp: Reduce = /* @__PURE__ */ reduce(logSumExpOp);
export const max: Reduce = /* @__PURE__ */ reduce(maxOp);
export const mean: Reduce = /* @__PURE__ */ reduce(meanOp);
export const sum: Reduce = /* @__PURE__ */ reduce(sumOp);

/** The place of the largest element along an axis; of equal ones the first. */
export function argMax<S extends Shape, const A extends number>(
  x: Tensor<S, DType>,
  attributes: { readonly axis: A },
): Tensor<RemoveAxes<S, A>, "int32"> {
  return run(argMaxOp, [x], { attributes });
}
