import { maximum } from "../ops/maximum.js";
import { called } from "../ops/shared/called.js";
import type { Constraint } from "./constraint.js";

/**
 * Lets no weight be below 0: max(w, 0).
 *
 * @example
 * dense(input(["batch", 784]), { units: 64, kernelConstraint: nonNeg() });
 */
export function nonNeg(): Constraint {
  return called("nonNeg()", (weights) => maximum(weights, 0));
}
