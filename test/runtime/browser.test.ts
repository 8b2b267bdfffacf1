import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  accuracy,
  adam,
  compile,
  dense,
  input,
  model,
  relu,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { bundleForBrowser, chromiumPath, openPage, startChromium } from "../support/chromium.js";

/** What a page of a user's does: the same program as below. */
const script = `
  import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
  import { accuracy, adam, compile, dense, input, model, relu, sparseCategoricalCrossentropy } from "shapewright";
  import { eager, open } from "shapewright/runtime";
  setWasmPaths("/wasm/");
  const net = model({ x: input(["batch", 2]) }, ({ x }) => dense(dense(x, { units: 8, activation: relu }), { units: 2 }));
  const program = compile(net, {
    optimizer: adam({ learningRate: 0.05 }),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: [accuracy()],
  });
  window.train = async (options, x, labels) => {
    const session = await open(program, options);
    const { history } = await session.fit({ x }, labels, { epochs: 3, batchSize: 4 });
    const evaluated = await session.evaluate({ x }, labels);
    const { data, shape } = await session.predict({ x }, { batchSize: 3 });
    const failures = [];
    const attempts = [
      () => session.exportSavedModel("model"),
      () => open(program, { backend: "tensorflow" }),
      () => eager({ backend: "tensorflow" }),
    ];
    for (const attempt of attempts) await attempt().catch(({ code, message }) => failures.push([code, message]));
    session.dispose();
    return { backend: session.backend, history, evaluated, data: [...data], shape, failures };
  };
  window.ready = true;
`;

const program = compile(
  model({ x: input(["batch", 2]) }, ({ x }) => dense(dense(x, { units: 8, activation: relu }), { units: 2 })),
  {
    optimizer: adam({ learningRate: 0.05 }),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: [accuracy()],
  },
);
const x = Array.from({ length: 10 }, (_, i): [number, number] => [Math.sin(i), Math.cos(2 * i)]);
const labels = x.map(([a, b]) => Number(a + b > 0));

// Where there is no Chromium, test/support/chromium.ts says so, or fails if there has to be one.
describe.skipIf(chromiumPath === undefined)("in Chromium", () => {
  let browser: Browser;
  let bundled: string;
  beforeAll(async () => {
    [browser, bundled] = await Promise.all([startChromium(), bundleForBrowser(script)]);
  }, 60_000);
  afterAll(() => browser?.close());

  test.each([
    ["wasm", {}],
    ["wasm", { backend: "wasm" }],
    ["cpu", { backend: "cpu" }],
    ["reference", { backend: "reference" }],
  ] as const)(
    "the runtime trains, evaluates and predicts on %s, opened with %j, as it does in Node.js",
    async (backend, options) => {
      const session = await open(program, { backend });
      const { history } = await session.fit({ x }, labels, { epochs: 3, batchSize: 4, verbose: "silent" });
      const evaluated = await session.evaluate({ x }, labels);
      const predicted = await session.predict({ x }, { batchSize: 3 });
      session.dispose();

      const page = await openPage(browser, bundled);
      const printed: string[] = [];
      page.on("console", (message) => printed.push(`${message.type()}: ${message.text()}`));
      const call = `window.train(...${JSON.stringify([options, x, labels])})`;
      const found = (await page.evaluate(call)) as Record<string, any>;
      await page.close();

      expect(found.backend).toBe(backend);
      expect(found.shape).toEqual([10, 2]);
      const close = (a: ArrayLike<number>, b: ArrayLike<number>) => {
        expect(a.length).toBe(b.length);
        for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i]!, 5);
      };
      close(found.data, predicted.data);
      close(found.history.loss, history.loss);
      close(found.history.accuracy, history.accuracy);
      close([found.evaluated.loss, found.evaluated.accuracy], [evaluated.loss, evaluated.accuracy]);
      const nowhere = `the tensorflow backend is not there: it runs in Node.js alone. Choose "wasm", "cpu" or "reference"`;
      expect(found.failures).toEqual([
        ["SW_FILE", "exportSavedModel: only Node.js has folders to write to"],
        ["SW_BACKEND", `open: ${nowhere}`],
        ["SW_BACKEND", `eager: ${nowhere}`],
      ]);
      expect(printed.map((line) => line.replace(/\d+\.\d+/g, "#"))).toEqual(
        [1, 2, 3].map((epoch) => `info: Epoch ${epoch}/3: loss #, accuracy # (3 steps, # s)`),
      );
    },
    60_000,
  );
});
