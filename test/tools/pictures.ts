/**
 * Makes the pictures of README, by training that is watched in Chromium.
 *
 *     npm run pictures
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  accuracy,
  compile,
  confusionMatrix,
  cosineDecay,
  dense,
  input,
  model,
  type Optimizer,
  relu,
  rmsprop,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { loadMnist } from "../../examples/data/mnist.js";
import { type Callback, open, type WatchOptions } from "../../runtime/index.js";
import { startChromium } from "../support/chromium.js";

const target = resolve(import.meta.dirname, "../../docs/pictures/watch.png");
const epochs = 8;
const { train, test } = loadMnist();
const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
const digits = model({ image: input(["batch", 784]) }, ({ image }) =>
  dense(dense(image, { units: 512, activation: relu }), { units: 10 }),
);

async function run(optimizer: Optimizer, watch: WatchOptions, callbacks: Callback[]): Promise<void> {
  const loss = sparseCategoricalCrossentropy({ fromLogits: true });
  using session = await open(compile(digits, { optimizer, loss, metrics: [accuracy(), confusionMatrix()] }));
  const validationData = [{ image: test.images }, test.labels] as const;
  await session.fit({ image: train.images }, train.labels, {
    epochs,
    batchSize: 128,
    validationData,
    watch,
    callbacks,
  });
}

const browser = await startChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  const rate = cosineDecay(1e-3, { decaySteps: epochs * 469 });
  await run(sgd({ learningRate: 0.1 }), { log: join(folder, "sgd.jsonl"), page: false }, []);
  await run(
    rmsprop({ learningRate: rate }),
    {
      log: join(folder, "rmsprop.jsonl"),
      onListening: (url) => page.goto(url),
    },
    [
      {
        // Before the last epoch, while it goes on.
        async onEpochBegin({ epoch }) {
          if (epoch < epochs) return;
          await page
            .locator("#epochs tbody tr")
            .nth(epochs - 2)
            .waitFor();
          await page.screenshot({ path: target });
        },
      },
    ],
  );
  console.log(`Wrote ${target}`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
