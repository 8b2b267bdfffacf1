import { describe, expect, test } from "vitest";
import {
  adam,
  clipByNorm,
  compile,
  dense,
  embedding,
  input,
  mean,
  model,
  type Optimizer,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { kernelsOf } from "../../compiler/lower/kernelsOf.js";
import { optimizeFor } from "../../compiler/pipeline.js";

/** The kernels of a training step of a classifier of bags of words that have to do with its table. */
function kernels(optimizer: Optimizer) {
  const net = model({ x: input(["batch", "time"], "int32") }, ({ x }) =>
    dense(mean(embedding(x, { inputDim: 1000, outputDim: 8 }), { axis: 1 }), { units: 2 }),
  );
  const { train } = compile(net, { optimizer, loss: sparseCategoricalCrossentropy({ fromLogits: true }) });
  const all = kernelsOf(optimizeFor(train, "tensorflow"));
  return all.filter((kernel) => /Gather|Segment|Scatter|Apply/.test(kernel));
}

describe("a table that is looked up", () => {
  test("is neither read nor changed as a whole by gradient descent", () => {
    expect(kernels(sgd())).toEqual([
      "ResourceGather",
      "ResourceApplyGradientDescent",
      "ResourceApplyGradientDescent",
      "ResourceScatterSub",
    ]);
  });

  test("is by optimizers that change rows without a gradient, or that look at the gradient as a whole", () => {
    const dense = ["ResourceGather", "GatherV2", "UnsortedSegmentSum"];
    for (const optimizer of [sgd({ momentum: 0.9 }), adam(), clipByNorm(sgd(), 1)]) {
      expect(kernels(optimizer).filter((kernel) => !kernel.includes("Apply"))).toEqual(dense);
    }
  });
});
