import type { NdArray } from "../ir/array.js";
import type { Node } from "../ir/node.js";
import type { CheckNatural } from "../ir/option-checks.js";
import { checkOptions, natural, oneOf, text } from "../ir/options.js";
import { builder as b } from "../ops/builder.js";
import { classesOf } from "./class-matrix.js";
import { checkAlike } from "./classes.js";
import { minus, multiplied, over, sumsOf, totalOf } from "./counting.js";
import type { NameOption, TotalsMetric } from "./metric.js";

/** How the scores of several outputs become one; null: they do not. */
export type ClassAggregation = "uniformAverage" | "varianceWeightedAverage" | null;

/** Options of `r2Score`. */
export interface R2Options<
  N extends string = string,
  A extends ClassAggregation = ClassAggregation,
  R extends number = number,
> extends NameOption<N> {
  /**
   * How the scores of several outputs become one: `"uniformAverage"`, their mean; `"varianceWeightedAverage"`, by the variances of the
   * targets; or null, with which each is reported.
   *
   * @default "uniformAverage"
   */
  readonly classAggregation?: A;
  /** How many independent variables the score is adjusted for. @default 0: it is not */
  readonly numRegressors?: R & CheckNatural<"r2Score", "numRegressors", R>;
}

/**
 * The share of the targets' variance that the outputs explain: 1 - Σ(output - target)² / Σ(target - mean)². As Keras’s `R2Score`.
 *
 * @returns a metric for outputs [..., n] and targets of one shape; a number, or one for each of n where `classAggregation` is null
 * @throws SW_VALUE when the number of regressors is not an integer from 0; SW_SHAPE, from `compile`, for other targets
 * @example
 * compile(prices, { optimizer: adam(), loss: meanSquaredError(), metrics: [r2Score()] });
 */
export function r2Score<
  const N extends string = "r2Score",
  A extends ClassAggregation = "uniformAverage",
  const R extends number = number,
>(options: R2Options<N, A, R> = {}): TotalsMetric<NoInfer<N>, A extends null ? NdArray<[number], "float32"> : number> {
  checkOptions("r2Score", options, { name: text, classAggregation: aggregationRule, numRegressors: natural });
  const { name = "r2Score" as N, classAggregation = "uniformAverage", numRegressors = 0 } = options;
  return {
    name,
    totals({ output, target, weights }) {
      checkAlike("r2Score", output, target);
      const size = output.rank === 1 ? 1 : classesOf("r2Score", output);
      const rows = (x: Node) => b.op("reshape", [x], { shape: [-1, size] });
      const [y, p, w] = [rows(target), rows(output), rows(weights)];
      const weighted = multiplied(y, w);
      return {
        sum: sumsOf(weighted),
        squares: sumsOf(multiplied(y, weighted)),
        residual: sumsOf(multiplied(b.op("square", [minus(y, p)]), w)),
        count: sumsOf(w),
        samples: b.size(target.shape),
      };
    },
    result({ sum, squares, residual, count, samples }) {
      const total = minus(squares!, over(multiplied(sum!, sum!), count!));
      const raw = minus(b.scalar(1), over(residual!, total));
      const scores = b.op("select", [b.op("equal", [raw, b.scalar(-Infinity)]), b.scalar(0), raw]);
      return adjusted(aggregated(scores, total, classAggregation), samples!, numRegressors);
    },
  };
}

const aggregations = oneOf(["uniformAverage", "varianceWeightedAverage"]);
const aggregationRule = {
  takes: `null, ${aggregations.takes}`,
  accepts: (value: unknown) => value === null || aggregations.accepts(value),
};

function aggregated(scores: Node, total: Node, aggregation: ClassAggregation): Node {
  if (aggregation === null) return scores;
  if (aggregation === "uniformAverage") return b.op("mean", [scores], { axes: [0], keepDims: false });
  return over(totalOf(multiplied(total, scores)), totalOf(total));
}

/** 1 - (1 - score) · (n - 1) / (n - regressors - 1), where there are more samples than that. */
function adjusted(score: Node, samples: Node, numRegressors: number): Node {
  if (numRegressors === 0) return score;
  const rest = minus(samples, b.scalar(numRegressors + 1));
  const share = over(minus(samples, b.scalar(1)), b.op("maximum", [rest, b.scalar(1)]));
  const less = minus(b.scalar(1), multiplied(minus(b.scalar(1), score), share));
  return b.op("select", [b.op("greater", [rest, b.scalar(0)]), less, score]);
}
