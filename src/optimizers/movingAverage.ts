import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { multiply } from "../ops/multiply.js";
import { pow } from "../ops/pow.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import type { Ruled } from "./byRule.js";

/** share · old + (1 - share) · x. */
export function movingAverage(old: Tensor<any>, x: Tensor<any>, share: number | Tensor<[]>): Tensor<any> {
  const rest = typeof share === "number" ? 1 - share : subtract(1, share);
  return add(multiply(old, share), multiply(x, rest));
}

/** How much of both means is kept in a step. */
export interface Betas {
  readonly beta1: number;
  readonly beta2: number;
}

/** m := β₁·m + (1 - β₁)·g; v := β₂·v + (1 - β₂)·g². */
export function moments({ gradient: g, kept }: Ruled, { beta1, beta2 }: Betas) {
  return {
    firstMoment: movingAverage(kept.firstMoment!, g, beta1),
    secondMoment: movingAverage(kept.secondMoment!, square(g), beta2),
  };
}

/** What both means begin as. */
export const noMoments = { firstMoment: 0, secondMoment: 0 } as const;

/** 1 - βᵗ: by how much a mean that began at 0 is too small. */
export function correction(beta: number, time: Tensor<[]>): Tensor<[]> {
  return subtract(1, pow(beta, time));
}
