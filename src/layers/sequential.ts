import type { DType } from "../ir/dtype.js";
import { ShapewrightError } from "../ir/errors.js";
import { inWords } from "../ir/inWords.js";
import { isCallable } from "../ir/isCallable.js";
import { isTensor, nodeOf, tensorOf } from "../ir/node.js";
import { refuse } from "../ir/refuse.js";
import { returnedNode } from "../ir/returned.js";
import type { AnyTensor, Tensor, TensorLike } from "../ir/tensor.js";
import type { AddDims } from "../types/arithmetic.js";
import type { IsUnknown, SameNow, Shape } from "../types/dim.js";
import { fill, type IsMessage, type Message } from "../types/message.js";
import { sameShape } from "../types/same-shape.js";
import type { Show } from "../types/show.js";
import { activation, type KeepShape } from "./activation.js";
import {
  type Activation,
  type ApplyDType,
  type ApplyRule,
  type CheckRule,
  type FloatRule,
  isLayer,
  type KeepsShape,
  type Layer,
  type LayerLike,
  type LayerRule,
} from "./layer.js";

/**
 * One walk over the layers' rules: at which layer it ends with which message, if it does, and the shape and dtype that come
 * out. After a mistake these are unknown, and no later layer complains.
 */
export type Walk<S, D, Rules extends LayerRule[]> = number extends Rules["length"]
  ? { at: ""; message: unknown; out: any; dtype: any }
  : Steps<S, D, Rules>;

type Steps<S, D, Rules extends LayerRule[], Passed extends unknown[] = []> = Rules extends [
  infer R extends LayerRule,
  ...infer Rest extends LayerRule[],
]
  ? MustTake<R, S, D, Rest, Passed>
  : { at: ""; message: unknown; out: S; dtype: D };

/** One step. An alias of its own: while it is open, within a generic function, editors show it by this name. */
type MustTake<R extends LayerRule, S, D, Rest extends LayerRule[], Passed extends unknown[]> =
  IsMessage<CheckRule<R, S, D & DType>> extends true
    ? Refused<CheckRule<R, S, D & DType>, Passed>
    : MayTake<R, S, D, Rest, Passed>;

/** The same where no message is seen yet. */
type MayTake<R extends LayerRule, S, D, Rest extends LayerRule[], Passed extends unknown[]> =
  unknown extends CheckRule<R, S, D & DType>
    ? Steps<ApplyRule<R, S>, ApplyDType<R, D>, Rest, [...Passed, R]>
    : Refused<CheckRule<R, S, D & DType>, Passed>;

/** A walk that ends with a message, behind so many layers. */
type Refused<Message, Passed extends unknown[]> = {
  at: `${Passed["length"] & number}`;
  message: Message;
  out: any;
  dtype: any;
};

/** What may stand in `sequential` and `block` as far as TypeScript is to say it: what is no layer is refused by a message of ours. */
export type Given = object | Written;

/**
 * A function that is written there, `(x) => relu(x)`, which has its parameter's type from this. TypeScript may compare layers with it,
 * by place: that they have a scope ends it at once, before signatures are compared at length.
 */
interface Written extends KeepsShape {
  readonly scope?: never;
}

export const notALayer =
  "{op}: layer {place} is {given}, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does";

/** The rules of what is given, in its place. */
export type RulesOf<Op extends string, L extends Given[]> = { [I in keyof L]: RuleOf<Op, L[I], I> };

/** Where something stands that is no layer, as `Walk` has it. */
export type FirstOther<Rules extends LayerRule[], Passed extends unknown[] = []> = Rules extends [
  infer R extends LayerRule,
  ...infer Rest extends LayerRule[],
]
  ? R extends { readonly noLayer: infer Message }
    ? Refused<Message, Passed>
    : FirstOther<Rest, [...Passed, R]>
  : { at: ""; message: unknown };

/** Asked of the walk as a conditional type: TypeScript would let anything pass for one of its members while the walk is open. */
export type MessageAt<I, W> = W extends { at: I; message: infer Message } ? Message : unknown;

type RuleOf<Op extends string, T, I> = T extends { readonly scope: unknown; readonly rule?: infer R extends LayerRule }
  ? R
  : T extends () => LayerLike
    ? NoLayerRule<Op, T, I>
    : T extends KeepsShape
      ? KeepShape<"activation">
      : T extends (x: Tensor<infer S extends Shape>) => Tensor<infer Out extends Shape>
        ? KeepsOne<S, Out, Op> extends true
          ? KeepOneRule<Op, S, I>
          : NoLayerRule<Op, T, I>
        : NoLayerRule<Op, T, I>;

/**
 * Is it a function of one shape, as its annotation says it, that gives the same? Of one that is generic itself, whose sizes are `number` or
 * `string` here, this is not known: it may turn them around. So may one of several sizes.
 */
type KeepsOne<S extends Shape, Out, Now> = true extends {
  [I in keyof S]: SameNow<IsUnknown<S[I]>, true, Now>;
}[number]
  ? false
  : SameNow<S, Out, Now>;

