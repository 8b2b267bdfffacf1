import type { DType } from "../ir/dtype.js";
import { givenInWords } from "../ir/givenInWords.js";
import { isTensor } from "../ir/node.js";
import { anything, aRecord, checkOptions, type OptionRule, oneOf } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { concat } from "../ops/concat.js";
import { multiply } from "../ops/multiply.js";
import { reshape } from "../ops/reshape.js";
import { select } from "../ops/select.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { MultiplyDims } from "../types/arithmetic.js";
import type { Dim, Shape, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import type { Moment, Settled } from "../types/settled.js";
import { backward as mirrored } from "./backward.js";
import type { CellRule, CellSizes } from "./cells/cell.js";
import { frozen, isFrozen } from "./frozen.js";
import { gruKind } from "./gru.js";
import {
  type ApplyRule,
  type CheckRule,
  type FloatRule,
  isLayer,
  type Layer,
  type LayerKind,
  type LayerLike,
  type LayerRule,
  layerOf,
  type NamedLayer,
  named,
  type Waiting,
} from "./layer.js";
import { type LstmState, lstmKind } from "./lstm.js";
import { type AlongOptions, type SequenceOptions, sequenceRules } from "./recurrent/options.js";
import {
  type Given,
  type RecurrentKind,
  type RunAlong,
  recurrentLayer,
  refuseOfSequences,
} from "./recurrent/recurrentOf.js";
import type { StateShape } from "./recurrent/shapes.js";
import { type RnnState, rnnLayer, type SampleOf } from "./rnn.js";
import { simpleRnnKind } from "./simpleRnn.js";

/** How the outputs of both directions become one. */
export type MergeMode = "concat" | "sum" | "mul" | "ave";

/** Options of `bidirectional`. */
export interface BidirectionalOptions<M extends MergeMode> extends NamedLayer {
  /**
   * How the outputs of both directions become one: `"concat"`, side by side; `"sum"`; `"mul"`, their product; `"ave"`, their mean.
   *
   * @default "concat"
   */
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
    : { s: S } extends { s: [...infer Before extends Dim[], infer U extends Dim] }
      ? [...Before, MultiplyDims<U, 2>]
      : UnknownShape;

export const notRecurrent = "bidirectional: takes lstm(), gru(), simpleRnn() or rnn(), got {kind}";

type CheckRecurrent<Op extends string> = string extends Op
  ? unknown
  : Op extends "lstm" | "gru" | "simpleRnn" | "rnn"
    ? unknown
    : Message<typeof notRecurrent, { kind: Op }>;

const rules = { ...named, mergeMode: oneOf(["concat", "sum", "mul", "ave"]) };

/** Makes a layer's mirror, of its options, as a layer kind and what it is called with. */
type MakeMirror = (options: any) => readonly [kind: LayerKind<any>, args: unknown[]];

const mirrorOf =
  (kind: RecurrentKind<any>): MakeMirror =>
  (options) => [recurrentLayer(kind, {}, undefined, true), [options]];

/** How the other direction of each kind of layer is made. */
const mirrors: Readonly<Record<string, MakeMirror>> = {
  lstm: mirrorOf(lstmKind),
  gru: mirrorOf(gruKind),
  simpleRnn: mirrorOf(simpleRnnKind),
  rnn: ({ cell, ...options }) => [rnnLayer({}, undefined, true), [cell.cell.mirror(), options]],
};

/** What is carried both ways. */
export interface BothStates<State> {
  readonly forward: State;
  readonly backward: State;
}

/** The state of a recurrent layer on sequences of shape `S`. */
export type LayerState<R extends LayerRule, S extends Shape> = R extends { readonly cell: infer C extends CellRule }
  ? RnnState<S, CellSizes<C, SampleOf<S>>>
  : KernelState<R, S>;

type KernelState<R extends LayerRule, S extends Shape> = R extends { readonly units: infer U extends number }
  ? R["op"] extends "lstm"
    ? LstmState<StateShape<S, U>>
    : Tensor<StateShape<S, U>>
  : any;

/** What `bidirectional` gives of a sequence: the output, or with it the last states. */
export type ReturnedBothWays<S extends Shape, R extends LayerRule, M extends MergeMode, Last extends boolean> = [
  boolean,
] extends [Last]
  ? any
  : Last extends true
    ? {
        readonly output: Tensor<MergedShape<ApplyRule<R, S>, M>>;
        readonly state: BothStates<LayerState<R, S>>;
      }
    : Tensor<MergedShape<ApplyRule<R, S>, M>>;

type MergedShape<S, M extends MergeMode> = ShapeOfMerged<Merged<S, M>>;

type ShapeOfMerged<S> = { s: S } extends { s: infer Found extends Shape } ? Found : UnknownShape;

/**
 * A recurrent layer in both directions: beside the layer that is given, one of its kind with its options and weights of its own, which
 * goes the other way. Of all outputs, those of one step stand in one place.
 * Source: Schuster and Paliwal, "Bidirectional recurrent neural networks" (1997).
 *
 * @param layer `lstm`, `gru`, `simpleRnn` or `rnn` without its input. A cell of `rnn` is made a second time; layers that a cell of one's own
 *   uses from outside are in both directions the same
 * @param options `mergeMode`, `name`; where a sequence stands before the layer also `mask`, `initialState` and `returnState`, whose states
 *   are `{ forward, backward }`; outputs of steps that a mask leaves out are zeros
 * @returns a layer, for `sequential` and to be called; of a sequence the output, with `returnState` `{ output, state }`
 * @throws SW_VALUE when the layer is none of these; what the layer throws whose input does not fit
 * @example
 * const text = input(["batch", "time", 64]);
 * const both = bidirectional(gru({ units: 32, returnSequences: true }));
 * const tags = both(text); // Tensor<["batch", "time", 64], "float32">
 * const mask = sequenceMask(input(["batch"], "int32"), "time");
 * const read = bidirectional(text, lstm({ units: 8 }), { mask, returnState: true });
 * read.state.forward.cell; // Tensor<["batch", 8], "float32">
 */
export function bidirectional<R extends LayerRule, const M extends MergeMode = "concat", Now extends Moment = "now">(
  layer: LayerLike<R> & CheckRecurrent<R["op"]>,
  options?: BidirectionalOptions<M>,
): Waiting<BidirectionalRule<R, M>, Now>;
export function bidirectional<
  const S extends Shape,
  D extends DType,
  R extends LayerRule,
  const M extends MergeMode = "concat",
  const Last extends boolean = false,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & CheckDType<"bidirectional", D, "float32">,
  layer: LayerLike<R> & FirstMessage<CheckRecurrent<R["op"]>, CheckRule<R, S, D>>,
  options: BidirectionalOptions<M> & SequenceOptions<S, BothStates<LayerState<NoInfer<R>, S>>, Last>,
): Settled<ReturnedBothWays<S, R, M, Last>>[Now];
export function bidirectional(...args: readonly unknown[]) {
  const x = isTensor(args[0]) ? args[0] : undefined;
  const [layer, options = {}] = x ? args.slice(1) : args;
  if (x === undefined) refuseOfSequences("bidirectional", options, "layer, { ");
  const kind = isLayer(layer) ? layer.scope.kind : undefined;
  const of = kind !== undefined && Object.hasOwn(mirrors, kind) ? mirrors[kind] : undefined;
  const found = kind ?? givenInWords(layer);
  refuse("SW_VALUE", "bidirectional", of ? undefined : fill(notRecurrent, { kind: found }));
  if (x === undefined) {
    checkOptions("bidirectional", options as object, rules);
    return layerOf(bothWays(layer as Layer, of!), args);
  }
  checkOptions<any>("bidirectional", options as object, { ...rules, ...sequenceRules, initialState: twoStates });
  const { mask, initialState, returnState = false, ...own } = options as BidirectionalOptions<MergeMode> & Given;
  const states = initialState as Partial<BothStates<unknown>> | undefined;
  const given = (way: keyof BothStates<unknown>): Given => ({ ...(mask && { mask }), initialState: states?.[way] });
  const state: { forward?: unknown; backward?: unknown } = {};
  const ways: Ways = {
    ...(mask && { mask }),
    forward: (one, y) => one.along(y, given("forward"), (last) => Object.assign(state, { forward: last })),
    backward: (one, y) => one.along(y, given("backward"), (last) => Object.assign(state, { backward: last })),
  };
  const output = layerOf(bothWays(layer as Layer, of!, ways), [x, layer, own]);
  return returnState ? { output, state } : output;
}

const twoStates: OptionRule = {
  takes: "a record of forward and backward",
  accepts: (value) =>
    aRecord.accepts(value) &&
    Object.keys(value as object)
      .sort()
      .join() === "backward,forward",
};

/** A recurrent layer, as it is called with more than its input. */
interface Directed {
  (x: Tensor<any>): Tensor<any>;
  readonly along: RunAlong;
}

type Way = (layer: Directed, x: Tensor<any>) => Tensor<any>;

/** How the layers are called; with a mask, outputs of steps that are not there are zeros, as Keras has them both ways. */
interface Ways extends BothStates<Way> {
  readonly mask?: Tensor<any, "bool">;
}

const plainly: Way = (layer, x) => layer(x);

/** The layer and its mirror, which is made once. */
function bothWays(forward: Layer, of: MakeMirror, ways: Ways = { forward: plainly, backward: plainly }) {
  const options = forward.scope.options as NamedLayer & AlongOptions<boolean>;
  const mirror = layerOf(...of(mirrored({ ...options, goBackwards: !options.goBackwards }))) as Layer;
  const backward = isFrozen(forward) ? frozen(mirror) : mirror;
  return {
    kind: "bidirectional",
    rules: { ...rules, layer: anything },
    optionsOf: ([, given = {}]: readonly unknown[]) => ({
      ...(given as BidirectionalOptions<MergeMode>),
      layer: forward,
    }),
    build(x: Tensor<any>, { mergeMode = "concat" }: BidirectionalOptions<MergeMode>) {
      refuse("SW_DTYPE", "bidirectional", checkDType("bidirectional", x.dtype, ["float32"]));
      const directed = (layer: Layer) => layer as unknown as Directed;
      const y = merged[mergeMode](ways.forward(directed(forward), x), ways.backward(directed(backward), x));
      if (!ways.mask || !options.returnSequences) return y;
      const shape = y.shape.map((dim: Dim, axis: number) => (axis < 2 ? dim : 1));
      const wide = reshape(ways.mask, shape as never);
      return select(wide as never, y, 0) as Tensor<any>;
    },
  };
}

const merged: Readonly<Record<MergeMode, (a: Tensor<any>, b: Tensor<any>) => Tensor<any>>> = {
  concat: (a, b) => concat([a, b], -1),
  sum: (a, b) => add(a, b),
  mul: (a, b) => multiply(a, b),
  ave: (a, b) => multiply(add(a, b), 0.5),
};
