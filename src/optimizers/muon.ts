import type { CheckCount, CheckNotNegative, CheckNotNegativeOrNull, CheckRate } from "../ir/option-checks.js";
import { count, flag, float32, notNegative, notNegativeOrNull, type OptionRules, rate } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { matmul } from "../ops/matmul.js";
import { multiply } from "../ops/multiply.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import { transpose } from "../ops/transpose.js";
import { byRule, type Ruled } from "./byRule.js";
import { correction, moments, noMoments } from "./movingAverage.js";
import { checkMeant, means, type NamePattern, patternsRule } from "./names.js";
import type { Optimizer } from "./optimizer.js";
import { type CheckLearningRate, type LearningRate, learningRateRule } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `muon`. */
export interface MuonOptions<
  M extends number = number,
  W extends number = number,
  N extends number = number,
  R extends number | null = number | null,
  AL extends number = number,
  B1 extends number = number,
  B2 extends number = number,
  E extends number = number,
  AW extends number = number,
  L extends LearningRate = LearningRate,
> {
  /** The step size, or a schedule. @default 0.001 */
  readonly learningRate?: L & CheckLearningRate<"muon", L>;
  /** How much of what was is kept in the sum of gradients. @default 0.95 */
  readonly momentum?: M & CheckRate<"muon", "momentum", M>;
  /** Whether the gradient is taken as if the kept step had been made already. @default true */
  readonly nesterov?: boolean;
  /** The share of a matrix that it loses in a step, times the rate. @default 0.004 */
  readonly weightDecay?: W & CheckNotNegative<"muon", "weightDecay", W>;
  /** How often the iteration is taken that makes a matrix orthogonal. @default 5 */
  readonly nsSteps?: N & CheckCount<"muon", "nsSteps", N>;
  /** Its coefficient of X. @default 3.4445 */
  readonly muonA?: number;
  /** Its coefficient of X·Xᵀ·X. @default -4.775 */
  readonly muonB?: number;
  /** Its coefficient of (X·Xᵀ)²·X. @default 2.0315 */
  readonly muonC?: number;
  /** The root mean square of a step, before the rate, whatever the matrix's sizes are; null for steps as the iteration gives them. @default 0.2 */
  readonly rmsRate?: R & CheckNotNegativeOrNull<"muon", "rmsRate", R>;
  /** Which matrices are Adam's, such as the last layer's: names, regular expressions or functions of names. @default [] */
  readonly excludeLayers?: NamePattern | readonly NamePattern[];
  /** Whether what has "embedding" in its name is Adam's. @default true */
  readonly excludeEmbeddings?: boolean;
  /** What Adam's rate is, of Muon's. @default 1 */
  readonly adamLrRatio?: AL & CheckNotNegative<"muon", "adamLrRatio", AL>;
  /** Adam's `beta1`. @default 0.9 */
  readonly adamBeta1?: B1 & CheckRate<"muon", "adamBeta1", B1>;
  /** Adam's `beta2`. @default 0.999 */
  readonly adamBeta2?: B2 & CheckRate<"muon", "adamBeta2", B2>;
  /** Adam's `epsilon`. @default 1e-7 */
  readonly epsilon?: E & CheckNotNegative<"muon", "epsilon", E>;
  /** The share of Adam's variables that they lose in a step, times the rate. @default 0.004 */
  readonly adamWeightDecay?: AW & CheckNotNegative<"muon", "adamWeightDecay", AW>;
}

const rules: OptionRules<MuonOptions> = {
  learningRate: learningRateRule,
  momentum: rate,
  nesterov: flag,
  weightDecay: notNegative,
  nsSteps: count,
  muonA: float32,
  muonB: float32,
  muonC: float32,
  rmsRate: notNegativeOrNull,
  excludeLayers: patternsRule,
  excludeEmbeddings: flag,
  adamLrRatio: notNegative,
  adamBeta1: rate,
  adamBeta2: rate,
  epsilon: notNegative,
  adamWeightDecay: notNegative,
};

