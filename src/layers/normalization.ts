import type { Initializer } from "../initializers/initializer.js";
import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import type { CheckNotNegativeOrList } from "../ir/option-checks.js";
import {
  checkOptions,
  flag,
  float32,
  listOf,
  notNegativeOrList,
  type OptionRule,
  type OptionRules,
  required,
} from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { cast } from "../ops/cast.js";
import { divide } from "../ops/divide.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { reshape } from "../ops/reshape.js";
import type { Any } from "../ops/shared/composite.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { OrMessage } from "../ops/shared/orMessage.js";
import { sqrt } from "../ops/sqrt.js";
import { subtract } from "../ops/subtract.js";
import { type CheckAxis, normalizeAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { Adaptable } from "./adaptable.js";
import {
  type CheckStatistic,
  type CheckStatisticsAxis,
  type CheckStatisticsScalar,
  checkStatistic,
  checkStatisticsAxis,
  type Statistic,
  type StatisticsAxis,
} from "./known-statistics.js";
import {
  checkCount,
  inputOf,
  type Layer,
  type LayerKind,
  type LayerRule,
  layerOf,
  type NamedLayer,
  named,
} from "./layer.js";
import { type NumberBatches, statisticsOf } from "./statistics.js";

/** Options of `normalization`. */
export interface NormalizationOptions<A = StatisticsAxis> extends NamedLayer {
  /** The axis each of whose places has a mean and a variance of its own; with null, all numbers have one. @default -1 */
  readonly axis?: A;
  /** Whether numbers are brought back, from mean 0 and variance 1 to those of the data. @default false */
  readonly invert?: boolean;
}

/** What `normalization` knows of the data. */
export interface KnownStatistics<M = Statistic, V = Statistic, A = StatisticsAxis> extends NormalizationOptions<A> {
  /** The data's mean: one, or that of each place along the axis. */
  readonly mean: M;
  /** Its variance. */
  readonly variance: V;
}

/** Options of what is to be adapted. */
export interface UnknownStatistics extends NormalizationOptions {
  readonly mean?: undefined;
  readonly variance?: undefined;
}

/** The shape rule of `normalization` in `sequential`. */
export interface NormalizationRule<
  M extends Statistic = number,
  V extends Statistic = number,
  A extends StatisticsAxis = -1,
> extends LayerRule {
  readonly weights: number;
  readonly op: "normalization";
  readonly takes: DType;
  readonly gives: "float32";
  // One mean is all numbers' own, of any shape: what is open there has not to be known.
  readonly check: [M | V, A] extends [number, -1 | null]
    ? unknown
    : this["in"] extends infer S extends Shape
      ? FirstOfRule<
          CheckAxisOf<S, A>,
          FirstOfRule<CheckStatistic<typeof kind, "mean", S, A, M>, CheckStatistic<typeof kind, "variance", S, A, V>>
        >
      : unknown;
  readonly out: this["in"];
}

const kind = "normalization";

/** In a layer's rule, messages have one place. */
type CheckAxisOf<S extends Shape, A extends StatisticsAxis> = A extends number ? CheckAxis<typeof kind, S, A> : unknown;

/**
 * Brings numbers to mean 0 and variance 1, by the mean and the variance of the data: (x - mean) / √variance. These are given, or learnt by
 * `adapt`; they are weights that are not trained, and saved with the others. Keras's `Normalization`.
 *
 * @param x any shape and dtype
 * @param options `mean`, `variance`; `axis` (-1), `invert` (false), `name`
 * @returns the same shape, float32; without x, a layer for `sequential`; without a mean, what is to be adapted to data
 * @throws SW_VALUE when an option is out of range, or there is no such axis; SW_SHAPE when there are not as many means as places along it
 * @example
 * const houses = array(new Float32Array([90, 3, 55, 2]), [2, 2]); // areas and rooms
 * const normal = await normalization().adapt(houses);
 * const y = normal(input(["batch", 2])); // Tensor<["batch", 2], "float32">
 */
export function normalization<
  const S extends Shape,
  D extends DType,
  const M extends Statistic,
  const V extends Statistic,
  const A extends StatisticsAxis = -1,
>(
  x: Tensor<S, D> & CheckStatisticsScalar<typeof kind, S, A, M | V, D>,
  options: KnownStatistics<
    M & CheckStatistic<typeof kind, "mean", S, A, M>,
    V & FirstMessage<CheckVariance<V>, CheckStatistic<typeof kind, "variance", S, A, V>>,
    OrMessage<A, CheckStatisticsAxis<typeof kind, S, A>>
  >,
): Tensor<S>;
export function normalization<
  const M extends Statistic,
  const V extends Statistic,
  const A extends StatisticsAxis = -1,
>(options: KnownStatistics<M, V & CheckVariance<V>, A>): Layer<NormalizationRule<M, V, A>>;
export function normalization(options?: UnknownStatistics): Adaptable<NumberBatches, Layer<NormalizationRule>>;
export function normalization(...args: readonly unknown[]) {
  const isApplied = inputOf(kind, args) !== undefined;
  const [options = {}] = (isApplied ? args.slice(1) : args) as readonly [Partial<KnownStatistics>?];
  checkOptions(kind, options, { ...rules, mean: statistic, variance: notNegativeOrList });
  if (options.mean !== undefined || options.variance !== undefined) return layerOf(normalizationLayer, args);
  refuse("SW_VALUE", kind, isApplied ? notLearnt : undefined);
  const { axis = -1 } = options;
  refuse("SW_VALUE", kind, checkCount(kind, args, 1));
  return {
    async adapt(data: NumberBatches): Promise<Layer<NormalizationRule>> {
      return layerOf(normalizationLayer, [
        { ...options, ...(await statisticsOf(kind, data, axis)) },
      ]) as Layer<NormalizationRule>;
    },
  };
}

/** Said of a tensor without the statistics of data, which Keras's layer would be adapted to later. */
const notLearnt = `${kind}: takes the data's mean and variance beside the input; to learn them, write (await ${kind}().adapt(data))(x)`;

type CheckVariance<V extends Statistic> = V extends number
  ? CheckNotNegativeOrList<typeof kind, "variance", V>
  : unknown;

const statistic: OptionRule = {
  takes: "a number, or a list of them",
  accepts: (value) => float32.accepts(value) || listOf(float32).accepts(value),
};

const rules: OptionRules<KnownStatistics> = {
  mean: { ...statistic, required: true },
  variance: required(notNegativeOrList),
  axis: { takes: "the number of an axis, or null", accepts: (value) => value === null || Number.isInteger(value) },
  invert: flag,
  ...named,
};

/** As Keras's epsilon: of what does not vary, the difference from the mean is divided by it. */
const least = 1e-7;

const normalizationLayer: LayerKind<KnownStatistics> = {
  kind,
  rules,
  build(x, { axis = -1, invert = false, ...options }, { scope, weight }) {
    refuse("SW_VALUE", kind, checkStatisticsAxis(kind, x.shape, axis, options.mean, options.variance));
    const [mean, variance] = (["mean", "variance"] as const).map((name) => {
      const values = options[name];
      refuse("SW_SHAPE", kind, checkStatistic(kind, name, x.shape, axis, values));
      const shape = typeof values === "number" ? [] : [values.length];
      const made = weight(name, shape, valuesOf(name, values), { trainable: false }) as Any;
      return within({ ...currentPlace(), scope }, () => (shape.length === 0 ? made : along(made, x, axis!)));
    });
    return within({ ...currentPlace(), scope }, () => {
      const deviation: Any = maximum(sqrt(variance!), least);
      const numbers: Any = cast(x, "float32");
      return invert
        ? add(mean!, multiply(numbers, deviation) as Any)
        : divide(subtract(numbers, mean!) as Any, deviation);
    });
  },
};

/** A vector along an axis of x. */
function along(vector: Any, x: Any, axis: number): Any {
  const place = normalizeAxis(x.shape, axis);
  const behind = x.shape.length - 1 - place;
  const [size] = nodeOf(vector).shape;
  return behind === 0 ? vector : reshape(vector, [size!, ...Array.from({ length: behind }, () => 1)] as never);
}

function valuesOf(name: string, values: number | readonly number[]): Initializer {
  const data = Float32Array.from([values].flat());
  return { name: `the ${name} of the data`, sample: () => data.slice() };
}
