import { array, generate } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { axisRule, checkOption, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "../ir/tensor.js";
import { type AddDims, addDims } from "../types/arithmetic.js";
import { type CheckAxis, checkAxis, type DimAt, normalizeAxis, type ReplaceAxis, replaceAxis } from "../types/axis.js";
import type { Dim } from "../types/dim.js";
import { type CheckSameDType, checkSameDType } from "../types/dtype.js";
import { fill } from "../types/message.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { noFlops } from "./shared/flops.js";
import { type CheckJoin, type CheckSome, checkJoin, nothingJoined } from "./shared/join.js";
import { joinedInTensorflow } from "./shared/join-tensorflow.js";
import { joinedInTfjs } from "./shared/join-tfjs.js";
import type { OrMessage } from "./shared/orMessage.js";
import { ramp } from "./shared/ramp.js";
import { coordinatesOf, indexOf } from "./shared/strides.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The axis counts from the start. */
    concat: { readonly axis: number };
  }
}

/** The shape of tensors one after another along an axis, which is as long as all of theirs. */
export type Concat<T extends TensorLike[], A extends number> = ReplaceAxis<ShapeOf<T[0]>, A, TotalDim<T, A>>;

/** Runtime twin of `Concat`. */
export function concatenated(shapes: readonly (readonly Dim[])[], axis: number): Dim[] {
  const total = shapes.map((shape) => shape[axis]!).reduce((sum, dim) => addDims(sum, dim));
  return replaceAxis(shapes[0]!, axis, total);
}

type TotalDim<T extends TensorLike[], A extends number> = T extends [
  infer First extends TensorLike,
  ...infer Others extends TensorLike[],
]
  ? AddAll<DimAt<ShapeOf<First>, A>, Others, A>
  : number;

type AddAll<Sum extends Dim, T extends TensorLike[], A extends number> = T extends [
  infer Next extends TensorLike,
  ...infer Others extends TensorLike[],
]
  ? AddAll<AddDims<Sum, DimAt<ShapeOf<Next>, A>>, Others, A>
  : Sum;

/** `unknown` where a tensor can stand behind the first one, else the message. */
type CheckPart<First, T, A extends number> = FirstMessage<
  CheckSameDType<"concat", DTypeOf<First>, DTypeOf<T>>,
  CheckJoin<"concat", ShapeOf<First>, ShapeOf<T>, A>
>;

export const concatOp: ValueOpDefinition<"concat"> = {
  name: "concat",
  words: { noun: "joined" },
  traits: ["keepsFinite", "keepsSign"],
  infer(inputs, { axis }) {
    refuse("SW_VALUE", "concat", inputs.length === 0 ? fill(nothingJoined, { op: "concat" }) : undefined);
    const first = inputs[0]!;
    refuse("SW_VALUE", "concat", checkAxis("concat", first.shape, axis));
    for (const { shape, dtype } of inputs) {
      refuse("SW_DTYPE", "concat", checkSameDType("concat", first.dtype, dtype));
      refuse("SW_SHAPE", "concat", checkJoin("concat", first.shape, shape, axis));
    }
    return {
      shape: concatenated(
        inputs.map(({ shape }) => shape),
        axis,
      ),
      dtype: first.dtype,
    };
  },
  gradient({ b, inputs, dy, node: { attributes } }) {
    // Each input's gradient is the slice of dy that it became.
    let begin: Dim = 0;
    return inputs.map((x) => {
      const at: Dim[] = x.shape.map((_, axis) => (axis === attributes.axis ? begin : 0));
      begin = addDims(begin, x.shape[attributes.axis]!);
      return b.op("slice", [dy], { begin: at, size: x.shape });
    });
  },
  tensorflow: (t, inputs, { attributes: { axis }, shape, dtype }) =>
    joinedInTensorflow(t, inputs, { axis, rank: shape.length, dtype }),
  tfjs: (k, inputs, { attributes: { axis } }) => joinedInTfjs(k, inputs, axis),
  reference: (inputs, { attributes: { axis }, shape, dtype }) =>
    generate(shape, dtype, (i) => {
      const coordinates = coordinatesOf(i, shape);
      let part = 0;
      for (; coordinates[axis]! >= inputs[part]!.shape[axis]!; part++) coordinates[axis]! -= inputs[part]!.shape[axis]!;
      return inputs[part]!.data[indexOf(coordinates, inputs[part]!.shape)]!;
    }),
  flops: noFlops,
};

export const concatSamples: Samples<"concat"> = () => [
  { inputs: [ramp([2, 3]), ramp([2, 1], 5)], attributes: { axis: 1 } },
  { inputs: [ramp([2, 3]), ramp([1, 3], 5), ramp([3, 3], 8)], attributes: { axis: 0 } },
  { inputs: [ramp([2, 2, 2]), ramp([2, 3, 2], 3)], attributes: { axis: 1 } },
  { inputs: [ramp([3]), ramp([2], 4)], attributes: { axis: 0 } },
  { inputs: [ramp([2, 2])], attributes: { axis: 1 } },
  {
    inputs: [array(new Int32Array([1, 2]), [2, 1]), array(new Int32Array([3, 4, 5, 6]), [2, 2])],
    attributes: { axis: 1 },
  },
];

/**
 * Tensors one after another along an axis.
 *
 * @param tensors one or more, of one dtype and of one shape but for that axis
 * @param axis negative ones count from the end
 * @returns the same shape, with as long an axis as all of theirs together
 * @throws SW_SHAPE when the tensors differ on another axis, SW_DTYPE when their dtypes differ, SW_VALUE when the axis is out of range
 * @example
 * const both = concat([input(["batch", 64]), input(["batch", 32])], -1); // Tensor<["batch", 96], "float32">
 */
export function concat<const T extends TensorLike[], const A extends number>(
  tensors: { [K in keyof T]: T[K] & CheckPart<T[0], T[K], A> } & CheckSome<"concat", T>,
  axis: OrMessage<A, CheckAxis<"concat", ShapeOf<T[0]>, A>>,
): Tensor<Concat<T, A>, DTypeOf<T[0]>> {
  checkOption("concat", "tensors", tensors, required({ takes: "a list of tensors", accepts: Array.isArray }));
  checkOption("concat", "axis", axis, required(axisRule));
  const nodes = Array.from(tensors as readonly TensorLike[], (tensor: TensorLike) => nodeOf(tensor, "concat"));
  const shape = nodes[0]?.shape;
  const outside = shape && checkAxis("concat", shape, axis as number);
  if (outside !== undefined) {
    // The tensors stand before the axis: what is wrong with them is said first.
    for (const { dtype } of nodes) refuse("SW_DTYPE", "concat", checkSameDType("concat", nodes[0]!.dtype, dtype));
    refuse("SW_VALUE", "concat", outside);
  }
  return tensorOf(makeNode(concatOp, nodes, { axis: normalizeAxis(shape ?? [], axis as number) }));
}
