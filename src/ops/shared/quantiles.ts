import type { DType } from "../../ir/dtype.js";
import { makeNode } from "../../ir/makeNode.js";
import { type Node, tensorOf } from "../../ir/node.js";
import type { CheckPercentage, CheckProbability } from "../../ir/option-checks.js";
import { checkOption, percentage, probability, required } from "../../ir/options.js";
import type { Tensor } from "../../ir/tensor.js";
import { addDims } from "../../types/arithmetic.js";
import type { Axes } from "../../types/axis.js";
import type { Shape } from "../../types/dim.js";
import type { CheckDType } from "../../types/dtype.js";
import { type CheckAxes, type RemoveAxes, removeAxes } from "../../types/reduce.js";
import { builder as b } from "../builder.js";
import { reshapeOp } from "../reshape.js";
import { opFunction } from "./opFunction.js";
import type { OrMessage } from "./orMessage.js";
import { type AxisAlone, type ReduceAttributes, type ReduceOptions, reduceComposed } from "./reduce.js";
import { rowsOver } from "./rowsOver.js";

/** A function that gives a quantile over some axes. */
export type QuantileFunction<Op extends string, Whole extends 1 | 100> = <
  const S extends Shape,
  D extends DType,
  const A extends Axes = undefined,
  Keep extends boolean = false,
  const Q extends number = number,
>(
  x: Tensor<S, D> & CheckDType<Op, D, "float32">,
  q: Q & CheckQ<Op, Q>[Whole],
  options?: ReduceOptions<OrMessage<A, CheckAxes<Op, S, A>>, Keep> | AxisAlone<Op>,
) => Tensor<RemoveAxes<S, A, Keep>, D>;

interface CheckQ<Op extends string, Q extends number> {
  readonly 1: CheckProbability<Op, "q", Q>;
  readonly 100: CheckPercentage<Op, "q", Q>;
}

/** The public function of a quantile: of a share of `whole`, of all elements or, where `known`, of those that are not NaN. */
export function quantileFunction<const Op extends string, const Whole extends 1 | 100>(
  op: Op,
  whole: Whole,
  known: boolean,
): QuantileFunction<Op, Whole> {
  const share = required({ 1: probability, 100: percentage }[whole]);
  return opFunction(op, ["x", "q", "options"], (x, q, options) => {
    const build = (node: Node, attributes: ReduceAttributes) => {
      checkOption(op, "q", q, share);
      return quantileOf(node, q / whole, attributes, known);
    };
    return tensorOf(reduceComposed(op, ["float32"], build, x, options));
  });
}

/**
 * Of elements in order, the one that as large a share of the others lies below; between two of them, as far on the line that joins them. NaN of none;
 * with NaN among all, NaN.
 */
export function quantileOf(x: Node, share: number, { axes, keepDims }: ReduceAttributes, known: boolean): Node {
  const { rows, before, n } = rowsOver(x, axes);
  const last = before.length;
  const isKnown = b.op("equal", [rows, rows]);
  // What is not known stands behind all others, and there is one place more, so that of no elements there is one, too.
  const filled = b.op("select", [isKnown, rows, b.scalar(Infinity)]);
  const paddings = [...before.map(() => [0, 0] as const), [0, 1] as const];
  const wider = b.op("pad", [filled], { paddings, value: Infinity });
  const [falling] = b.results(b.op("topK", [b.op("neg", [wider])], { k: addDims(n, 1) }));
  const ordered = b.op("neg", [falling!]);
  const count = b.op("sum", [b.op("cast", [isKnown], { dtype: "float32" })], { axes: [last], keepDims: true });
  const highest = b.op("maximum", [b.op("subtract", [count, b.scalar(1)]), b.scalar(0)]);
  const place = snapped(b.op("multiply", [highest, b.scalar(share)]));
  const low = b.op("floor", [place]);
  const high = b.op("minimum", [b.op("add", [low, b.scalar(1)]), highest]);
  const at = (float: Node) =>
    b.op("gather", [ordered, b.op("cast", [float], { dtype: "int32" })], { axis: last, batchDims: last });
  const found = between(at(low), at(high), b.op("subtract", [place, low]));
  const isNone = b.op("equal", [count, b.scalar(0)]);
  const isShort = b.op("less", [count, b.size([n])]);
  const isUnknown = known ? isNone : b.op("logicalOr", [isNone, isShort]);
  const whole = b.op("select", [isUnknown, b.scalar(Number.NaN), found]);
  return makeNode(reshapeOp, [whole], { shape: removeAxes(x.shape, axes, keepDims) });
}

/** Two roundings of float32: of the share, and of its product with the number of elements. */
const rounding = 2 ** -22;

/** A place that is an element's but for rounding: what lies next to it, however far, has no part in it. */
function snapped(place: Node): Node {
  const nearest = b.op("round", [place]);
  const off = b.op("abs", [b.op("subtract", [place, nearest])]);
  return b.op("select", [b.op("lessEqual", [off, b.op("multiply", [place, b.scalar(rounding)])]), nearest, place]);
}

/** The number at a part of the way from one to another; where they are one infinity, that. */
function between(low: Node, high: Node, part: Node): Node {
  const rest = b.op("subtract", [b.scalar(1), part]);
  const mixed = b.op("add", [b.op("multiply", [low, rest]), b.op("multiply", [high, part])]);
  const isEnd = b.op("equal", [part, b.scalar(0)]);
  const isInfinite = b.op("notEqual", [b.op("subtract", [low, low]), b.scalar(0)]);
  const isSame = b.op("logicalAnd", [b.op("equal", [low, high]), isInfinite]);
  return b.op("select", [b.op("logicalOr", [isEnd, isSame]), low, mixed]);
}
