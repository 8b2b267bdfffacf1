import { checkOptions } from "../ir/options.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { called } from "../ops/shared/called.js";
import { type Constraint, type NormConstraintOptions, normAxes, normEpsilon, normsOf } from "./constraint.js";

/**
 * Brings the weights of each unit to norm 1: w / (‖w‖ + 10⁻⁷).
 *
 * @throws SW_VALUE when an axis is none
 * @example
 * conv2d(input(["batch", 28, 28, 1]), { filters: 8, kernelSize: 3, kernelConstraint: unitNorm({ axis: [0, 1, 2] }) });
 */
export function unitNorm(options: NormConstraintOptions = {}): Constraint {
  checkOptions("unitNorm", options, normAxes);
  const { axis = 0 } = options;
  return called(`unitNorm(${axis})`, (weights) => divide(weights, add(normsOf(weights, axis), normEpsilon)));
}
