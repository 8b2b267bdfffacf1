/**
 * Makes the pictures of README in Chromium: of training that is watched, and of a model's graph.
 *
 *     npm run pictures
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import {
  accuracy,
  compile,
  confusionMatrix,
  cosineDecay,
  dense,
  flatten,
  input,
  model,
  type Optimizer,
  relu,
  rmsprop,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { loadMnist } from "../../examples/data/mnist.js";
import { drawGraph } from "../../runtime/cli/graph.js";
import { type Callback, open, type WatchOptions } from "../../runtime/index.js";
import { startChromium } from "../support/chromium.js";
import { recordingTerminal } from "../support/recordingTerminal.js";

const pictures = resolve(import.meta.dirname, "../../docs/pictures");
const epochs = 8;
const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
const browser = await startChromium();
try {
  await pictureOfTraining(browser);
  await pictureOfGraph(browser);
  console.log(`Wrote ${pictures}`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

/** Trains twice, and takes the page of the second while it goes on: its curves, and below them its layers. */
async function pictureOfTraining(browser: Browser): Promise<void> {
  const { train, test } = loadMnist({ imageShape: [28, 28, 1] });
  const digits = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) => {
    const hidden = dense(flatten(image), { units: 512, activation: relu, name: "hidden" });
    return dense(hidden, { units: 10, name: "digits" });
  });
  const run = async (optimizer: Optimizer, watch: WatchOptions, callbacks: Callback[]) => {
    const loss = sparseCategoricalCrossentropy({ fromLogits: true });
    using session = await open(compile(digits, { optimizer, loss, metrics: [accuracy(), confusionMatrix()] }));
    const validationData = [{ image: test.images }, test.labels] as const;
    const options = { epochs, batchSize: 128, validationData, watch, callbacks };
    await session.fit({ image: train.images }, train.labels, options);
  };
  const page = await newPage(browser);
  const rate = cosineDecay(1e-3, { decaySteps: epochs * 469 });
  await run(sgd({ learningRate: 0.1 }), { log: join(folder, "sgd.jsonl"), page: false }, []);
  // Before the last epoch, while it goes on.
  const beforeLast: Callback = {
    async onEpochBegin({ epoch }) {
      if (epoch < epochs) return;
      const row = page.locator("#epochs tbody tr").nth(epochs - 2);
      await row.waitFor();
      await page.screenshot({ path: join(pictures, "watch.png") });
      await page.locator("#inside").screenshot({ path: join(pictures, "layers.png") });
    },
  };
  const watch = { log: join(folder, "rmsprop.jsonl"), onListening: (url: string) => page.goto(url) };
  await run(rmsprop({ learningRate: rate }), watch, [beforeLast]);
}

/** Draws the graphs of an example, and takes what is trained, with a layer opened. */
async function pictureOfGraph(browser: Browser): Promise<void> {
  const html = join(folder, "graph.html");
  await drawGraph("examples/03-mnist-convnet.ts", { html }, recordingTerminal());
  const page = await newPage(browser);
  await page.goto(pathToFileURL(html).href);
  const layer = page.locator('[data-id][aria-label^="conv2d_1,"]').first();
  await layer.click({ position: { x: 30, y: 12 } });
  await page
    .locator('[data-id][aria-label^="convolution,"]')
    .first()
    .click({ position: { x: 30, y: 12 } });
  await page.getByRole("button", { name: "Fit" }).click();
  await page.screenshot({ path: join(pictures, "graph.png"), animations: "disabled" });
}

function newPage(browser: Browser): Promise<Page> {
  return browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
}
