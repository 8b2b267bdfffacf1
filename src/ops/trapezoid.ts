import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOptions, float32 } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis, normalizeAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { RemoveAxes } from "../types/reduce.js";
import { add } from "./add.js";
import { places } from "./arange.js";
import { cast } from "./cast.js";
import { equal } from "./equal.js";
import { flip } from "./flip.js";
import { multiply } from "./multiply.js";
import { reshapeOp } from "./reshape.js";
import type { Any } from "./shared/composite.js";
import type { OrMessage } from "./shared/orMessage.js";
import { subtract } from "./subtract.js";
import { sum } from "./sum.js";

/** Options of `trapezoid`. */
export interface TrapezoidOptions<A> {
  /** How far the points are apart. @default 1 */
  readonly dx?: number;
  /** Along which axis; negative ones count from the end. @default -1 */
  readonly axis?: A;
}

/**
 * The area under points that lines join, at equal distances along an axis: the rule is that of `numpy.trapezoid`.
 *
 * @param y rank 1 or more, float32
 * @param options `dx` (1), `axis` (-1)
 * @returns the shape without that axis
 * @throws SW_VALUE when there is no such axis, or dx is no number; SW_DTYPE when y is not float32
 * @example
 * const energy = trapezoid(input(["batch", "time"]), { dx: 0.01 }); // Tensor<["batch"], "float32">
 */
export function trapezoid<const S extends Shape, D extends DType, const A extends number = -1>(
  y: Tensor<S, D> & CheckDType<"trapezoid", D, "float32">,
  options: TrapezoidOptions<OrMessage<A, CheckAxis<"trapezoid", S, A>>> = {},
): Tensor<RemoveAxes<S, A>, D> {
  const node = nodeOf(y, "trapezoid");
  checkOptions<TrapezoidOptions<unknown>>("trapezoid", options, { dx: float32, axis: axisRule });
  const { dx = 1, axis = -1 } = options as TrapezoidOptions<number>;
  refuse("SW_DTYPE", "trapezoid", checkDType("trapezoid", node.dtype, ["float32"]));
  refuse("SW_VALUE", "trapezoid", checkAxis("trapezoid", node.shape, axis));
  const along = normalizeAxis(node.shape, axis);
  return calling("trapezoid", () => {
    const isFirst: Any = cast(equal(tensorOf(places(node.shape[along]!)) as Tensor<any, "int32">, 0), "float32");
    // The first point and the last belong to one trapezoid each, the others to two. Of one point alone, there is none.
    const weights = nodeOf(multiply(subtract(1, multiply(add(isFirst, flip(isFirst, 0)), 0.5)), dx));
    const column = makeNode(reshapeOp, [weights], { shape: node.shape.map((dim, i) => (i === along ? dim : 1)) });
    return tensorOf(nodeOf(sum(multiply(tensorOf(node) as Any, tensorOf(column) as Any), { axis: along })));
  });
}
