import { describe, expect, test } from "vitest";
import {
  accuracy,
  adam,
  compile,
  dense,
  dropout,
  input,
  model,
  relu,
  rmsprop,
  sequential,
  softmax,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { lowerProgram } from "../../compiler/lower/lowerProgram.js";
import { optimize, retarget } from "../../compiler/pipeline.js";
import { computationOf, type Program } from "../../compiler/program.js";
import { verify } from "../../compiler/verify.js";
import { resnet } from "../../examples/models/resnet.js";

/** Programs built from nothing, each time anew. */
const builds: Readonly<Record<string, () => Program<any, any, any, any>>> = {
  "two dense layers": () =>
    compile(
      model({ image: input(["batch", 784]) }, ({ image }) =>
        sequential(
          image,
          dense({ units: 512, activation: relu }),
          dropout(0.2),
          dense({ units: 10, activation: softmax }),
        ),
      ),
      { optimizer: rmsprop(), loss: sparseCategoricalCrossentropy(), metrics: [accuracy()] },
    ),
  "a residual network": () =>
    compile(resnet([1, 2, 1, 1]), {
      optimizer: adam(),
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    }),
};

const graphsOf = ({ train, evaluate, predict }: Program<any, any, any, any>) => [train, evaluate, predict];

describe.each(Object.entries(builds))("%s", (_, build) => {
  test("compiled twice, is the same to the last byte", () => {
    const [first, second] = [build(), build()];
    expect(graphsOf(second).map(String)).toEqual(graphsOf(first).map(String));
    const bytes = (program: Program<any, any, any, any>) =>
      lowerProgram(retarget(computationOf(program), "tensorflow")).savedModel;
    expect(Buffer.compare(bytes(second), bytes(first))).toBe(0);
  });

  test("compiled, has nothing left to optimise", () => {
    for (const graph of graphsOf(build())) expect(optimize(verify(graph))).toBe(graph);
  });
});
