import { expect, test } from "vitest";
import { graphCost } from "../../compiler/analysis/cost.js";
import { peakMemory } from "../../compiler/analysis/memory.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  broadcastTo,
  type CompileWarning,
  compile,
  constant,
  dense,
  dot,
  glorotUniform,
  input,
  meanSquaredError,
  model,
  scan,
  sgd,
  type Tensor,
  tanh,
  variable,
} from "../../compiler/language.js";
import { budgetFor } from "../../compiler/memory.js";
import { verify } from "../../compiler/verify.js";
import { generate } from "../../src/ir/array.js";
import type { Graph } from "../../src/ir/graph.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { generatedReports, sessionReports } from "../support/training.js";

const dims = new Map([
  ["batch", 100],
  ["time", 2],
]);

/** A recurrent network whose step is a chain of 24 products: a round's backward pass holds more than what is held between rounds. */
function deepSteps(budget?: number) {
  const net = model({ x: input(["batch", "time", 8]) }, ({ x }) => {
    const weights = Array.from({ length: 24 }, (_, i) => variable(`W${i}`, [8, 8], glorotUniform()));
    const { carry } = scan(x, broadcastTo(constant(0), ["batch", 8]), (state, step) => {
      let h: Tensor<["batch", 8]> = tanh(add(state, step));
      for (const W of weights) h = tanh(dot(h, W));
      return { carry: h, output: step };
    });
    return dense(carry, { units: 1 });
  });
  const told: CompileWarning[] = [];
  const program = compile(net, {
    optimizer: sgd({ learningRate: 0.1 }),
    loss: meanSquaredError(),
    onWarning: (warning) => told.push(warning),
    ...(budget !== undefined && { memory: { budget: budgetFor(budget), dims: Object.fromEntries(dims) } }),
  });
  return { program, told };
}

// With more than enough, nothing is computed again, and nothing more is held than needs be.
const plain = deepSteps(1e12).program;
const peak = (graph: Graph) => peakMemory(graph, dims).bytes;

test.each([0.9, 0.75, 0.6])("a loop's rounds fit %s of a step's memory", (share) => {
  const budget = Math.floor(share * peak(plain.train));
  const { program, told } = deepSteps(budget);
  expect(peak(verify(program.train))).toBeLessThanOrEqual(budget);
  expect(told).toEqual([]);
  const [before, after] = [plain, program].map(({ train }) => graphCost(train, dims).flops);
  expect(after!).toBeGreaterThan(before!);
  // A round's forward pass is a third of its backward pass and a quarter of both loops: computed again once at the most.
  expect(after! / before!).toBeLessThan(1.26);
});

test("a budget that nothing meets is told, with the least that was found", () => {
  const { program, told } = deepSteps(1);
  expect(peak(program.train)).toBeLessThan(0.6 * peak(plain.train));
  expect(told).toEqual([{ code: "SW_WARN_MEMORY", message: expect.stringContaining("and the budget is 2 B") }]);
});

test.each(testedBackends)(
  "a step is the same in less memory, in a session and as generated code, on %s",
  async (backend) => {
    const x = generate([6, 5, 8], "float32", (i) => Math.sin(i * 1.7));
    const target = generate([6, 1], "float32", (i) => Math.cos(i * 2.3));
    const batches = Array.from({ length: 4 }, () => ({ inputs: { x }, target }));
    const small = deepSteps(Math.floor(0.6 * peak(plain.train))).program;
    const code = await importGenerated<TrainingModule>(emitTraining(small, { name: "net", source: "net.ts" }));
    const wanted = await sessionReports("cpu", plain, batches, 6);
    const session = await sessionReports(backend, small, batches, 6);
    const { reports, left } = await generatedReports(backend, code, batches, 6);
    expect(wanted[3]!.loss).not.toBeCloseTo(wanted[0]!.loss!, 3);
    for (const [i, { loss }] of wanted.entries()) {
      expect(session[i]!.loss).toBeCloseTo(loss!, 5);
      expect(reports[i]!.loss).toBeCloseTo(loss!, 5);
    }
    expect(left).toBe(0);
  },
);