/** The rule of a function of one shape, `(x: Tensor<["batch", 8]>) => add(x, x)`. Of another, it is no layer. */
export interface KeepOneRule<Op extends string, S extends Shape, I> extends FloatRule<"activation"> {
  readonly weights: 0;
  readonly check: MustBeOf<this["in"], S, NotGiven<Op, `a function of ${Show<S>}`, I>>;
  readonly out: this["in"];
}

/** Asked within an object, where TypeScript settles it for type parameters that are the same. */
type MustBeOf<From, To, Message> = { s: From } extends { s: To } ? unknown : Message;

/** The rule of what is no layer: it takes nothing. Of a block this is said where its layers are, and not again where it is applied. */
interface NoLayerRule<Op extends string, T, I> extends LayerRule {
  readonly op: Op;
  readonly takes: DType;
  readonly gives: unknown;
  readonly check: Op extends "block" ? unknown : NoLayer<Op, T, I>;
  readonly noLayer: NoLayer<Op, T, I>;
  readonly out: any;
}

type NoLayer<Op extends string, T, I> = NotGiven<
  Op,
  T extends (...args: any) => unknown ? "a function" : T extends TensorLike ? "a tensor" : "an object",
  I
>;

type NotGiven<Op extends string, Given extends string, I> = Message<
  typeof notALayer,
  { op: Op; place: AddDims<IndexOf<I>, 1> & number; given: Given }
>;

type IndexOf<I> = I extends `${infer Index extends number}` ? Index : number;

/** What must stand where `L` stands, after an input of shape `S` and dtype `D`. */
type Layers<S extends Shape, D extends DType, L extends Given[]> = {
  [I in keyof L]: L[I] & MessageAt<I, Walk<S, D, RulesOf<"sequential", L>>>;
};

/**
 * Applies layers one after another.
 *
 * @param x the first layer's input
 * @param layers layers without their input: `dense({ units: 10 })`, `flatten()`, …; functions that keep the shape, such as `relu`, or
 *   `(x: Tensor<["batch", 8]>) => add(x, x)` where that shape comes in
 * @returns the last layer's output
 * @throws SW_VALUE when one of them is no layer; what a layer throws whose input does not fit
 * @example
 * const logits = sequential(input(["batch", 28, 28]), flatten(), dense({ units: 10 })); // Tensor<["batch", 10], "float32">
 */
export function sequential<const S extends Shape, D extends DType, L extends Given[]>(
  x: Tensor<S, D>,
  ...layers: Layers<S, D, L>
): Result<Walk<S, D, RulesOf<"sequential", L>>> {
  return applyAll("sequential", x, layers) as never;
}

type Result<W> = W extends { out: infer S extends Shape; dtype: infer D extends DType }
  ? Tensor<S, D>
  : Tensor<any, any>;

/** Applies layers one after another; refuses what is no layer. */
export function applyAll(op: string, x: AnyTensor, layers: readonly unknown[]): AnyTensor {
  const first: unknown = x;
  const isLayers = isLayer(first) || Array.isArray(first);
  refuse("SW_VALUE", op, isLayers ? noInput(op, Array.isArray(first) ? "a list" : "a layer") : undefined);
  nodeOf(x, op);
  return layers.reduce<AnyTensor>((value, given, i) => {
    const layer = isLayer(given) ? given : keepingShape(op, given, i);
    return tensorOf(returnedNode(op, `layer ${i + 1}`, layer(value), { takes: "a tensor" }));
  }, x);
}

function noInput(op: string, given: string): string {
  return `${op}: takes the input first and then layers, sequential(x, flatten(), …), got ${given} first; block(flatten(), …) makes one layer of several`;
}

/** A function as a layer. That it keeps the shape is known when it is called. */
function keepingShape(op: string, given: unknown, index: number): Layer {
  refuse("SW_VALUE", op, isCallable(given) ? undefined : checkGiven(op, given, index));
  const f = given as Activation;
  const kept: Activation = (x) => {
    const y = outputOf(f, x);
    const keeps = isTensor(y) && sameShape(y.shape, x.shape) && y.dtype === x.dtype;
    refuse("SW_VALUE", op, keeps ? undefined : checkGiven(op, given, index));
    return y as typeof x;
  };
  return activation(Object.defineProperty(kept, "name", { value: f.name }));
}

/** What a function gives, called once; nothing where it is one that makes a layer, such as `flatten`, and was not called to make it. */
function outputOf(f: Activation, x: Parameters<Activation>[0]): unknown {
  // Those that make layers take what they are given as a list; others can, too.
  if (f.length > 0) return f(x);
  try {
    const y: unknown = f(x);
    return isTensor(y) && nodeOf(y).scope?.kind === f.name ? undefined : y;
  } catch (error) {
    if (error instanceof ShapewrightError && error.op === f.name) return undefined;
    throw error;
  }
}

/** Runtime twin of `NoLayer`. */
function checkGiven(op: string, value: unknown, index: number): string {
  const isObject = typeof value === "object" && value !== null;
  const given = isTensor(value) ? "a tensor" : isObject ? "an object" : inWords(value);
  return fill(notALayer, { op, place: index + 1, given });
}
