import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  broadcastTo,
  concat,
  constant,
  dot,
  gradients,
  input,
  mean,
  multiply,
  scan,
  sigmoid,
  split,
  square,
  sum,
  tanh,
} from "../../compiler/language.js";
import { program, sequences } from "../../examples/05-recurrent.js";
import { openFunction } from "../../runtime/index.js";
import type { NdArray } from "../../src/ir/array.js";
import numbers from "../fixtures/lstm.json" with { type: "json" };
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { generatedReports, sessionReports } from "../support/training.js";

const given = (name: "x" | "kernel" | "bias") => ({
  shape: numbers[name].shape,
  dtype: "float32" as const,
  data: Float32Array.from(numbers[name].data),
});

test.each([...testedBackends, "reference"] as const)(
  "an LSTM on %s is PyTorch's, with derivatives of two orders",
  async (backend) => {
    const f = await openFunction(
      { x: input(["batch", "time", 3]), kernel: input([7, 16]), bias: input([16]) },
      ({ x, kernel, bias }) => {
        const zero = broadcastTo(constant(0), ["batch", 4]);
        const { carry, outputs } = scan(x, { hidden: zero, cell: zero }, ({ hidden, cell }, place) => {
          const gates = add(dot(concat([place, hidden], -1), kernel), bias);
          const [take, keep, candidate, show] = split(gates, 4, -1);
          const next = add(multiply(sigmoid(keep), cell), multiply(sigmoid(take), tanh(candidate)));
          const shown = multiply(sigmoid(show), tanh(next));
          return { carry: { hidden: shown, cell: next }, output: shown };
        });
        const loss = add(mean(square(outputs)), sum(multiply(carry.cell, carry.hidden)));
        const d = gradients(loss, { x, kernel, bias });
        const dd = gradients(add(add(sum(square(d.x)), sum(square(d.kernel))), sum(square(d.bias))), {
          x,
          kernel,
          bias,
        });
        return {
          ...{ hidden: outputs, cell: carry.cell, loss },
          ...{ d_x: d.x, d_kernel: d.kernel, d_bias: d.bias, dd_x: dd.x, dd_kernel: dd.kernel, dd_bias: dd.bias },
        };
      },
      { backend },
    );
    const results: Record<string, NdArray> = await f({ x: given("x"), kernel: given("kernel"), bias: given("bias") });
    for (const [name, { shape, data }] of Object.entries(results)) {
      const wanted = numbers[name as keyof typeof numbers];
      expect(shape).toEqual(wanted.shape);
      for (const [i, value] of wanted.data.entries()) expect(data[i], `${name}, element ${i}`).toBeCloseTo(value, 4);
    }
    f.dispose();
  },
);

describe("the example's LSTM", () => {
  const { sequence, sums } = sequences(8, 3);
  const batches = Array.from({ length: 5 }, () => ({ inputs: { sequence }, target: sums }));
  const module = importGenerated<TrainingModule>(emitTraining(program, { name: "lstm", source: "lstm.ts" }));

  test.each(testedBackends)(
    "takes the same steps on %s in a session and as generated code, and leaves nothing",
    async (backend) => {
      const reference = await sessionReports("cpu", program, batches, 5);
      const session = await sessionReports(backend, program, batches, 5);
      const { reports, tensors, left } = await generatedReports(backend, await module, batches, 5);
      for (const [i, { loss }] of reference.entries()) {
        expect(session[i]!.loss).toBeCloseTo(loss!, 5);
        expect(reports[i]!.loss).toBeCloseTo(loss!, 5);
      }
      expect(reference[4]!.loss!).toBeLessThan(reference[0]!.loss!);
      expect(new Set(tensors).size).toBe(1);
      expect(left).toBe(0);
    },
  );
});
