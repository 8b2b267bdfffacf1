import { aConstraint, type Constraint } from "../constraints/constraint.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { randomNormalInitializer } from "../initializers/randomNormalInitializer.js";
import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { anything, checkOptions, count, flag, type OptionRules, required } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { builder as b } from "../ops/builder.js";
import { constant } from "../ops/constant.js";
import { digitize } from "../ops/digitize.js";
import { type CheckSize, checkDims } from "../ops/shared/checkDims.js";
import { type DistanceOptions, distanceRules, distances } from "../ops/shared/distances.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { type CheckMatrix, checkMatrix } from "../ops/shared/triangle.js";
import { aRegularizer, type Regularizer } from "../regularizers/regularizer.js";
import type { DimAt } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Settled } from "../types/settled.js";
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

const kind = "relativePositionBias";

/** Options of `relativePositionBias`. */
export interface RelativePositionBiasOptions<
  H extends number,
  Buckets extends number = number,
  Most extends number = number,
> extends WeightedLayer {
  /** How many heads the attention has. */
  readonly numHeads: H & CheckCount<typeof kind, "numHeads", H>;
  /** How many kinds of distances are told apart: half of them, in each direction, are short ones. @default 32 */
  readonly numBuckets?: Buckets & CheckCount<typeof kind, "numBuckets", Buckets>;
  /** From which distance on all are alike. @default 128 */
  readonly maxDistance?: Most & CheckCount<typeof kind, "maxDistance", Most>;
  /** Whether places look both ways, as in an encoder, or only back, as in a decoder. @default true */
  readonly bidirectional?: boolean;
  /** How the table starts. @default randomNormalInitializer() */
  readonly embeddingsInitializer?: Initializer;
  /** What the table costs besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly embeddingsRegularizer?: Regularizer;
  /** What becomes of the table after each step: it stays, unless said otherwise. */
  readonly embeddingsConstraint?: Constraint;
}

/** What is said where a sequence is given. */
interface SourceOptions<N> extends DistanceOptions {
  /** How many places the keys have: as many as x, unless said otherwise. */
  readonly source?: N;
}

/** `unknown` where a tensor has places, else the message. */
type CheckPlaces<S extends Shape, D extends DType> = FirstMessage<
  CheckDType<typeof kind, D, "float32">,
  CheckMatrix<typeof kind, S>
>;

/** The shape rule of `relativePositionBias` in `sequential`. */
export interface RelativePositionBiasRule<H extends number> extends FloatRule<typeof kind> {
  readonly check: this["in"] extends infer S extends Shape ? CheckPlaces<S, "float32"> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? [H, DimAt<S, -2>, DimAt<S, -2>] : Shape;
}

