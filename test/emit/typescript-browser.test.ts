import type { Plugin } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import type { Program } from "../../compiler/program.js";
import { testedBackends } from "../support/backends.js";
import { bundleForBrowser, chromiumPath, openPage, startChromium } from "../support/chromium.js";
import { mnistBatches } from "../support/mnistBatches.js";
import { convnetProgram, mnistProgram } from "../support/programs.js";
import { type Batch, sessionReports } from "../support/training.js";

const steps = 50;

/** What the page does: trains by a generated module, on a backend, and counts tensors. */
const page = (module: string) => `
  import * as tf from "@tensorflow/tfjs-core";
  import "@tensorflow/tfjs-backend-cpu";
  import "@tensorflow/tfjs-backend-webgl";
  import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
  import { createState, trainStep } from ${JSON.stringify(module)};

  setWasmPaths("/wasm/");
  window.starts = (backend) => tf.setBackend(backend).catch(() => false);
  window.train = async (batches, seed) => {
    const before = tf.memory().numTensors;
    const state = createState({ seed });
    const tensors = [];
    const reports = batches.map((batch) => {
      const inputs = batch.map(({ data, shape, dtype }) => tf.tensor(data, shape, dtype));
      const report = trainStep(state, ...inputs);
      for (const input of inputs) input.dispose();
      tensors.push(tf.memory().numTensors - before);
      return report;
    });
    return { reports, tensors, variables: Object.keys(state).length };
  };
  window.ready = true;
`;

/** The page's script with the generated module and everything that they import. */
function bundle(program: Program): Promise<string> {
  const text = emitTraining(program, { name: "program", source: "test" });
  const generated: Plugin = {
    name: "generated",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^generated$/ }, ({ path }) => ({ path, namespace: "generated" }));
      onLoad({ filter: /.*/, namespace: "generated" }, () => ({
        contents: text,
        loader: "ts",
        resolveDir: import.meta.dirname,
      }));
    },
  };
  return bundleForBrowser(page("generated"), { plugins: [generated] });
}

const plain = (batches: readonly Batch[]) =>
  batches.map(({ inputs, target }) =>
    [...Object.values(inputs), target].map(({ data, shape, dtype }) => ({ data: Array.from(data), shape, dtype })),
  );

interface Trained {
  readonly reports: Record<string, number>[];
  readonly tensors: number[];
  readonly variables: number;
}

const cases: [string, () => Program, Batch[]][] = [
  ["MNIST", mnistProgram as () => Program, mnistBatches([784], steps, 16)],
  ["the convnet, dropout in it", convnetProgram as () => Program, mnistBatches([28, 28, 1], steps, 4)],
];

// Where there is no Chromium, test/support/chromium.ts says so, or fails if there has to be one.
describe.skipIf(chromiumPath === undefined)("in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  describe.each(cases)("the generated training of %s", (_, make, all) => {
    // WebGL is emulated where there is no graphics card, and then slow.
    test.each([
      ["wasm", steps],
      ["webgl", 10],
    ])(
      "on %s reports what the native session does, for %i steps",
      async (backend, count) => {
        const program = make();
        const batches = all.slice(0, count);
        const wanted = await sessionReports(testedBackends[0]!, program, batches, 7);
        const opened = await openPage(browser, await bundle(program));
        const started = await opened.evaluate(`window.starts(${JSON.stringify(backend)})`);
        if (backend === "webgl" && !started) {
          console.warn("Skipped: this Chromium starts no WebGL");
          return;
        }
        expect(started).toBe(true);
        const script = `window.train(${JSON.stringify(plain(batches))}, 7)`;
        const { reports, tensors, variables } = (await opened.evaluate(script)) as Trained;
        await opened.close();

        for (const [i, report] of wanted.entries()) {
          for (const [name, value] of Object.entries(report)) {
            expect(Math.abs(reports[i]![name]! - value), `${name} of step ${i}`).toBeLessThan(1e-4);
          }
        }
        expect(new Set(tensors)).toEqual(new Set([variables]));
      },
      240_000,
    );
  });
});
