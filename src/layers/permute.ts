import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { aNumber, listOf, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type Transpose, transposeOp } from "../ops/transpose.js";
import type { Dim, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import type { Moment } from "../types/settled.js";
import { type Show, show } from "../types/show.js";
import { type LayerKind, type LayerRule, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

export const notPermuted = "permute: {to} of {shape} must name each axis behind the first once";

/** `unknown` where each axis but the first is named once, else the message. */
type CheckPermute<S extends Shape, P extends number[]> = number extends S["length"] | P["length"] | P[number]
  ? unknown
  : [[0, ...P]["length"], Exclude<keyof S & `${number}`, "0">] extends [S["length"], `${P[number]}`]
    ? unknown
    : Message<typeof notPermuted, { to: Show<P>; shape: Show<S> }>;

/** Runtime twin of `CheckPermute`. */
function checkPermute(shape: readonly Dim[], dims: readonly number[]): string | undefined {
  const all = shape.length === dims.length + 1 && shape.every((_, axis) => axis === 0 || dims.includes(axis));
  return all ? undefined : fill(notPermuted, { to: show(dims), shape: show(shape) });
}

/** The shape rule of `permute` in `sequential`. */
export interface PermuteRule<P extends number[]> extends LayerRule {
  readonly weights: 0;
  readonly op: "permute";
  readonly takes: DType;
  readonly gives: this["dtype"];
  readonly check: this["in"] extends infer S extends Shape ? CheckPermute<S, P> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Transpose<S, [0, ...P]> : Shape;
}

/**
 * The same elements with the axes behind the first, the batch, in another order.
 *
 * @param x rank 2 or more, any dtype
 * @param dims axis i of the result is axis `dims[i - 1]` of x; the first axis, 0, stays and is not named
 * @returns the axes in that order; without x, a layer for `sequential`
 * @throws SW_SHAPE when `dims` does not name each of them once
 * @example
 * const columns = permute(input(["batch", "time", 64]), [2, 1]); // Tensor<["batch", 64, "time"], "float32">
 */
export function permute<const P extends number[], Now extends Moment = "now">(dims: P): Waiting<PermuteRule<P>, Now>;
export function permute<const S extends Shape, D extends DType, const P extends number[]>(
  x: Tensor<S, D>,
  dims: P & CheckPermute<S, P>,
): Tensor<Transpose<S, [0, ...P]>, D>;
export function permute(...args: readonly unknown[]) {
  return layerOf(permuteLayer, args);
}

const permuteLayer: LayerKind<NamedLayer & { readonly dims: readonly number[] }> = {
  kind: "permute",
  rules: { ...named, dims: required(listOf({ ...aNumber, takes: "a list of axes" })) },
  optionsOf: ([dims, options]) => ({ ...(options as NamedLayer), dims: dims as number[] }),
  build(x, { dims }, { scope }) {
    refuse("SW_SHAPE", "permute", checkPermute(x.shape, dims));
    return tensorOf(makeNode(transposeOp, [nodeOf(x)], { permutation: [0, ...dims] }, scope));
  },
};
