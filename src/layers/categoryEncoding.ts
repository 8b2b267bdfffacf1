import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { count, type OptionRules, oneOf, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { multiHot } from "../ops/multiHot.js";
import { oneHot } from "../ops/oneHot.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { squeeze } from "../ops/squeeze.js";
import { sum } from "../ops/sum.js";
import { type CheckAxis, checkAxis } from "../types/axis.js";
import type { Batched, Same, Shape, SplitLast, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import { type LayerKind, type LayerRule, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

/** What `categoryEncoding` makes of integers. */
export type EncodingMode = "multiHot" | "oneHot" | "count";

/** Options of `categoryEncoding`. */
export interface CategoryEncodingOptions<N extends number, M extends EncodingMode> extends NamedLayer {
  /** How many different integers there may be: the largest of them, and one more. */
  readonly numTokens: N & CheckCount<"categoryEncoding", "numTokens", N>;
  /**
   * `"multiHot"`: a 1 for each integer of a sample, `"count"`: how often it has each; `"oneHot"`: a row for each integer itself.
   *
   * @default "multiHot"
   */
  readonly outputMode?: M;
}

/** The shape of what `categoryEncoding` gives. */
export type Encoded<S extends Shape, N extends number, M extends EncodingMode> =
  SplitLast<S> extends [infer B extends Shape, infer K]
    ? M extends "oneHot"
      ? Same<K, 1> extends true
        ? Batched<B, [N]>
        : [...S, N]
      : Batched<B, [N]>
    : UnknownShape;

/** The shape rule of `categoryEncoding` in `sequential`. */
export interface CategoryEncodingRule<N extends number, M extends EncodingMode> extends LayerRule {
  readonly weights: 0;
  readonly op: "categoryEncoding";
  readonly takes: "int32";
  readonly gives: "float32";
  readonly check: this["in"] extends infer S extends Shape ? CheckAxis<"categoryEncoding", S, -1> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Encoded<S, N, M> : never;
}

const rules: OptionRules<CategoryEncodingOptions<number, EncodingMode>> = {
  ...named,
  numTokens: required(count),
  outputMode: oneOf(["multiHot", "oneHot", "count"]),
};

/**
 * Integers as rows of numbers: a 1 at the place of each, or how often each is there. One that is out of range is left out.
 *
 * @param x rank 1 or more, int32, from 0 to numTokens - 1
 * @param options `numTokens`; `outputMode` ("multiHot"), `name`
 * @returns with "multiHot" and "count", [..., numTokens] of x's [..., k]; with "oneHot", a row for each integer, where a last axis of size 1
 *   goes; float32. Without x, a layer for `sequential`
 * @throws SW_VALUE when x is a scalar, SW_DTYPE when it is not int32
 * @example
 * const words = input(["batch", 50], "int32");
 * const bag = categoryEncoding(words, { numTokens: 10000, outputMode: "count" }); // Tensor<["batch", 10000], "float32">
 */
export function categoryEncoding<
  const N extends number,
  const M extends EncodingMode = "multiHot",
  Now extends Moment = "now",
>(options: CategoryEncodingOptions<N, M>): Waiting<CategoryEncodingRule<N, M>, Now>;
export function categoryEncoding<
  const S extends Shape,
  D extends DType,
  const N extends number,
  const M extends EncodingMode = "multiHot",
>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"categoryEncoding", D, "int32">, CheckAxis<"categoryEncoding", S, -1>>,
  options: CategoryEncodingOptions<N, M>,
): Tensor<Encoded<S, N, M>>;
export function categoryEncoding(...args: readonly unknown[]) {
  return layerOf(categoryEncodingLayer, args);
}

const categoryEncodingLayer: LayerKind<CategoryEncodingOptions<number, EncodingMode>> = {
  kind: "categoryEncoding",
  rules,
  build(x, { numTokens, outputMode = "multiHot" }) {
    refuse("SW_DTYPE", "categoryEncoding", checkDType("categoryEncoding", x.dtype, ["int32"]));
    refuse("SW_VALUE", "categoryEncoding", checkAxis("categoryEncoding", x.shape, -1));
    return encoded(tensorOf(nodeOf(x)), numTokens, outputMode);
  },
};

/** Integers as rows of numbers. */
export function encoded(tokens: Tensor<any, "int32">, numTokens: number, mode: EncodingMode): Tensor<any> {
  if (mode === "multiHot") return multiHot(tokens, numTokens);
  const isOne = mode === "oneHot" && nodeOf(tokens).shape.at(-1) === 1;
  const rows = oneHot(isOne ? squeeze(tokens, -1) : tokens, numTokens);
  return mode === "count" ? sum(rows, { axis: -2 }) : rows;
}
