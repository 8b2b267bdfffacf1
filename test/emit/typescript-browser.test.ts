import { mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import type { Program } from "../../compiler/program.js";
import { testedBackends } from "../support/backends.js";
import { chromiumPath, startChromium } from "../support/chromium.js";
import { mnistBatches } from "../support/mnistBatches.js";
import { convnetProgram, mnistProgram } from "../support/programs.js";
import { type Batch, sessionReports } from "../support/training.js";

const steps = 50;
const root = resolve(import.meta.dirname, "../..");
const wasmFolder = dirname(fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm")));

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
`;

/** The page's script with everything that it imports, for a browser: a module of Node's would fail here. */
async function bundle(program: Program): Promise<string> {
  const resolveDir = join(root, "test/.generated");
  mkdirSync(resolveDir, { recursive: true });
  const text = emitTraining(program, { name: "program", source: "test" });
  const { outputFiles } = await build({
    stdin: { contents: page("generated"), resolveDir, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    conditions: ["shapewright-source"],
    logLevel: "error",
    plugins: [
      {
        name: "generated",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^generated$/ }, ({ path }) => ({ path, namespace: "generated" }));
          onLoad({ filter: /.*/, namespace: "generated" }, () => ({ contents: text, loader: "ts", resolveDir }));
        },
      },
    ],
  });
  return outputFiles[0]!.text;
}

/** A page that has loaded a script, and finds tfjs's WebAssembly files. */
async function open(browser: Browser, script: string): Promise<Page> {
  const opened = await browser.newPage();
  await opened.route("http://localhost/**", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/")
      return route.fulfill({ contentType: "text/html", body: '<script type="module" src="/script.js"></script>' });
    if (pathname === "/script.js") return route.fulfill({ contentType: "text/javascript", body: script });
    if (!pathname.startsWith("/wasm/")) return route.fulfill({ status: 404 });
    const body = readFileSync(join(wasmFolder, basename(pathname)));
    return route.fulfill({ contentType: "application/wasm", body });
  });
  await opened.goto("http://localhost/");
  await opened.waitForFunction("window.train !== undefined");
  return opened;
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
        const opened = await open(browser, await bundle(program));
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
