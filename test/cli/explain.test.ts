import { describe, expect, test } from "vitest";
import { resnetCounts } from "../support/closed-forms.js";
import { shapewright } from "../support/shapewright.js";

const lastLine = (text: string) => JSON.parse(text.trimEnd().split("\n").at(-1)!);

test("the MNIST network's training step, in a table", () => {
  const { status, stdout, stderr } = shapewright(
    "explain",
    "examples/02-mnist.ts",
    "--graph",
    "train",
    "--dim",
    "batch=128",
  );
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchInlineSnapshot(`
    "examples/02-mnist.ts#program, batch = 128

    train: one step   nodes  kernels  FLOPs    bytes     peak
    before any pass      57       28  214 M  19.1 MB  2.27 MB
    simplify             55       25      ·  19.1 MB        ·
    fuseReluGradient     53       24      ·  19.0 MB        ·
    fuseAffine           51       22      ·  18.4 MB        ·
    fuseActivations      50       21      ·  17.9 MB        ·
    after all passes     50       21  214 M  17.9 MB  2.27 MB
    change            -12 %    -25 %   ±0 %     -6 %     ±0 %
    nothing to do for stabilize, foldConstants, eliminateCommonSubexpressions,
    pruneBodies, foldTransposes, foldReshapes, maskBeforePooling, keepRounds,
    sumAfterLoops, updateRows, plainUpdates
    "
  `);
});

test("an error, by its code: cause, program, what it says, cure", () => {
  const { status, stdout, stderr } = shapewright("explain", "SW_DTYPE");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchInlineSnapshot(`
    "SW_DTYPE

    A dtype that an op does not take. Nothing is converted silently.

      import { dense, input } from "shapewright";

      const words = input(["batch", 20], "int32");
      dense(words, { units: 64 });

      dense: takes float32, got int32; use cast() first

    \`cast(x, "float32")\` makes numbers of integers and of bool; bytes are scaled
    besides by \`rescaling\`. Integers that are names of things, such as words or
    categories, want \`embedding\` or \`oneHot\`.
    "
  `);
  const { status: failed, stderr: said } = shapewright("explain", "SW_SHAPES");
  expect([failed, said]).toEqual([
    2,
    'shapewright: there is no error and no warning SW_SHAPES. Did you mean "SW_SHAPE"?\n',
  ]);
});

test("one pass, as a diff: what stays the same is called the same", () => {
  const { stdout } = shapewright(
    "explain",
    "examples/02-mnist.ts",
    "--graph",
    "predict",
    "--pass",
    "fuseAffine",
    "--diff",
  );
  expect(stdout).toMatchInlineSnapshot(`
    "--- before fuseAffine on predict
    +++ after fuseAffine on predict
    @@ -1,13 +1,11 @@
     graph predict {
       %image: float32[batch, 784] = input
       %dense/kernel: float32[784, 512] = variable, starts as glorotUniform  # dense
    -  %2: float32[batch, 512] = dot(%image, %dense/kernel)  # dense
       %dense/bias: float32[512] = variable, starts as constant(0)  # dense
    -  %4: float32[batch, 512] = add(%2, %dense/bias)  # dense
    -  %5: float32[batch, 512] = relu(%4)
    +  %10: float32[batch, 512] = affine(%image, %dense/kernel, %dense/bias)  # dense
    +  %5: float32[batch, 512] = relu(%10)
       %dense_1/kernel: float32[512, 10] = variable, starts as glorotUniform  # dense_1
    -  %7: float32[batch, 10] = dot(%5, %dense_1/kernel)  # dense_1
       %dense_1/bias: float32[10] = variable, starts as constant(0)  # dense_1
    -  %9: float32[batch, 10] = add(%7, %dense_1/bias)  # dense_1
    -  return output = %9
    +  %11: float32[batch, 10] = affine(%5, %dense_1/kernel, %dense_1/bias)  # dense_1
    +  return output = %11
     }
    "
  `);
});

