import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import type { Program } from "../../compiler/program.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { mnistBatches } from "../support/mnistBatches.js";
import { convnetProgram, mnistProgram, recomputingProgram } from "../support/programs.js";
import { type Batch, generatedReports, sessionReports } from "../support/training.js";

const steps = 50;

// tfjs's cpu backend takes a second for a convnet's step of a hundred images, so batches are small.
const cases: [string, () => Program, Batch[]][] = [
  ["MNIST", mnistProgram as () => Program, mnistBatches([784], steps, 32)],
  ["the convnet, dropout in it", convnetProgram as () => Program, mnistBatches([28, 28, 1], steps, 4)],
  ["a program with a memory budget", recomputingProgram as () => Program, mnistBatches([784], steps, 64)],
];

describe.each(cases)("the generated training of %s", (_, make, batches) => {
  test.each(testedBackends)(
    "on %s reports what the native session does, for 50 steps",
    async (backend) => {
      const program = make();
      const text = emitTraining(program, { name: "program", source: "test" });
      const module = await importGenerated<TrainingModule>(text);
      const wanted = await sessionReports(testedBackends[0]!, program, batches, 7);
      const { reports, tensors, left, variables } = await generatedReports(backend, module, batches, 7);

      expect(wanted.length).toBe(steps);
      for (const [i, report] of wanted.entries()) {
        for (const [name, value] of Object.entries(report)) {
          expect(Math.abs(reports[i]![name]! - value), `${name} of step ${i}`).toBeLessThan(1e-4);
        }
      }
      expect(wanted.at(-1)!.loss).toBeLessThan(wanted[0]!.loss!);
      expect(new Set(tensors)).toEqual(new Set([variables]));
      expect(left).toBe(0);
    },
    120_000,
  );
});
