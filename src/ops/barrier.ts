import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** x, but not before `after` is there. Inputs: x, after. What reads it is not computed earlier, nor merged with what reads x. */
    barrier: Record<never, never>;
  }
}

export const barrierOp: ValueOpDefinition<"barrier"> = {
  name: "barrier",
  words: { noun: "held", formula: ([x]) => `${x}, to compute again what follows from it` },
  traits: ["keepsFinite"],
  view: true,
  infer: ([x]) => x!,
  gradient: { notDifferentiable: "made by recomputation, after differentiation" },
  tensorflow: (t, [x, after], { dtype }) => t.after(x!, after!, dtype),
  tfjs: (_, [x]) => x!,
  reference: ([x]) => x!,
  flops: noFlops,
};

export const barrierSamples: Samples<"barrier"> = () => [{ inputs: [ramp([2, 3]), ramp([4])], attributes: {} }];
