import { describe, expect, test } from "vitest";
import {
  add,
  array,
  compile,
  constant,
  dense,
  exp,
  identityInitializer,
  input,
  lossOf,
  meanSquaredError,
  model,
  multiply,
  neg,
  sgd,
  square,
  subtract,
  type Tensor,
  unstack,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

/** −2 ln of a normal distribution's density, but for a constant; the output is its mean and the logarithm of its variance. */
const gaussian = lossOf("gaussian", input(["batch"]), (target, output: Tensor<["batch", 2]>) => {
  const [mean, logVariance] = unstack(output, 1);
  return add(logVariance, multiply(square(subtract(target, mean)), exp(neg(logVariance))));
});
const pairs = model({ x: input(["batch", 2]) }, ({ x }) =>
  dense(x, { units: 2, kernelInitializer: identityInitializer(), name: "line" }),
);
const x = array(new Float32Array([1, 0, 2, 1, -1, 2]), [3, 2]);
const y = array(new Float32Array([3, 2, 1]), [3]);

describe.each([...testedBackends, "reference" as const])(
  "on %s, a loss of one's own with its own targets",
  (backend) => {
    test("is trained, weighted and evaluated, a short batch and all", async () => {
      const program = compile(pairs, {
        optimizer: sgd({ learningRate: 0.5 }),
        loss: gaussian,
        sampleWeight: "samples",
      });
      const session = await open(program, { backend });
      // 0 + (3 − 1)²; 1 + 0; 2 + (1 + 1)²·e⁻²
      const losses = [4, 1, 2 + 4 * Math.exp(-2)] as const;
      const { loss } = await session.evaluate({ x }, y, { batchSize: 2, sampleWeight: [1, 3, 2] });
      expect(loss).toBeCloseTo((losses[0] + 3 * losses[1] + 2 * losses[2]) / 3, 5);
      // Of the first sample alone: ∂/∂mean = −2(y − mean)e⁻ˢ = −4, ∂/∂s = 1 − (y − mean)²e⁻ˢ = −3; the input is [1, 0].
      await session.fit({ x: [[1, 0]] }, [3], { sampleWeight: [1], verbose: 0 });
      const kernel = session.getWeight("line/kernel").data;
      expect([...kernel].map((value) => +value.toFixed(5))).toEqual([3, 1.5, 0, 1]);
      session.dispose();
    });

    test("stands by the name of an output, beside others", async () => {
      const both = model({ x: input(["batch", 2]) }, ({ x }) => ({
        spread: multiply(x, 1),
        plain: dense(x, { units: 1 }),
      }));
      const program = compile(both, { optimizer: sgd(), loss: { spread: gaussian, plain: meanSquaredError() } });
      const session = await open(program, { backend });
      const reports = await session.evaluate({ x }, { spread: y, plain: [[0], [0], [0]] });
      expect(reports.spread_loss).toBeCloseTo((4 + 1 + 2 + 4 * Math.exp(-2)) / 3, 5);
      session.dispose();
    });
  },
);

describe("what is no such loss is refused", () => {
  const any = (value: unknown) => value as never;
  const options = { optimizer: sgd() };
  test.each([
    [
      "SW_VALUE",
      'lossOf: target is an array, but must be an input, such as input(["batch"], "int32")',
      () =>
        lossOf(
          "own",
          any(["batch"]),
          any((t: never) => t),
        ),
    ],
    [
      "SW_VALUE",
      'lossOf: target is the result of constant, but must be an input, such as input(["batch"], "int32")',
      () =>
        lossOf(
          "own",
          constant(1),
          any((t: never) => t),
        ),
    ],
    [
      "SW_VALUE",
      "lossOf: the function is undefined, but must be a function",
      () => lossOf("own", input(["batch"]), any(undefined)),
    ],
    [
      "SW_VALUE",
      "lossOf: name is 3, but must be a text that is not empty",
      () =>
        lossOf(
          any(3),
          input(["batch"]),
          any((t: never) => t),
        ),
    ],
    [
      "SW_SHAPE",
      'compile: the targets of the loss "own" are [n], whose first axis must be batch, as the output\'s',
      () =>
        compile(pairs, {
          ...options,
          loss: any(
            lossOf(
              "own",
              input(["n"]),
              any((t: never) => t),
            ),
          ),
        }),
    ],
    [
      "SW_VALUE",
      'compile: the loss "own" returns undefined, but must return float32 values, one for each sample or for each place in a sample',
      () =>
        compile(pairs, {
          ...options,
          loss: lossOf(
            "own",
            input(["batch"]),
            any(() => undefined),
          ),
        }),
    ],
  ])("%s %s", (code, message, make) => {
    expect(make).toThrow(expect.objectContaining({ code, message }));
  });
});
