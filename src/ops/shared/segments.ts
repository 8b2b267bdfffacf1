import { elementCount, generate, type NdArray } from "../../ir/array.js";
import type { DType } from "../../ir/dtype.js";
import { type Facts, factsOf } from "../../ir/facts.js";
import type { GradientRule } from "../../ir/gradient-rule.js";
import { type Node, nodeOf, type OpName, type OpTable, tensorOf } from "../../ir/node.js";
import type { RunContext, ValueOpDefinition } from "../../ir/op.js";
import type { CheckCountOrName } from "../../ir/option-checks.js";
import { checkOption, count, required } from "../../ir/options.js";
import { calling } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import { type CheckDefaultAxis, checkAxis } from "../../types/axis.js";
import type { Compatible } from "../../types/compatible.js";
import type { Dim, Shape, SplitFirst, UnknownShape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import { checkDims } from "./checkDims.js";
import type { FirstMessage } from "./firstMessage.js";
import { checkInRange, inRangeIn } from "./in-range.js";
import { onHost } from "./onHost.js";
import { opFunction } from "./opFunction.js";
import { noPlace } from "./places.js";

export const segmentsUnlikeRows = "{op}: {a} takes one segment for each row, [{n}], got {b}";

/** `unknown` where there is a segment for each row, else the message. */
type CheckSegments<Op extends string, S extends Shape, I extends Shape> =
  SplitFirst<S> extends [infer N extends Dim, unknown]
    ? Compatible<[N], I> extends true
      ? unknown
      : Message<typeof segmentsUnlikeRows, { op: Op; a: Show<S>; n: N; b: Show<I> }>
    : unknown;

/** A row for each segment. */
export type Segments<S extends Shape, K extends Dim> =
  SplitFirst<S> extends infer Split
    ? Split extends [unknown, infer R extends Shape]
      ? [K, ...R]
      : UnknownShape
    : never;

/** Runtime twin of `CheckSegments`. */
function checkSegments(op: string, shape: readonly Dim[], segments: readonly Dim[]): string | undefined {
  const fits = segments.length === 1 && segments[0] === shape[0];
  return fits ? undefined : fill(segmentsUnlikeRows, { op, a: show(shape), n: shape[0]!, b: show(segments) });
}

/** A function of the rows of each segment. */
export type SegmentFunction<Op extends string> = <
  const S extends Shape,
  D extends DType,
  const I extends Shape,
  E extends DType,
  const K extends Dim,
>(
  data: Tensor<S, D> & FirstMessage<CheckDType<Op, D, "float32" | "int32">, CheckDefaultAxis<Op, S, 0, D>>,
  segmentIds: Tensor<I, E> & FirstMessage<CheckDType<Op, E, "int32">, CheckSegments<Op, S, I>>,
  numSegments: K & CheckCountOrName<Op, "numSegments", K>,
) => Tensor<Segments<S, K>, D>;

/** The public function of what is made of rows, their segments, and how many of these there are. */
export function segmentFunction<const Op extends string>(
  op: Op,
  build: (rows: Node, segments: Node, numSegments: Dim) => Node,
): SegmentFunction<Op> {
  return opFunction(op, ["data", "segmentIds", "numSegments"], (data, segmentIds, numSegments) => {
    const [rows, segments] = [nodeOf(data, op), nodeOf(segmentIds, op)];
    if (typeof numSegments === "string") refuse("SW_VALUE", op, checkDims(op, [numSegments], "none"));
    else checkOption(op, "numSegments", numSegments, required(count));
    refuse("SW_DTYPE", op, checkDType(op, rows.dtype, ["float32", "int32"]));
    refuse("SW_VALUE", op, checkAxis(op, rows.shape, 0));
    refuse("SW_DTYPE", op, checkDType(op, segments.dtype, ["int32"]));
    refuse("SW_SHAPE", op, checkSegments(op, rows.shape, segments.shape));
    return tensorOf(calling(op, () => build(rows, segments, numSegments)));
  });
}

/** What an op of segments is told. */
export interface SegmentAttributes {
  readonly numSegments: Dim;
}

type SegmentName = { [K in OpName]: OpTable[K] extends SegmentAttributes ? K : never }[OpName];

/** What tells one op of segments from another. */
export interface SegmentRule<K extends SegmentName> extends Facts<K> {
  readonly name: K;
  /** TensorFlow's op. */
  readonly tensorflow: string;
  /** Whether of NaN and others TensorFlow gives what it meets last. */
  readonly losesNaN?: true;
  /** What a segment without rows has. */
  readonly start: (dtype: DType) => number;
  readonly step: (before: number, x: number, dtype: DType) => number;
  readonly gradient: GradientRule<K>;
}

/** The definition of an op that makes one row of those of each segment. Inputs: the rows and their segments. */
export function defineSegment<K extends SegmentName>(rule: SegmentRule<K>): ValueOpDefinition<K> {
  const { name, start, step } = rule;
  const reference = ([x, segments]: readonly NdArray[], { shape, dtype }: RunContext<K>) => {
    checkInRange(segments!.data, shape[0]!, noPlace);
    const found = generate(shape, dtype, () => start(dtype));
    const width = elementCount(shape.slice(1));
    for (const [i, value] of x!.data.entries()) {
      const at = (segments!.data[Math.floor(i / width)] as number) * width + (i % width);
      found.data[at] = step(found.data[at] as number, value as number, dtype);
    }
    return found;
  };
  return {
    ...factsOf(rule),
    name,
    dims: ["numSegments"],
    infer([x, segments], { numSegments }: SegmentAttributes) {
      refuse("SW_DTYPE", name, checkDType(name, x!.dtype, ["float32", "int32"]));
      refuse("SW_DTYPE", name, checkDType(name, segments!.dtype, ["int32"]));
      refuse("SW_SHAPE", name, checkSegments(name, x!.shape, segments!.shape));
      return { shape: [numSegments, ...x!.shape.slice(1)], dtype: x!.dtype };
    },
    gradient: rule.gradient,
    tensorflow(t, [x, segments], { attributes, dtype }) {
      const { numSegments } = attributes as SegmentAttributes;
      const int32 = { type: "int32" } as const;
      const types = { T: { type: dtype }, Tindices: int32, Tnumsegments: int32 } as const;
      // Of negative segments, TensorFlow leaves rows out.
      const found = inRangeIn(t, segments!, t.size(numSegments));
      const made = t.op(rule.tensorflow, [x!, found, t.size(numSegments)], types);
      return rule.losesNaN && dtype === "float32" ? withNaN(t, made, x!, found, numSegments) : made;
    },
    // Its TensorFlow rule is several kernels: generated code computes it on the host everywhere.
    tfjs: onHost<K>(reference).tfjs,
    reference,
    flops: ({ inputs: [x] }) => elementCount(x!),
    inRange: ({ inputs: [, segments], attributes }) => ({
      numbers: segments!,
      size: (attributes as SegmentAttributes).numSegments,
    }),
  } as ValueOpDefinition<K>;
}

/** NaN in the place of what is made of segments with NaN in them. */
function withNaN(
  t: TensorflowLowering,
  made: TensorRef,
  x: TensorRef,
  segments: TensorRef,
  numSegments: Dim,
): TensorRef {
  const [float, int32] = [{ type: "float32" }, { type: "int32" }] as const;
  const isNaN = t.op("IsNan", [x], { T: float });
  const counted = t.op("Cast", [isNaN], { SrcT: { type: "bool" }, DstT: int32, Truncate: { bool: false } });
  const types = { T: int32, Tindices: int32, Tnumsegments: int32 } as const;
  const count = t.op("UnsortedSegmentSum", [counted, segments, t.size(numSegments)], types);
  const has = t.op("Greater", [count, t.constant(0, "int32")], { T: int32 });
  return t.op("SelectV2", [has, t.constant(Number.NaN, "float32"), made], { T: float });
}
