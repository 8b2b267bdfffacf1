import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOptions, type OptionRules } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type SubtractDims, subtractDims } from "../types/arithmetic.js";
import {
  type CheckAxis,
  type CheckDefaultAxis,
  type CheckGivenAxis,
  checkAxis,
  type DimAt,
  dimAt,
  normalizeAxis,
  type ReplaceAxis,
} from "../types/axis.js";
import type { Dim, SameBeside, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { OrMessage } from "./shared/orMessage.js";
import { sliceOp } from "./slice.js";
import { subtractOp } from "./subtract.js";

/** Options of `diff`. */
export interface DiffOptions<A> {
  /** Along which axis; negative ones count from the end. @default -1 */
  readonly axis?: A;
}

export const onePlace = "{op}: axis {axis} of {shape} has one place, and differences are of two";

/** `unknown` where an axis has several places, or it is not known, else the message. Says nothing of an axis that there is not. */
type CheckPlaces<Op extends string, S extends Shape, A extends number, Beside> =
  unknown extends CheckAxis<Op, S, A>
    ? SameBeside<DimAt<S, A>, 1, Beside> extends true
      ? Message<typeof onePlace, { op: Op; axis: A; shape: Show<S> }>
      : unknown
    : unknown;

const rules: OptionRules<DiffOptions<unknown>> = { axis: axisRule };

/**
 * What each element has more than the one before it along an axis: the rule is that of `numpy.diff`, once.
 *
 * @param x rank 1 or more, float32 or int32
 * @param options `axis` (-1)
 * @returns the same shape, with one place less along the axis
 * @throws SW_VALUE when there is no such axis; SW_SHAPE when it has one place alone; SW_DTYPE when x is bool
 * @example
 * const steps = diff(input(["batch", "time"])); // Tensor<["batch", "time-1"], "float32">
 */
export function diff<const S extends Shape, D extends DType, const A extends number = -1, Now extends "now" = "now">(
  x: Tensor<S, D> &
    FirstMessage<
      CheckDType<"diff", D, "float32" | "int32">,
      FirstMessage<CheckDefaultAxis<"diff", S, A, Now>, CheckPlaces<"diff", S, A, Now>>
    >,
  options: DiffOptions<OrMessage<A, CheckGivenAxis<"diff", S, A>>> = {},
): Tensor<ReplaceAxis<S, A, SubtractDims<DimAt<S, A>, 1>>, D> {
  const node = nodeOf(x, "diff");
  refuse("SW_DTYPE", "diff", checkDType("diff", node.dtype, ["float32", "int32"]));
  checkOptions<DiffOptions<unknown>>("diff", options, rules);
  const { axis = -1 } = options as DiffOptions<number>;
  refuse("SW_VALUE", "diff", checkAxis("diff", node.shape, axis));
  refuse("SW_SHAPE", "diff", checkPlaces(node.shape, axis));
  const along = normalizeAxis(node.shape, axis);
  const size: Dim[] = node.shape.with(along, subtractDims(node.shape[along]!, 1));
  const from = (first: number): Node =>
    makeNode(sliceOp, [node], { begin: size.map((_, i) => (i === along ? first : 0)), size });
  const differences = () => makeNode(subtractOp, [from(1), from(0)], {});
  return tensorOf(calling("diff", differences, { rule: "diff", shape: node.shape, given: { axis } }));
}

/** Runtime twin of `CheckPlaces`. A size that has a name may turn out to be 0. */
export function checkPlaces(shape: readonly Dim[], axis: number): string | undefined {
  const size = dimAt(shape, axis);
  if (size === 0) return `diff: axis ${axis} of ${show(shape)} has no place, and differences are of two`;
  return size === 1 ? fill(onePlace, { op: "diff", axis, shape: show(shape) }) : undefined;
}