/** A layer that waits for its input, and which also has the distances of places among others. */
export interface RelativePositionBias<H extends number> extends Layer<RelativePositionBiasRule<H>> {
  /**
   * What the scores gain of places that begin elsewhere among those of the keys, such as the one place that a step of generation has.
   *
   * @param x [..., time, channels], float32, of which only the number of places is read
   * @param options `source`, how many places the keys have, and `offset` (0), the number of the first place of x among them
   * @returns [heads, time, source]
   */
  from<const S extends Shape, D extends DType, const N extends Dim = DimAt<S, -2>>(
    x: Tensor<S, D> & CheckPlaces<S, D>,
    options: SourceOptions<N & CheckSize<typeof kind, N>>,
  ): Tensor<[H, DimAt<S, -2>, N]>;
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function relativePositionBias<
  const H extends number,
  const Buckets extends number = number,
  const Most extends number = number,
  Now extends "now" = "now",
>(options: RelativePositionBiasOptions<H, Buckets, Most>): Settled<RelativePositionBias<H>>[Now];
/**
 * What attention's scores gain by distance: for each head a number that is learnt, for each kind of distance. Short ones are told apart one
 * by one, longer ones by their logarithm, and those from maxDistance on are alike. A model has it once, for the attention of all its layers.
 * Source: Raffel et al., "Exploring the limits of transfer learning with a unified text-to-text transformer" (2020), section 2.1.
 *
 * @param x [..., time, channels], float32, of which only the number of places is read
 * @param options `numHeads`; `numBuckets` (32), `maxDistance` (128), `bidirectional` (true), `embeddingsInitializer`,
 *   `embeddingsRegularizer`, `embeddingsConstraint`, `trainable`, `name`; with x also `source`, how many places the keys have, and `offset`
 *   (0), the number of the first place of x among them
 * @returns [heads, time, source], float32, for `attentionBias` of attention layers; without x, a layer that waits, whose `from(x, { source,
 *   offset })` says these at each call
 * @throws SW_SHAPE when x has less than two axes, SW_DTYPE when it is not float32, SW_VALUE when an option is out of range
 * @example
 * const words = input(["batch", "time", 512]);
 * const bias = relativePositionBias(words, { numHeads: 8 }); // Tensor<[8, "time", "time"], "float32">
 * const seen = multiHeadAttention(words, { numHeads: 8, keyDim: 64, attentionBias: bias });
 */
export function relativePositionBias<
  const S extends Shape,
  D extends DType,
  const H extends number,
  const N extends Dim = DimAt<S, -2>,
  const Buckets extends number = number,
  const Most extends number = number,
>(
  x: Tensor<S, D> & CheckPlaces<S, D>,
  options: RelativePositionBiasOptions<H, Buckets, Most> & SourceOptions<N & CheckSize<typeof kind, N>>,
): Tensor<[H, DimAt<S, -2>, N]>;
export function relativePositionBias(...args: readonly unknown[]) {
  const x = inputOf(kind, args);
  const [given = {}] = x ? args.slice(1) : args;
  if (x === undefined) return layerOf(biasLayer({}), args);
  checkOptions(kind, given as Options & SourceOptions<Dim>, { ...rules, ...sourceRules });
  const { source, offset = 0, ...options } = given as Options & SourceOptions<Dim>;
  return layerOf(biasLayer({ offset, ...(source !== undefined && { source }) }), [x, options]);
}

type Options = RelativePositionBiasOptions<number>;

const rules: OptionRules<Options> = {
  ...weighted,
  numHeads: required(count),
  numBuckets: count,
  maxDistance: count,
  bidirectional: flag,
  embeddingsInitializer: anInitializer,
  embeddingsRegularizer: aRegularizer,
  embeddingsConstraint: aConstraint,
};

const sourceRules: OptionRules<SourceOptions<Dim>> = { ...distanceRules, source: anything };

/** The layer on sequences whose keys' places are said beside its options. */
const biasLayer = (given: SourceOptions<Dim>): LayerKind<Options> => ({
  kind,
  rules,
  build: (x, options, layer) => biasOf(x, options, layer, given),
  methods: {
    from(x, options, layer, given: SourceOptions<Dim>) {
      checkOptions(kind, given, sourceRules);
      return withCost(layer.scope, biasOf(x, options, layer, given), options.activityRegularizer);
    },
  },
});

/** What the scores gain, [heads, time, source]. */
function biasOf(
  x: Tensor<any>,
  options: Options,
  { scope, weight }: LayerContext,
  { source, offset = 0 }: SourceOptions<Dim>,
): Tensor<any> {
  const { numHeads, numBuckets = 32, embeddingsInitializer = randomNormalInitializer() } = options;
  refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
  refuse("SW_SHAPE", kind, checkMatrix(kind, x.shape));
  const time: Dim = x.shape.at(-2)!;
  const keys = source ?? time;
  refuse("SW_VALUE", kind, source === undefined ? undefined : checkDims(kind, [source], "none"));
  const edges = edgesOf(options);
  const table = weight("embeddings", [numBuckets, numHeads], embeddingsInitializer, rulesOf(options, "embeddings"));
  return within({ ...currentPlace(), scope }, () => {
    const bucket = bucketOf(distances(time, keys, offset), edges, options);
    const rows = b.op("gather", [nodeOf(table), bucket], { axis: 0, batchDims: 0 });
    return tensorOf<Tensor<any>>(b.op("transpose", [rows], { permutation: [2, 0, 1] }));
  });
}

/**
 * The distances at which the kinds 1, 2, … of one direction begin: half of them one by one, the others at equal distances of their
 * logarithms, up to maxDistance.
 */
function edgesOf({ numBuckets = 32, maxDistance = 128, bidirectional = true }: Options): number[] {
  const kinds = bidirectional ? Math.floor(numBuckets / 2) : numBuckets;
  const least = bidirectional ? 4 : 2;
  refuse(
    "SW_VALUE",
    kind,
    numBuckets < least ? `${kind}: numBuckets is ${numBuckets}, but must be ${least} or more` : undefined,
  );
  const short = Math.floor(kinds / 2);
  const isFar = maxDistance > short;
  refuse(
    "SW_VALUE",
    kind,
    isFar
      ? undefined
      : `${kind}: maxDistance is ${maxDistance}, but must be more than ${short}, up to which all are told apart`,
  );
  return Array.from({ length: kinds - 1 }, (_, i) => {
    const further = (i + 1 - short) / (kinds - short);
    // Rounding must not move a distance that is whole.
    return further <= 0 ? i + 1 : Math.ceil(short * (maxDistance / short) ** further - 1e-6);
  });
}

/** Which kind each distance is of: those behind a place have kinds of their own, or are not seen. */
function bucketOf(distance: Node, edges: readonly number[], { bidirectional = true }: Options): Node {
  const zero = b.scalar(0, "int32");
  const before = b.op("maximum", [b.op("neg", [distance]), zero]);
  const far = bidirectional ? b.op("abs", [distance]) : before;
  const bounds = constant(array(Int32Array.from(edges), [edges.length]));
  const bucket = nodeOf(digitize(tensorOf<Tensor<any, "int32">>(far), bounds as Tensor<any, any>));
  if (!bidirectional) return bucket;
  const isBehind = b.op("greater", [distance, zero]);
  return b.op("add", [bucket, b.op("select", [isBehind, b.scalar(edges.length + 1, "int32"), zero])]);
}