/**
 * Steps of matrices whose singular values are nearly all alike: m := μ·m + g; d := m, or g + μ·m with Nesterov's look ahead;
 * X := d / ‖d‖, then some times X := a·X + b·X·Xᵀ·X + c·(X·Xᵀ)²·X; w := w - η·(0.2·√max(rows, columns)·X + λ·w). What is no matrix,
 * embeddings, and what is excluded have Adam's steps, with decay. As in Keras.
 * Source: Jordan et al., "Muon: an optimizer for hidden layers in neural networks" (2024); Liu et al., "Muon is scalable for LLM training"
 * (2025).
 *
 * @throws SW_VALUE when a setting is out of range; in `compile`, SW_NAME when what is excluded is a name that the model does not have
 * @example
 * muon({ learningRate: 0.01, excludeLayers: "dense_1" });
 */
export function muon<
  const M extends number = number,
  const W extends number = number,
  const N extends number = number,
  const R extends number | null = number,
  const AL extends number = number,
  const B1 extends number = number,
  const B2 extends number = number,
  const E extends number = number,
  const AW extends number = number,
  const L extends LearningRate = number,
>(options: MuonOptions<M, W, N, R, AL, B1, B2, E, AW, L> = {}): Optimizer {
  checkSettings("muon", options, rules);
  const { learningRate = 0.001, excludeLayers = [], excludeEmbeddings = true } = options;
  const excluded: readonly NamePattern[] = Array.isArray(excludeLayers) ? excludeLayers : [excludeLayers];
  const isAdams = (name: string, rank: number) =>
    rank !== 2 ||
    (excludeEmbeddings && name.toLowerCase().includes("embedding")) ||
    excluded.some((pattern) => means("muon", pattern, name));
  return {
    name: "muon",
    learningRate,
    checkNames: (names) => checkMeant("muon", excluded, names),
    slots: (name, shape) => (isAdams(name, shape.length) ? noMoments : { momentum: 0 }),
    step: byRule((ruled) => (isAdams(ruled.name, ruled.w.rank) ? ofAdam(ruled, options) : ofMatrix(ruled, options))),
  };
}

function ofMatrix({ w, gradient: g, rate, kept }: Ruled, options: MuonOptions) {
  const { momentum: mu = 0.95, nesterov = true, weightDecay = 0.004, rmsRate = 0.2 } = options;
  const momentum = add(multiply(kept.momentum!, mu), g) as Tensor<any>;
  const direction = nesterov ? add(g, multiply(momentum, mu)) : momentum;
  const size = rmsRate === null ? 1 : Math.sqrt(Math.max(...w.shape)) * rmsRate;
  const move = multiply(multiply(rate, size), orthogonalized(direction, options));
  return [subtract(decayed(w, rate, weightDecay), move), { momentum }] as const;
}

function ofAdam(ruled: Ruled, options: MuonOptions) {
  const { adamLrRatio = 1, adamBeta1 = 0.9, adamBeta2 = 0.999, epsilon = 1e-7, adamWeightDecay = 0.004 } = options;
  const { w, rate, time } = ruled;
  const next = moments(ruled, { beta1: adamBeta1, beta2: adamBeta2 });
  const grown = divide(sqrt(correction(adamBeta2, time)), correction(adamBeta1, time));
  const scale = multiply(multiply(rate, adamLrRatio), grown);
  const move = divide(multiply(next.firstMoment, scale), add(sqrt(next.secondMoment), epsilon));
  return [subtract(decayed(w, rate, adamWeightDecay), move), next] as const;
}

function decayed(w: Tensor<any>, rate: Tensor<[]>, decay: number): Tensor<any> {
  return decay === 0 ? w : subtract(w, multiply(w, multiply(rate, decay)));
}

/** A matrix with nearly the same singular vectors, and singular values near 1, by Newton and Schulz's iteration. */
function orthogonalized(x: Tensor<any>, options: MuonOptions): Tensor<any> {
  const { nsSteps = 5, muonA: a = 3.4445, muonB: b = -4.775, muonC: c = 2.0315 } = options;
  // Products of the shorter side are the smaller ones.
  const turns = x.shape[0] > x.shape[1];
  const norm = sqrt(sum(square(x)) as Tensor<[]>);
  const start: Tensor<any> = divide(turns ? transpose(x) : x, add(norm, 1e-7));
  const orthogonal = Array.from({ length: nsSteps }).reduce<Tensor<any>>((matrix) => {
    const squared: Tensor<any> = matmul(matrix, matrix, { transposeB: true });
    const polynomial: Tensor<any> = add(multiply(b, squared), multiply(c, matmul(squared, squared)));
    return add(multiply(a, matrix), matmul(polynomial, matrix));
  }, start);
  return turns ? transpose(orthogonal) : orthogonal;
}
