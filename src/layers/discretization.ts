import { generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { ShapewrightError } from "../ir/errors.js";
import {
  between,
  checkOptions,
  float32,
  fromTwo,
  listOf,
  type OptionRule,
  type OptionRules,
  oneOf,
} from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { cast } from "../ops/cast.js";
import { constant } from "../ops/constant.js";
import { digitize } from "../ops/digitize.js";
import type { Any } from "../ops/shared/composite.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { type CheckAxis, checkAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Adaptable } from "./adaptable.js";
import { type Encoded, type EncodingMode, encoded } from "./categoryEncoding.js";
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
import { boundariesOf } from "./quantiles.js";
import type { NumberBatches } from "./statistics.js";

/** What `discretization` makes of numbers. */
export type DiscretizationMode = "int" | EncodingMode;

/** Options of `discretization`. */
export interface DiscretizationOptions<M extends DiscretizationMode> extends NamedLayer {
  /**
   * `"int"`, the number of each bin; or `"multiHot"`, `"oneHot"`, `"count"`, rows of numbers, as `categoryEncoding` makes them of these.
   *
   * @default "int"
   */
  readonly outputMode?: M;
}

/** Options with the bounds between bins. */
export interface KnownBins<M extends DiscretizationMode, B extends readonly number[] = readonly number[]>
  extends DiscretizationOptions<M> {
  /** The bounds between bins, in ascending order: each belongs to the bin above it. */
  readonly binBoundaries: B;
}

/** Options of what is to be adapted. */
export interface UnknownBins<M extends DiscretizationMode> extends DiscretizationOptions<M> {
  readonly binBoundaries?: undefined;
  /** How many bins there shall be: about equally many numbers lie in each. Fewer numbers than that make fewer bins. */
  readonly numBins: number;
  /** How exact bounds are, as a share of the numbers: no more than lie in a bin. @default 0.01, of more than 100 bins 1 / numBins */
  readonly epsilon?: number;
}

/** The shape of what it gives: there is one bin more than bounds. */
export type Discretized<
  S extends Shape,
  M extends DiscretizationMode,
  B extends readonly number[],
> = M extends EncodingMode ? Encoded<S, [...B, 0]["length"] & number, M> : S;

/** The dtype of what it gives. */
export type DiscretizedDType<M extends DiscretizationMode> = M extends "int" ? "int32" : "float32";

/** Rows are made along the last axis, which has to be there. */
type CheckRows<S extends Shape, M extends DiscretizationMode> = M extends "int"
  ? unknown
  : CheckAxis<"discretization", S, -1>;

/** The shape rule of `discretization` in `sequential`. */
export interface DiscretizationRule<M extends DiscretizationMode, B extends readonly number[] = readonly number[]>
  extends LayerRule {
  readonly weights: 0;
  readonly op: "discretization";
  readonly takes: "float32" | "int32";
  readonly gives: DiscretizedDType<M>;
  readonly check: this["in"] extends infer S extends Shape ? CheckRows<S, M> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Discretized<S, M, B> : never;
}

const kind = "discretization";

/**
 * Which bin numbers lie in: of bins between bounds that are given, or learnt by `adapt`, so that about equally many numbers lie in each.
 * Keras's `Discretization`, with its bounds.
 *
 * @param x any shape, float32 or int32
 * @param options `binBoundaries`, or for `adapt` `numBins` and `epsilon`; `outputMode` ("int"), `name`
 * @returns the same shape, int32; with another mode rows of numbers as of `categoryEncoding`, float32. Without x, a layer for `sequential`;
 *   without bounds, what is to be adapted to data
 * @throws SW_VALUE when bounds do not ascend, or an option is out of range; SW_DTYPE when x is of another dtype; `adapt` SW_DATA when there
 *   are no numbers, all are one, or one is not finite
 * @example
 * const age = input(["batch", 1]);
 * const group = discretization(age, { binBoundaries: [18, 65] }); // Tensor<["batch", 1], "int32">
 */
export function discretization<
  const S extends Shape,
  D extends DType,
  const B extends readonly number[],
  const M extends DiscretizationMode = "int",
>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"discretization", D, "float32" | "int32">, CheckRows<S, M>>,
  options: KnownBins<M, B>,
): Tensor<Discretized<S, M, B>, DiscretizedDType<M>>;
export function discretization<const B extends readonly number[], const M extends DiscretizationMode = "int">(
  options: KnownBins<M, B>,
): Layer<DiscretizationRule<M, B>>;
export function discretization<const M extends DiscretizationMode = "int">(
  options: UnknownBins<M>,
): Adaptable<NumberBatches, Layer<DiscretizationRule<M>>>;
export function discretization(...args: readonly unknown[]) {
  if (inputOf(kind, args)) return layerOf(discretizationLayer, args);
  const [options] = args as readonly [KnownBins<DiscretizationMode> | UnknownBins<DiscretizationMode>];
  if (typeof options !== "object" || options === null || !("numBins" in options))
    return layerOf(discretizationLayer, args);
  checkOptions(kind, options, adaptedRules);
  const { numBins, epsilon = Math.min(0.01, 1 / numBins), ...others } = options;
  if (Math.ceil(1 / epsilon) < numBins) {
    const fault = `epsilon is ${epsilon}, too coarse for ${numBins} bins; leave it out, or write at most ${1 / numBins}`;
    throw new ShapewrightError("SW_VALUE", `${kind}: ${fault}`, kind);
  }
  refuse("SW_VALUE", kind, checkCount(kind, args, 1));
  return {
    async adapt(data: NumberBatches) {
      return discretization({ ...others, binBoundaries: await boundariesOf(kind, data, numBins, epsilon) });
    },
  };
}

const modes: readonly DiscretizationMode[] = ["int", "multiHot", "oneHot", "count"];
const rules: OptionRules<DiscretizationOptions<DiscretizationMode>> = { ...named, outputMode: oneOf(modes) };

const adaptedRules: OptionRules<UnknownBins<DiscretizationMode>> = {
  numBins: { ...fromTwo, required: true },
  epsilon: between,
  binBoundaries: { takes: "left out where numBins says how many there shall be", accepts: () => false },
  ...rules,
};

const bounds: OptionRule = {
  takes: "a list of numbers in ascending order",
  required: true,
  accepts: (value) =>
    listOf(float32).accepts(value) &&
    (value as readonly number[]).length > 0 &&
    (value as readonly number[]).every((bound, i, all) => !(i > 0 && bound < all[i - 1]!) && !Number.isNaN(bound)),
};

const discretizationLayer: LayerKind<KnownBins<DiscretizationMode>> = {
  kind,
  rules: { ...rules, binBoundaries: bounds },
  build(x, { binBoundaries, outputMode = "int" }, { scope }) {
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32", "int32"]));
    if (outputMode !== "int") refuse("SW_VALUE", kind, checkAxis(kind, x.shape, -1));
    return within({ ...currentPlace(), scope }, () => {
      const edges = constant(generate([binBoundaries.length], "float32", (i) => binBoundaries[i]!)) as Any;
      const bins: Tensor<any, "int32"> = digitize(cast(x, "float32") as Any, edges);
      return outputMode === "int" ? bins : encoded(bins, binBoundaries.length + 1, outputMode);
    });
  },
};
