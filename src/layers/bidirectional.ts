import type { DType } from "../ir/dtype.js";
import { anything, checkOptions, oneOf } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { concat } from "../ops/concat.js";
import { multiply } from "../ops/multiply.js";
import type { MultiplyDims } from "../types/arithmetic.js";
import type { Dim, UnknownShape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { frozen, isFrozen } from "./frozen.js";
import { gruKind } from "./gru.js";
import {
  type ApplyRule,
  type CheckRule,
  type FloatRule,
  isLayer,
  type Layer,
  type LayerLike,
  type LayerRule,
  layerOf,
  type NamedLayer,
  named,
} from "./layer.js";
import { lstmKind } from "./lstm.js";
import { type RecurrentKind, recurrentLayer } from "./recurrent/recurrentOf.js";
import { simpleRnnKind } from "./simpleRnn.js";

/** How the outputs of both directions become one. */
export type MergeMode = "concat" | "sum" | "mul" | "ave";

/** Options of `bidirectional`. */
export interface BidirectionalOptions<M extends MergeMode> extends NamedLayer {
  /** How the outputs of both directions become one: side by side, or their sum, product or mean. @default "concat" */
  readonly mergeMode?: M;
}

/** The shape rule of `bidirectional` in `sequential`. */
export interface BidirectionalRule<R extends LayerRule, M extends MergeMode> extends FloatRule<"bidirectional"> {
  /** Of another layer than a recurrent one something is said where it stands. */
  readonly check: unknown extends CheckRecurrent<R["op"]> ? CheckRule<R, this["in"], this["dtype"] & DType> : unknown;
  readonly out: Merged<ApplyRule<R, this["in"]>, M>;
}

type Merged<S, M extends MergeMode> = "concat" extends M ? ([M] extends ["concat"] ? Doubled<S> : UnknownShape) : S;

type Doubled<S> = { s: S } extends { s: [infer B extends Dim, infer U extends Dim] }
  ? [B, MultiplyDims<U, 2>]
  : { s: S } extends { s: [infer B extends Dim, infer T extends Dim, infer U extends Dim] }
    ? [B, T, MultiplyDims<U, 2>]
    : UnknownShape;

export const notRecurrent = "bidirectional: takes lstm(), gru() or simpleRnn(), got {kind}";

type CheckRecurrent<Op extends string> = string extends Op
  ? unknown
  : Op extends "lstm" | "gru" | "simpleRnn"
    ? unknown
    : Message<typeof notRecurrent, { kind: Op }>;

const rules = { ...named, mergeMode: oneOf(["concat", "sum", "mul", "ave"]) };

const kinds: Readonly<Record<string, RecurrentKind<any>>> = { lstm: lstmKind, gru: gruKind, simpleRnn: simpleRnnKind };

/**
 * A recurrent layer in both directions: beside the layer that is given, one of its kind with its options and weights of its own, which
 * goes the other way. Of all outputs, those of one step stand in one place.
 * Source: Schuster and Paliwal, "Bidirectional recurrent neural networks" (1997).
 *
 * @param layer `lstm`, `gru` or `simpleRnn` without its input
 * @param options `mergeMode`, `name`
 * @returns a layer, for `sequential` and to be called
 * @throws SW_VALUE when the layer is none of these; what the layer throws whose input does not fit
 * @example
 * const text = input(["batch", "time", 64]);
 * const both = bidirectional(gru({ units: 32, returnSequences: true }));
 * const tags = both(text); // Tensor<["batch", "time", 64], "float32">
 */
export function bidirectional<R extends LayerRule, const M extends MergeMode = "concat">(
  layer: LayerLike<R> & CheckRecurrent<R["op"]>,
  options: BidirectionalOptions<M> = {},
): Layer<BidirectionalRule<R, M>> {
  checkOptions<BidirectionalOptions<M>>("bidirectional", options, rules);
  const forward = layer as unknown;
  const kind = isLayer(forward) ? forward.scope.kind : undefined;
  const of = kind === undefined ? undefined : kinds[kind];
  const found = kind ?? "what is no layer";
  refuse("SW_VALUE", "bidirectional", of ? undefined : fill(notRecurrent, { kind: found }));
  return layerOf(bothWays(forward as Layer, of!), [options]) as Layer<BidirectionalRule<R, M>>;
}

/** The layer and its mirror, which is made once. */
function bothWays(forward: Layer, of: RecurrentKind<any>) {
  const { name, ...options } = forward.scope.options as NamedLayer & { readonly goBackwards?: boolean };
  const own = { ...options, goBackwards: !options.goBackwards, ...(name !== undefined && { name: `${name}Backward` }) };
  const mirror = layerOf(recurrentLayer(of, {}, undefined, true), [own]) as Layer;
  const backward = isFrozen(forward) ? frozen(mirror) : mirror;
  return {
    kind: "bidirectional",
    rules: { ...rules, layer: anything },
    optionsOf: ([given]: readonly unknown[]) => ({ ...(given as BidirectionalOptions<MergeMode>), layer: forward }),
    build(x: Tensor<any>, { mergeMode = "concat" }: BidirectionalOptions<MergeMode>) {
      refuse("SW_DTYPE", "bidirectional", checkDType("bidirectional", x.dtype, ["float32"]));
      return merged[mergeMode](forward(x as never) as Tensor<any>, backward(x as never) as Tensor<any>);
    },
  };
}

const merged: Readonly<Record<MergeMode, (a: Tensor<any>, b: Tensor<any>) => Tensor<any>>> = {
  concat: (a, b) => concat([a, b], -1),
  sum: (a, b) => add(a, b),
  mul: (a, b) => multiply(a, b),
  ave: (a, b) => multiply(add(a, b), 0.5),
};
