import { ShapewrightError } from "../ir/errors.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckPositive } from "../ir/option-checks.js";
import { checkOptions, flag, float32, type OptionRules, positive } from "../ir/options.js";
import type { ShapeOf, Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { equal } from "../ops/equal.js";
import { expandDims } from "../ops/expandDims.js";
import { eye } from "../ops/eye.js";
import { greater } from "../ops/greater.js";
import { logicalAnd } from "../ops/logicalAnd.js";
import { logicalNot } from "../ops/logicalNot.js";
import { logSumExp } from "../ops/logSumExp.js";
import { matmul } from "../ops/matmul.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import { softplus } from "../ops/softplus.js";
import { subtract } from "../ops/subtract.js";
import type { Dim, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import type { Loss, TargetRule } from "./loss.js";

/** Options of `circle`. */
export interface CircleOptions<G extends number = number> {
  /** How steep it is. @default 80 */
  readonly gamma?: G & CheckPositive<"circle", "gamma", G>;
  /** How near vectors of one class should come, and by how much others should keep away. @default 0.4 */
  readonly margin?: number;
  /** Whether a sample is left out of the others of its class. @default true */
  readonly removeDiagonal?: boolean;
}

const rules: OptionRules<CircleOptions> = { gamma: positive, margin: float32, removeDiagonal: flag };

export const noEmbeddings = "{op}: takes an output [batch, size], one vector for each sample, got {shape}";

/** Targets of vectors: [batch, size] → [batch] of int32. */
export interface LabelsOfVectors extends TargetRule {
  readonly target: LabelsOf<ShapeOf<this["output"]>>;
}

type LabelsOf<S extends Shape> = S extends [infer Batch extends Dim, Dim]
  ? Tensor<[Batch], "int32">
  : Message<typeof noEmbeddings, { op: "circle"; shape: Show<S> }>;

/**
 * Brings vectors of one class together, and those of others apart: softplus(ln Σ e^(γ · a · d - …) + ln Σ …) of the distances d = 1 - x · y within
 * a batch, weighted by how far they are from where they should be. Samples whose loss is 0 are left out of the mean.
 * Source: Sun et al., "Circle loss: a unified perspective of pair similarity optimization" (2020).
 *
 * @param options `gamma` (80), `margin` (0.4), `removeDiagonal` (true)
 * @returns a loss for outputs [batch, size] of float32, vectors of length 1 as `unitNormalization` gives them, and class numbers [batch] of int32
 * @throws SW_SHAPE, from `compile`, when the output is not one vector for each sample
 * @example
 * compile(digits, { optimizer: adam(), loss: circle({ margin: 0.25 }) });
 */
export function circle<const G extends number = number>(
  options: CircleOptions<G> = {},
): Loss<LabelsOfVectors, "circle"> {
  checkOptions("circle", options, rules);
  const { gamma = 80, margin = 0.4, removeDiagonal = true }: CircleOptions = options;
  return {
    name: "circle",
    fromLogits: false,
    target({ shape }) {
      if (shape.length === 2) return { shape: shape.slice(0, 1), dtype: "int32" };
      throw new ShapewrightError("SW_SHAPE", fill(noEmbeddings, { op: "circle", shape: show(shape) }), "circle");
    },
    values(output, target) {
      const vectors = tensorOf<Tensor<any>>(output);
      const labels = tensorOf<Tensor<any, "int32">>(target);
      const same: Tensor<any, "bool"> = equal(expandDims(labels, 1), expandDims(labels, 0));
      const others: Tensor<any, "bool"> = logicalNot(same);
      const itself: Tensor<any, "bool"> = greater(eye(output.shape[0]!) as Tensor<any>, 0);
      const positives = removeDiagonal ? logicalAnd(same, logicalNot(itself)) : same;
      const distances = maximum(subtract(1, matmul(vectors, vectors, { transposeB: true })), 0);
      // (d + m) · (d - m) of its own class, (1 + m - d) · (1 - m - d) of others.
      const far = multiply(maximum(add(distances, margin), 0), subtract(distances, margin));
      const near = multiply(maximum(subtract(1 + margin, distances), 0), subtract(1 - margin, distances));
      const over = (which: Tensor<any, "bool">, cost: Tensor<any>): Tensor<any> =>
        logSumExp(select(which, multiply(cost, gamma), nothing), { axis: 1 });
      return nodeOf(softplus(add(over(positives, far), over(others, near))));
    },
    mask: (_output, _target, values) => nodeOf(greater(tensorOf<Tensor<any>>(values), 0)),
  };
}

/** What adds nothing to Σeˣ. Not -∞, of which alone the sum's gradient would be none. */
const nothing = -1e30;
