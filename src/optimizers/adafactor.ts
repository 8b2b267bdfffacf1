import type { CheckNotNegative, CheckPositive } from "../ir/option-checks.js";
import { float32, notNegative, type OptionRules, positive } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { expandDims } from "../ops/expandDims.js";
import { maximum } from "../ops/maximum.js";
import { mean } from "../ops/mean.js";
import { minimum } from "../ops/minimum.js";
import { multiply } from "../ops/multiply.js";
import { pow } from "../ops/pow.js";
import { rsqrt } from "../ops/rsqrt.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import { byRule } from "./byRule.js";
import { movingAverage } from "./movingAverage.js";
import type { Optimizer } from "./optimizer.js";
import { type CheckLearningRate, type LearningRate, learningRateRule } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `adafactor`. */
export interface AdafactorOptions<
  E1 extends number = number,
  E2 extends number = number,
  C extends number = number,
  L extends LearningRate = LearningRate,
> {
  /** The largest step relative to a variable's size, or a schedule. @default 0.001 */
  readonly learningRate?: L & CheckLearningRate<"adafactor", L>;
  /** How the share that a step has in the means of squares falls with the steps: their power. @default -0.8 */
  readonly beta2Decay?: number;
  /** Added to squares of gradients. @default 1e-30 */
  readonly epsilon1?: E1 & CheckNotNegative<"adafactor", "epsilon1", E1>;
  /** What a variable's size is taken to be at least. @default 1e-3 */
  readonly epsilon2?: E2 & CheckNotNegative<"adafactor", "epsilon2", E2>;
  /** What a step's size, before the rate, is at most. @default 1 */
  readonly clipThreshold?: C & CheckPositive<"adafactor", "clipThreshold", C>;
}

const rules: OptionRules<AdafactorOptions> = {
  learningRate: learningRateRule,
  beta2Decay: float32,
  epsilon1: notNegative,
  epsilon2: notNegative,
  clipThreshold: positive,
};

/**
 * Adam without a mean of gradients, that keeps means of squares of a matrix's rows and columns instead of its elements:
 * β := 1 - tᵈ; r := β·r + (1 - β)·mean(g² + ε₁) over columns, c over rows; v := r·c / mean(r); u := g / √v;
 * w := w - max(ε₂, rms(w))·min(η, 1/√t)·u / max(1, rms(u) / limit). A vector has v := β·v + (1 - β)·(g² + ε₁). As in Keras, whose
 * `relative_step` changes nothing of it.
 * Source: Shazeer and Stern, "Adafactor: adaptive learning rates with sublinear memory cost" (2018).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adafactor({ learningRate: 0.01 });
 */
export function adafactor<
  const E1 extends number = number,
  const E2 extends number = number,
  const C extends number = number,
  const L extends LearningRate = number,
>(options: AdafactorOptions<E1, E2, C, L> = {}): Optimizer {
  checkSettings("adafactor", options, rules);
  const {
    learningRate = 0.001,
    beta2Decay = -0.8,
    epsilon1 = 1e-30,
    epsilon2 = 1e-3,
    clipThreshold = 1,
  }: AdafactorOptions = options;
  return {
    name: "adafactor",
    learningRate,
    slots: (_, shape) =>
      shape.length < 2
        ? { meanSquare: 0 }
        : {
            rowMeanSquare: { start: 0, shape: shape.slice(0, -1) },
            columnMeanSquare: { start: 0, shape: shape.toSpliced(-2, 1) },
          },
    step: byRule(({ w, gradient: g, rate, kept, time }) => {
      const share = subtract(1, pow(time, beta2Decay)) as Tensor<[]>;
      const squares = add(square(g), epsilon1) as Tensor<any>;
      const { meanSquare, rowMeanSquare, columnMeanSquare } = kept;
      const next: Record<string, Tensor<any>> = meanSquare
        ? { meanSquare: movingAverage(meanSquare, squares, share) }
        : {
            rowMeanSquare: movingAverage(rowMeanSquare!, along(squares, -1), share),
            columnMeanSquare: movingAverage(columnMeanSquare!, along(squares, -2), share),
          };
      const all = next.meanSquare ?? productOf(next.rowMeanSquare!, next.columnMeanSquare!);
      const move = divide(g, sqrt(all)) as Tensor<any>;
      const clipped = divide(move, maximum(1, divide(sizeOf(move), clipThreshold)));
      const scale = multiply(maximum(epsilon2, sizeOf(w)), minimum(rate, rsqrt(time)));
      return [subtract(w, multiply(scale, clipped)), next];
    }),
  };
}

/** What a matrix of mean squares is by those of its rows and columns. */
function productOf(rows: Tensor<any>, columns: Tensor<any>): Tensor<any> {
  const shares = divide(rows, mean(rows, { axis: -1, keepDims: true }) as Tensor<any>) as Tensor<any>;
  return multiply(expandDims(shares, -1) as Tensor<any>, expandDims(columns, -2) as Tensor<any>);
}

function along(x: Tensor<any>, axis: number): Tensor<any> {
  return mean(x, { axis }) as Tensor<any>;
}

/** The root of the mean square. */
function sizeOf(x: Tensor<any>): Tensor<[]> {
  return sqrt(mean(square(x)) as Tensor<[]>);
}
