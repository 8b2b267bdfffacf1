import type { DType } from "../ir/dtype.js";
import { ShapewrightError } from "../ir/errors.js";
import { inWords } from "../ir/inWords.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { returnedNode } from "../ir/returned.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type ApplyDType, type ApplyRule, type CheckRule, isLayer, type LayerLike, type LayerRule } from "./layer.js";

/**
 * One walk over the layers' rules: at which layer it ends with which message, if it does, and the shape and dtype that come
 * out. After a mistake these are unknown, and no later layer complains.
 */
export type Walk<S, D, Rules extends LayerRule[], Passed extends unknown[] = []> = number extends Rules["length"]
  ? { at: ""; message: unknown; out: any; dtype: any }
  : Rules extends [infer R extends LayerRule, ...infer Rest extends LayerRule[]]
    ? unknown extends CheckRule<R, S, D & DType>
      ? Walk<ApplyRule<R, S>, ApplyDType<R, D>, Rest, [...Passed, R]>
      : Refused<CheckRule<R, S, D & DType>, Passed>
    : { at: ""; message: unknown; out: S; dtype: D };

/** A walk that ends with a message, behind so many layers. */
type Refused<Message, Passed extends unknown[]> = {
  at: `${Passed["length"] & number}`;
  message: Message;
  out: any;
  dtype: any;
};

/** The layers that may stand where `Rules` stand, after an input of shape `S` and dtype `D`. */
type Layers<S extends Shape, D extends DType, Rules extends LayerRule[]> = {
  [I in keyof Rules]: LayerLike<Rules[I]> & MessageAt<I, Walk<S, D, Rules>>;
};

/** Asked of the walk as a conditional type: TypeScript would let anything pass for one of its members while the walk is open. */
type MessageAt<I, W> = W extends { at: I; message: infer Message } ? Message : unknown;

/**
 * Applies layers one after another.
 *
 * @param x the first layer's input
 * @param layers layers without their input: `dense({ units: 10 })`, `flatten()`, …
 * @returns the last layer's output
 * @throws SW_VALUE when one of them is no layer; what a layer throws whose input does not fit
 * @example
 * const logits = sequential(input(["batch", 28, 28]), flatten(), dense({ units: 10 })); // Tensor<["batch", 10], "float32">
 */
export function sequential<const S extends Shape, D extends DType, Rules extends LayerRule[]>(
  x: Tensor<S, D>,
  ...layers: Layers<S, D, Rules>
): Result<Walk<S, D, Rules>> {
  return applyAll("sequential", x, layers) as never;
}

type Result<W> = W extends { out: infer S extends Shape; dtype: infer D extends DType }
  ? Tensor<S, D>
  : Tensor<any, any>;

/** Applies layers one after another; refuses what is no layer. */
export function applyAll(op: string, x: AnyTensor, layers: readonly unknown[]): AnyTensor {
  nodeOf(x);
  return layers.reduce<AnyTensor>((value, layer, i) => {
    if (!isLayer(layer)) throw new ShapewrightError("SW_VALUE", noLayer(op, layer, i), op);
    return tensorOf(returnedNode(op, `layer ${i + 1}`, layer(value), { takes: "a tensor" }));
  }, x);
}

function noLayer(op: string, value: unknown, place: number): string {
  const what = typeof value === "function" ? `the function ${value.name || "without a name"}` : inWords(value);
  const remedy = typeof value === "function" ? `activation(${value.name || "f"})` : "dense({ units: 10 })";
  return `${op}: layer ${place + 1} is ${what}, not a layer; a layer is made by a call such as ${remedy}`;
}
