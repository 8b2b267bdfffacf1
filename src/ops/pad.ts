import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import { checkOption, float32, int32, listOf, type OptionRule, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { TensorflowLowering } from "../ir/tensorflow-lowering.js";
import { type AddDims, addDims } from "../types/arithmetic.js";
import type { Dim, IsUnknown, SameBeside, Shape, SplitFirst, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { checkSizes } from "./shared/checkDims.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { noFlops } from "./shared/flops.js";
import { type CheckMirrored, checkMirrored, type Mirror, mirrored } from "./shared/mirrored.js";
import { ramp } from "./shared/ramp.js";
import { coordinatesOf, indexOf } from "./shared/strides.js";
import { limitAxes } from "./shared/tensorflow-limits.js";

/** How many elements to put before and after those of an axis. */
export type Padding = [before: Dim, after: Dim];

declare module "../ir/node.js" {
  interface OpTable {
    pad: { readonly paddings: readonly (readonly [before: Dim, after: Dim])[]; readonly value: number };
  }
}

/** The shape with each axis longer by what is put before and after. */
export type Pad<S extends Shape, P extends Padding[]> = number extends S["length"]
  ? UnknownShape
  : number extends P["length"]
    ? { [Axis in keyof S]: number }
    : PadAxes<S, P, []>;

/** Runtime twin of `Pad`. */
export function padded(shape: readonly Dim[], paddings: readonly (readonly [Dim, Dim])[]): Dim[] {
  return shape.map((dim, axis) => addDims(addDims(dim, paddings[axis]![0]), paddings[axis]![1]));
}

type PadAxes<S, P, Done extends Shape> =
  SplitFirst<S> extends [infer D extends Dim, infer Rest]
    ? { p: P } extends { p: [[infer Before extends Dim, infer After extends Dim], ...infer RestP] }
      ? PadAxes<Rest, RestP, [...Done, AddDims<AddDims<D, Before>, After>]>
      : UnknownShape
    : Done;

export const paddingsMissing = "pad: {shape} takes {m} pairs of paddings, got {n}";
export const paddingNotSize = "pad: axis {axis} of {shape} cannot be padded by {to}";

/** `unknown` where there is a pair of sizes for each axis, else the message. */
export type CheckPad<S extends Shape, P extends Padding[], Beside = S> = number extends S["length"] | P["length"]
  ? unknown
  : P["length"] extends S["length"]
    ? FirstNegative<P, [], Beside> extends [
        infer Before extends Dim,
        infer After extends Dim,
        infer Axis extends number,
      ]
      ? Message<typeof paddingNotSize, { axis: Axis; shape: Show<S>; to: Show<[Before, After]> }>
      : unknown
    : Message<typeof paddingsMissing, { shape: Show<S>; m: S["length"]; n: P["length"] }>;

/** Runtime twin of `CheckPad`. */
export function checkPad(shape: readonly Dim[], paddings: readonly (readonly [Dim, Dim])[]): string | undefined {
  if (paddings.length !== shape.length) {
    return fill(paddingsMissing, { shape: show(shape), m: shape.length, n: paddings.length });
  }
  const axis = paddings.findIndex((pair) =>
    pair.some((n) => typeof n === "number" && !(Number.isSafeInteger(n) && n >= 0)),
  );
  return axis < 0 ? undefined : fill(paddingNotSize, { axis, shape: show(shape), to: show(paddings[axis]!) });
}

type FirstNegative<P, Passed extends unknown[], Beside> = { p: P } extends {
  p: [[infer Before, infer After], ...infer Rest];
}
  ? SameBeside<IsPadding<Before> & IsPadding<After>, never, Beside> extends true
    ? [Before, After, Passed["length"]]
    : FirstNegative<Rest, [...Passed, 0], Beside>
  : "none";

/** `never` where it is none. */
type IsPadding<N> =
  IsUnknown<N> extends true
    ? true
    : N extends number
      ? `${N}` extends `-${string}` | `${string}.${string}`
        ? never
        : true
      : true;

/** The paddings as TensorFlow takes them: a matrix of two columns. */
function paddingMatrix(t: TensorflowLowering, paddings: readonly (readonly [Dim, Dim])[]) {
  const flat = paddings.flat();
  const shape = [paddings.length, 2];
  if (flat.every((n) => typeof n === "number")) {
    return t.constantArray(array(Int32Array.from(flat), shape));
  }
  return t.op("Reshape", [t.shape(flat), t.constant(shape, "int32")], {
    T: { type: "int32" },
    Tshape: { type: "int32" },
  });
}

export const padOp: ValueOpDefinition<"pad"> = {
  name: "pad",
  dims: ["paddings"],
  words: { noun: "padded" },
  traits: ["keepsFinite"],
  infer([x], { paddings }) {
    refuse("SW_DTYPE", "pad", checkDType("pad", x!.dtype, ["float32", "int32"]));
    refuse("SW_VALUE", "pad", checkPad(x!.shape, paddings));
    return { shape: padded(x!.shape, paddings), dtype: x!.dtype };
  },
  gradient({ b, inputs: [x], dy, node: { attributes } }) {
    // The part of dy that came from x.
    return [b.op("slice", [dy], { begin: attributes.paddings.map(([before]) => before), size: x!.shape })];
  },
  tensorflow(t, [x], { attributes: { paddings, value }, dtype, shape }) {
    limitAxes("pad", shape, 6);
    return t.op("PadV2", [x!, paddingMatrix(t, paddings), t.constant(value, dtype)], {
      T: { type: dtype },
      Tpaddings: { type: "int32" },
    });
  },
  tfjs: (k, [x], { attributes: { paddings, value }, size }) =>
    k.run("PadV2", { x: x! }, { paddings: paddings.map((pair) => pair.map(size)), constantValue: value }),
  reference: ([x], { attributes: { paddings, value }, shape, dtype, size }) =>
    generate(shape, dtype, (i) => {
      const place = coordinatesOf(i, shape).map((coordinate, axis) => coordinate - size(paddings[axis]![0]));
      const inside = place.every((coordinate, axis) => coordinate >= 0 && coordinate < x!.shape[axis]!);
      return inside ? x!.data[indexOf(place, x!.shape)]! : value;
    }),
  flops: noFlops,
};

export const padSamples: Samples<"pad"> = () => [
  {
    inputs: [ramp([2, 3])],
    attributes: {
      paddings: [
        [1, 2],
        [0, 1],
      ],
      value: 0,
    },
  },
  { inputs: [ramp([3])], attributes: { paddings: [[0, 2]], value: -1.5 } },
  {
    inputs: [ramp([2, 1, 2])],
    attributes: {
      paddings: [
        [0, 0],
        [2, 1],
        [0, 3],
      ],
      value: 4,
    },
  },
  {
    inputs: [ramp([2, 2])],
    attributes: {
      paddings: [
        [0, 0],
        [0, 0],
      ],
      value: 1,
    },
  },
  { inputs: [array(new Int32Array([1, 2, 3]), [3])], attributes: { paddings: [[1, 1]], value: 7 } },
];

/** What stands in the new places: a number, or the tensor's own elements the other way round. */
const fillRules = { float32: orMirror(float32), int32: orMirror(int32) };

function orMirror<const Takes extends string>({ takes, accepts }: OptionRule & { readonly takes: Takes }) {
  return {
    takes: `${takes}, "reflect" or "symmetric"`,
    accepts: (value: unknown) => isMirror(value) || accepts(value),
  } as const;
}

/** `unknown` where a dtype has what is to stand in the new places, or nothing is known of it, else the message. */
interface CheckFill<V extends number | Mirror> extends Readonly<Record<Exclude<DType, "int32">, unknown>> {
  readonly int32: V extends number ? CheckInt32<"pad", "value", V, (typeof fillRules)["int32"]> : unknown;
}

function isMirror(value: unknown): value is Mirror {
  return value === "reflect" || value === "symmetric";
}

/**
 * A tensor with more elements around it.
 *
 * @param x any shape; float32 or int32
 * @param paddings for each axis how many elements come before and after it
 * @param value what they are: a number, 0 unless said otherwise; or x's own elements the other way round, without its outermost ones
 * (`"reflect"`: 3 2 | 1 2 3 | 2 1) or with them (`"symmetric"`: 2 1 | 1 2 3 | 3 2)
 * @throws SW_VALUE when there is not a pair for each axis, or a negative size; SW_SHAPE when x has fewer elements than are mirrored:
 * of named sizes, when the program runs; SW_DTYPE when x is neither float32 nor int32
 * @example
 * const x = input(["batch", 28, 28]);
 * pad(x, [[0, 0], [2, 2], [2, 2]]);            // Tensor<["batch", 32, 32], "float32">
 * pad(x, [[0, 0], [1, 1], [1, 1]], "reflect"); // Tensor<["batch", 30, 30], "float32">
 */
export function pad<
  const S extends Shape,
  D extends DType,
  const P extends Padding[],
  const V extends number | Mirror = 0,
>(
  x: Tensor<S, D> & CheckDType<"pad", D, "float32" | "int32">,
  paddings: P & FirstMessage<CheckPad<S, P, V>, CheckMirrored<S, P, V>>,
  value?: V & CheckFill<V>[D],
): Tensor<Pad<S, P>, D> {
  const node = nodeOf(x, "pad");
  const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2;
  checkOption(
    "pad",
    "paddings",
    paddings,
    required({
      ...listOf({ takes: "a pair of sizes for each axis", accepts: isPair }),
      each: { takes: "a pair of sizes, before and after", accepts: isPair },
    }),
  );
  for (const pair of paddings) refuse("SW_VALUE", "pad", checkSizes("pad", "a pair of paddings", pair));
  const filling: number | Mirror = value ?? 0;
  checkOption("pad", "value", value, fillRules[node.dtype === "int32" ? "int32" : "float32"]);
  if (!isMirror(filling)) return tensorOf(makeNode(padOp, [node], { paddings, value: filling }));
  refuse("SW_DTYPE", "pad", checkDType("pad", node.dtype, ["float32", "int32"]));
  refuse("SW_VALUE", "pad", checkPad(node.shape, paddings));
  refuse("SW_SHAPE", "pad", checkMirrored(node.shape, paddings, filling));
  const check = { rule: "mirror", shape: node.shape, given: { paddings, mode: filling } } as const;
  return tensorOf(calling("pad", () => mirrored(node, paddings, filling), check));
}
