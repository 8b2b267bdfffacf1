import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { aNumber, checkOption, listOf } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, IsUnknown, Shape, SplitFirst, UnknownShape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import { coordinatesOf, indexOf } from "./shared/strides.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Axis i of the result is axis `permutation[i]` of the input. */
    transpose: { readonly permutation: readonly number[] };
  }
}

/** The shape with its axes in another order; reversed where none is given. */
export type Transpose<S extends Shape, P extends number[] | undefined> = P extends number[]
  ? number extends S["length"] | P["length"]
    ? UnknownShape
    : Permute<S, P, []>
  : Reverse<S, []>;

/** Runtime twin of `Transpose`. */
export function transposed(shape: readonly Dim[], permutation: readonly number[]): Dim[] {
  return permutation.map((axis) => shape[axis]!);
}

type Permute<S extends Shape, P extends number[], Done extends Shape> = P extends [
  infer Axis extends number,
  ...infer Rest extends number[],
]
  ? Permute<S, Rest, [...Done, Pick<S, Axis>]>
  : Done;

/** One axis of a shape: a type parameter stays as it is, an axis that does not exist is an unknown size. */
type Pick<S extends Shape, Axis extends number> =
  IsUnknown<Axis> extends true ? number : `${Axis}` extends keyof S ? S[Axis] : number;

type Reverse<S, Done extends Shape> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer First extends Dim, infer Rest]
      ? Reverse<Rest, [First, ...Done]>
      : Split extends []
        ? Done
        : UnknownShape
    : never;

export const notPermutation = "transpose: permutation {to} of {shape} must name each axis once";

/** `unknown` where a permutation names each axis of a shape once, else the message. */
export type CheckTranspose<S extends Shape, P extends number[] | undefined> = P extends number[]
  ? number extends S["length"]
    ? unknown
    : HasUnknown<P> extends true
      ? unknown
      : [P["length"], keyof S & `${number}`] extends [S["length"], `${P[number]}`]
        ? unknown
        : Message<typeof notPermutation, { to: Show<P>; shape: Show<S> }>
  : unknown;

type HasUnknown<P> = P extends [infer Axis, ...infer Rest]
  ? IsUnknown<Axis> extends true
    ? true
    : HasUnknown<Rest>
  : P extends []
    ? false
    : true;

/** Runtime twin of `CheckTranspose`. */
export function checkTranspose(shape: readonly Dim[], permutation: readonly number[]): string | undefined {
  if (permutation.length === shape.length && shape.every((_, axis) => permutation.includes(axis))) return undefined;
  return fill(notPermutation, { to: show(permutation), shape: show(shape) });
}

export const transposeOp: ValueOpDefinition<"transpose"> = {
  name: "transpose",
  words: { noun: "transposed" },
  traits: ["keepsFinite", "keepsSign"],
  infer([x], { permutation }) {
    refuse("SW_VALUE", "transpose", checkTranspose(x!.shape, permutation));
    return { shape: transposed(x!.shape, permutation), dtype: x!.dtype };
  },
  gradient({ b, dy, node }) {
    // Every axis of dy back in its old place: the inverse permutation.
    const { permutation } = node.attributes;
    return [b.op("transpose", [dy], { permutation: permutation.map((_, axis) => permutation.indexOf(axis)) })];
  },
  tensorflow: (t, [x], { attributes: { permutation }, dtype }) =>
    t.op("Transpose", [x!, t.constant(permutation, "int32")], { T: { type: dtype }, Tperm: { type: "int32" } }),
  tfjs: (k, [x], { attributes: { permutation } }) => k.run("Transpose", { x: x! }, { perm: [...permutation] }),
  reference([x], { attributes: { permutation }, shape, dtype }) {
    return generate(shape, dtype, (i) => {
      const coordinates = coordinatesOf(i, shape);
      return x!.data[
        indexOf(
          x!.shape.map((_: Dim, axis: number) => coordinates[permutation.indexOf(axis)]!),
          x!.shape,
        )
      ]!;
    });
  },
  flops: noFlops,
};

export const transposeSamples: Samples<"transpose"> = () => [
  { inputs: [ramp([2, 3])], attributes: { permutation: [1, 0] } },
  { inputs: [ramp([2, 3, 4])], attributes: { permutation: [1, 2, 0] } },
  { inputs: [ramp([2, 3, 4])], attributes: { permutation: [0, 2, 1] } },
  { inputs: [ramp([2, 1, 3, 2])], attributes: { permutation: [3, 1, 0, 2] } },
  { inputs: [ramp([3])], attributes: { permutation: [0] } },
  { inputs: [ramp([])], attributes: { permutation: [] } },
  { inputs: [array(new Int32Array([1, 2, 3, 4, 5, 6]), [2, 3])], attributes: { permutation: [1, 0] } },
];

/**
 * The same elements with the axes in another order.
 *
 * @param x any shape and dtype
 * @param permutation axis i of the result is axis `permutation[i]` of x; all axes reversed unless said otherwise
 * @throws SW_VALUE when the permutation does not name each axis once
 * @example
 * const x = input(["batch", "time", 64]);
 * transpose(x, [0, 2, 1]); // Tensor<["batch", 64, "time"], "float32">
 * transpose(x);            // Tensor<[64, "time", "batch"], "float32">
 */
export function transpose<const S extends Shape, D extends DType, const P extends number[] | undefined = undefined>(
  x: Tensor<S, D>,
  permutation?: P & CheckTranspose<S, P>,
): Tensor<Transpose<S, P>, D> {
  const node = nodeOf(x, "transpose");
  checkOption("transpose", "permutation", permutation, listOf({ ...aNumber, takes: "a list of axes" }));
  const axes = permutation ?? node.shape.map((_, axis) => node.rank - 1 - axis);
  return tensorOf(makeNode(transposeOp, [node], { permutation: axes }));
}
