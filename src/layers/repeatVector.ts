import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { count, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { reshapeOp } from "../ops/reshape.js";
import { repeated } from "../ops/shared/repeated.js";
import { insertAxis } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import type { Moment } from "../types/settled.js";
import { type Show, show } from "../types/show.js";
import { type LayerKind, type LayerRule, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

export const notVectors = "repeatVector: takes [batch, features], got {shape}";

/** `unknown` where a tensor is a batch of vectors, else the message. */
type CheckVectors<S extends Shape> = number extends S["length"]
  ? unknown
  : S["length"] extends 2
    ? unknown
    : Message<typeof notVectors, { shape: Show<S> }>;

/** Runtime twin of `CheckVectors`. */
function checkVectors(shape: readonly Dim[]): string | undefined {
  return shape.length === 2 ? undefined : fill(notVectors, { shape: show(shape) });
}

/** The shape with the vector's copies on a new axis. */
type RepeatVector<S, N extends number> = S extends [infer B extends Dim, infer C extends Dim]
  ? [B, N, C]
  : [number, N, number];

/** The shape rule of `repeatVector` in `sequential`. */
export interface RepeatVectorRule<N extends number> extends LayerRule {
  readonly weights: 0;
  readonly op: "repeatVector";
  readonly takes: DType;
  readonly gives: this["dtype"];
  readonly check: this["in"] extends infer S extends Shape ? CheckVectors<S> : unknown;
  readonly out: RepeatVector<this["in"], N>;
}

/**
 * Each vector several times, along a new axis: the same for every step of a sequence.
 *
 * @param x [batch, features], any dtype
 * @param n how often
 * @returns [batch, n, features]; without x, a layer for `sequential`
 * @throws SW_VALUE when n is no positive integer; SW_SHAPE when x is no batch of vectors
 * @example
 * const steps = repeatVector(input(["batch", 64]), 20); // Tensor<["batch", 20, 64], "float32">
 */
export function repeatVector<const N extends number, Now extends Moment = "now">(
  n: N & CheckCount<"repeatVector", "n", N>,
): Waiting<RepeatVectorRule<N>, Now>;
export function repeatVector<B extends Dim, C extends Dim, D extends DType, const N extends number>(
  x: Tensor<[B, C], D>,
  n: N & CheckCount<"repeatVector", "n", N>,
): Tensor<[B, N, C], D>;
export function repeatVector(...args: readonly unknown[]) {
  return layerOf(repeatVectorLayer, args);
}

const repeatVectorLayer: LayerKind<NamedLayer & { readonly n: number }> = {
  kind: "repeatVector",
  rules: { ...named, n: required(count) },
  optionsOf: ([n, options]) => ({ ...(options as NamedLayer), n: n as number }),
  build(x, { n }, { scope }) {
    refuse("SW_SHAPE", "repeatVector", checkVectors(x.shape));
    const apart = makeNode(reshapeOp, [nodeOf(x)], { shape: insertAxis(x.shape, 1) }, scope);
    return tensorOf(repeated(apart, 1, n, "all"));
  },
};
