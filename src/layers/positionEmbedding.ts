import { aConstraint, type Constraint } from "../constraints/constraint.js";
import { glorotUniform } from "../initializers/glorotUniform.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { checkOption, checkOptions, count, natural, type OptionRules, required } from "../ir/options.js";
import { calling, currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import { broadcastToOp } from "../ops/broadcastTo.js";
import { gather } from "../ops/gather.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { type CheckTurned, type Offset, offsetRule, placesFrom, turnedNode } from "../ops/shared/turned-places.js";
import { sliceOp } from "../ops/slice.js";
import { aRegularizer, type Regularizer } from "../regularizers/regularizer.js";
import type { DimAt } from "../types/axis.js";
import type { Compare } from "../types/digits.js";
import type { Dim, IsUnknown, SameNow, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import type { Moment, Settled } from "../types/settled.js";
import { type Show, type ShowDim, show } from "../types/show.js";
import {
  type FloatRule,
  inputOf,
  type Layer,
  type LayerContext,
  type LayerKind,
  layerOf,
  type WeightedLayer,
  weighted,
  withCost,
} from "./layer.js";
import { rulesOf } from "./rulesOf.js";

const kind = "positionEmbedding";

/** Options of `positionEmbedding`. */
export interface PositionEmbeddingOptions<N extends number> extends WeightedLayer {
  /** How many places have vectors: as many as the longest sequence. */
  readonly sequenceLength: N & CheckCount<typeof kind, "sequenceLength", N>;
  /** How these start. @default glorotUniform() */
  readonly embeddingsInitializer?: Initializer;
  /** What the table costs besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly embeddingsRegularizer?: Regularizer;
  /** What becomes of the table after each step, such as `unitNorm({ axis: 1 })`: it stays, unless said otherwise. */
  readonly embeddingsConstraint?: Constraint;
}

/** What is said where a sequence is given. */
interface OffsetOption {
  /** The number of the first place, such as that of the one place that a step of generation has. @default 0 */
  readonly offset?: Offset;
}

export const tooManyPlaces = "{op}: the sequences of {shape} have {m} places, but sequenceLength is {n}";

/** `unknown` where a table has vectors for all places, or may have, else the message. `Now` settles it within generic functions. */
type CheckLength<S extends Shape, N extends number, Now> =
  SameNow<IsLonger<DimAt<S, -2>, N>, "yes", Now> extends true
    ? Message<typeof tooManyPlaces, { op: typeof kind; shape: Show<S>; m: ShowDim<DimAt<S, -2>>; n: N }>
    : unknown;

type IsLonger<T, N extends number> = T extends number
  ? true extends IsUnknown<T> | IsUnknown<N>
    ? "unknown"
    : Compare<N, T> extends "less"
      ? "yes"
      : "no"
  : "unknown";

/** `unknown` where the places of a tensor have vectors, else the message. */
type CheckPlaced<S extends Shape, D extends DType, N extends number, Now> = FirstMessage<
  CheckTurned<typeof kind, S, D, Now>,
  CheckLength<S, N, Now>
>;

/** The shape rule of `positionEmbedding` in `sequential`. */
export interface PositionEmbeddingRule<N extends number> extends FloatRule<typeof kind> {
  readonly check: this["in"] extends infer S extends Shape ? CheckPlaced<S, "float32", N, this["dtype"]> : unknown;
  readonly out: this["in"];
}

/** A layer that waits for its input, and which also has the vectors of places that begin elsewhere. */
export interface PositionEmbedding<N extends number> extends Layer<PositionEmbeddingRule<N>> {
  /**
   * The vectors of the places from another one on, such as that of the one place that a step of generation has.
   *
   * @param x [..., time, channels], float32, of which only the shape is read
   * @param offset the number of the first place
   * @returns the same shape
   */
  from<const S extends Shape, D extends DType, Now = "now">(
    x: Tensor<S, D> & CheckPlaced<S, D, N, Now>,
    offset: Offset,
  ): Tensor<S, D>;
}

/**
 * A vector for every place, which is learnt, to be added to what stands there. KerasHub's `PositionEmbedding`.
 *
 * @param x [..., time, channels], float32, of which only the shape is read
 * @param options `sequenceLength`; `embeddingsInitializer`, `embeddingsRegularizer`, `embeddingsConstraint`, `trainable`, `name`; with x also
 *   `offset` (0), the number of the first place
 * @returns the same shape: the same vectors for every sample; without x, a layer for `sequential`, whose `from(x, offset)` begins at a place
 * @throws SW_SHAPE when x has less than two axes, more places than there are vectors, or channels with a name for a size; SW_VALUE when an
 *   option is out of range; SW_DATA when a place has no vector, known when the program runs
 * @example
 * const words = input(["batch", "time", 64]);
 * const placed = add(words, positionEmbedding(words, { sequenceLength: 512 })); // Tensor<["batch", "time", 64], "float32">
 */
export function positionEmbedding<const N extends number, Now extends Moment = "now">(
  options: PositionEmbeddingOptions<N>,
): Settled<PositionEmbedding<N>>[Now];
export function positionEmbedding<const S extends Shape, D extends DType, const N extends number, Now = "now">(
  x: Tensor<S, D> & CheckPlaced<S, D, N, Now>,
  options: PositionEmbeddingOptions<N> & OffsetOption,
): Tensor<S, D>;
export function positionEmbedding(...args: readonly unknown[]) {
  const x = inputOf(kind, args);
  const [given = {}] = x ? args.slice(1) : args;
  if (x === undefined) return layerOf(positionEmbeddingLayer(0), args);
  checkOptions(kind, given as Options & OffsetOption, { ...rules, offset: offsetRule });
  const { offset = 0, ...options } = given as Options & OffsetOption;
  return layerOf(positionEmbeddingLayer(offset), [x, options]);
}

type Options = PositionEmbeddingOptions<number>;

const rules: OptionRules<Options> = {
  ...weighted,
  sequenceLength: required(count),
  embeddingsInitializer: anInitializer,
  embeddingsRegularizer: aRegularizer,
  embeddingsConstraint: aConstraint,
};

const positionEmbeddingLayer = (offset: Offset): LayerKind<Options> => ({
  kind,
  rules,
  build: (x, options, layer) => placed(x, options, layer, offset),
  methods: {
    from(x, options, layer, offset: Offset) {
      checkOption(kind, "offset", offset, required(offsetRule));
      return withCost(layer.scope, placed(x, options, layer, offset), options.activityRegularizer);
    },
  },
});

/** The vectors of a tensor's places, of which the first has that number. */
function placed(x: Tensor<any>, options: Options, { scope, weight }: LayerContext, offset: Offset): Tensor<any> {
  const { sequenceLength, embeddingsInitializer = glorotUniform() } = options;
  const { node, time, channels } = turnedNode(kind, x);
  if (typeof offset === "number") checkOption(kind, "offset", offset, natural);
  refuse("SW_SHAPE", kind, checkLength(node.shape, time, offset, sequenceLength));
  const table = weight("embeddings", [sequenceLength, channels], embeddingsInitializer, rulesOf(options, "embeddings"));
  const build = () => {
    const rows = rowsOf(table, time, offset);
    return tensorOf<Tensor<any>>(makeNode(broadcastToOp, [rows], { shape: node.shape }));
  };
  // Where the first place is known when the program runs alone, a place that the table has not is refused by number.
  const given = { offset: typeof offset === "number" ? offset : 0, sequenceLength };
  return within({ ...currentPlace(), scope }, () => calling(kind, build, { rule: "places", shape: node.shape, given }));
}

/** The vectors of the places: a part of the table where it is known which. */
function rowsOf(table: AnyTensor, time: Dim, offset: Offset): Node {
  const node = nodeOf(table);
  if (typeof time === "number" && typeof offset === "number") {
    return makeNode(sliceOp, [node], { begin: [offset, 0], size: [time, node.shape[1]!] });
  }
  const places = tensorOf<Tensor<any, "int32">>(placesFrom(time, offset));
  return nodeOf(gather(table as Tensor<any>, places as Tensor<any, any>, 0));
}

/** Runtime twin of `CheckLength`, which also counts the places before the first one. */
export function checkLength(
  shape: readonly Dim[],
  time: Dim,
  offset: Offset,
  sequenceLength: number,
): string | undefined {
  const before = typeof offset === "number" ? offset : 0;
  if (typeof time !== "number" || before + time <= sequenceLength) return undefined;
  const m = before === 0 ? time : `${before} + ${time}`;
  return fill(tooManyPlaces, { op: kind, shape: show(shape), m, n: sequenceLength });
}