test("one pass, before and after", () => {
  const { stdout } = shapewright("explain", "examples/02-mnist.ts#digits", "--pass", "fuseAffine");
  expect(stdout).toMatchInlineSnapshot(`
    "predict before fuseAffine: x · W + b and x ∗ filter + b become one kernel
    graph predict {
      %image: float32[batch, 784] = input
      %dense/kernel: float32[784, 512] = variable, starts as glorotUniform  # dense
      %2: float32[batch, 512] = dot(%image, %dense/kernel)  # dense
      %dense/bias: float32[512] = variable, starts as constant(0)  # dense
      %4: float32[batch, 512] = add(%2, %dense/bias)  # dense
      %5: float32[batch, 512] = relu(%4)
      %dense_1/kernel: float32[512, 10] = variable, starts as glorotUniform  # dense_1
      %7: float32[batch, 10] = dot(%5, %dense_1/kernel)  # dense_1
      %dense_1/bias: float32[10] = variable, starts as constant(0)  # dense_1
      %9: float32[batch, 10] = add(%7, %dense_1/bias)  # dense_1
      return output = %9
    }
    predict after fuseAffine
    graph predict {
      %image: float32[batch, 784] = input
      %dense/kernel: float32[784, 512] = variable, starts as glorotUniform  # dense
      %dense/bias: float32[512] = variable, starts as constant(0)  # dense
      %10: float32[batch, 512] = affine(%image, %dense/kernel, %dense/bias)  # dense
      %5: float32[batch, 512] = relu(%10)
      %dense_1/kernel: float32[512, 10] = variable, starts as glorotUniform  # dense_1
      %dense_1/bias: float32[10] = variable, starts as constant(0)  # dense_1
      %11: float32[batch, 10] = affine(%5, %dense_1/kernel, %dense_1/bias)  # dense_1
      return output = %11
    }
    "
  `);
});

describe("three networks, as JSON", () => {
  /** Products of the training step: forward, and two gradients of each but the first layer's, whose input needs none. */
  const products = {
    "examples/02-mnist.ts": 2 * 32 * (784 * 512 * 2 + 512 * 10 * 3),
    "examples/03-mnist-convnet.ts": 2 * 32 * (26 * 26 * 9 * 32 * 2 + 11 * 11 * 9 * 32 * 64 * 3 + 1600 * 10 * 3),
    "examples/models/resnet50.ts": 2 * 32 * (3 * resnetCounts([3, 4, 6, 3]).products - 112 ** 2 * 49 * 3 * 64),
  };
  test.each(Object.entries(products))("%s", (file, flops) => {
    const { stdout } = shapewright("explain", file, "--json");
    const { kernels, graphs, dims } = lastLine(stdout);
    expect(dims).toEqual({ batch: 32 });
    expect(kernels).toEqual({ before: graphs.train.before.kernels, after: graphs.train.after.kernels });
    expect(kernels.after).toBeLessThan(0.85 * kernels.before);
    for (const graph of ["train", "evaluate", "predict"]) {
      const { before, after, passes } = graphs[graph];
      // Each pass takes up where the last one ended.
      const chain = [before, ...passes.map((pass: { after: object }) => pass.after)];
      expect(passes.map((pass: { before: object }) => pass.before)).toEqual(chain.slice(0, -1));
      expect(chain.at(-1)).toEqual(after);
      expect(after.bytes).toBeLessThan(before.bytes);
    }
    // All else is elementwise: less than one part in twenty, and in a small network in ten.
    const share = graphs.train.after.flops / flops;
    expect(share).toBeGreaterThan(1);
    expect(share).toBeLessThan(1.15);
  });
});

describe("mistakes", () => {
  const cases: [string, string[], number, string][] = [
    ["a pass that is none", ["examples/02-mnist.ts", "--pass", "fuseAffin"], 2, 'Did you mean "fuseAffine"?'],
    [
      "a dim that no input has",
      ["examples/02-mnist.ts", "--dim", "bach=3"],
      2,
      'no input has a dim named "bach"; there is batch. Did you mean "batch"?',
    ],
    ["a size that is none", ["examples/02-mnist.ts", "--dim", "batch=0"], 2, "Write NAME=SIZE, as in batch=128."],
    [
      "a graph that is none",
      ["examples/02-mnist.ts", "--graph", "trian"],
      2,
      "Allowed choices are train, evaluate, predict.",
    ],
    [
      "a model's train graph",
      ["examples/02-mnist.ts#digits", "--graph", "train"],
      2,
      "examples/02-mnist.ts#digits is a model without a program; its only graph is predict",
    ],
    [
      "a file that is not there",
      ["examples/02-mnits.ts"],
      2,
      'There is no file examples/02-mnits.ts. Did you mean "02-mnist.ts"?',
    ],
  ];
  test.each(cases)("%s", (_, parameters, code, message) => {
    const { status, stdout, stderr } = shapewright("explain", ...parameters);
    expect([status, stdout]).toEqual([code, ""]);
    expect(stderr).toContain(message);
  });
});
