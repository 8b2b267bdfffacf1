/**
 * A run that Ctrl-C ends: trains from where its backup left off, and writes the weights and reports in the end.
 *
 *     interrupted-run.ts FOLDER WAY EPOCH STEP
 *
 * WAY is "fit", or "stream" for batches that epochs go on through. The process is sent SIGINT after step STEP of epoch EPOCH, or
 * where EPOCH is Infinity, when training has ended.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  accuracy,
  adam,
  array,
  compile,
  dense,
  dropout,
  input,
  model,
  relu,
  sparseCategoricalCrossentropy,
} from "shapewright";
import { type Callback, open } from "shapewright/runtime";
import { random } from "../../src/ir/random.js";

const [folder, way, epoch, step] = [process.argv[2]!, process.argv[3]!, ...process.argv.slice(4).map(Number)];
const program = compile(
  model({ x: input(["batch", 3]) }, ({ x }) =>
    dense(dropout(dense(x, { units: 8, activation: relu }), 0.5), { units: 2 }),
  ),
  { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }), metrics: [accuracy()] },
);
const draw = random(7, "interrupted-run");
const x = Float32Array.from({ length: 60 }, () => draw.normal());
const labels = Int32Array.from({ length: 20 }, () => draw.integer(2));
const batch = (begin: number, end: number) => ({
  inputs: { x: array(x.subarray(3 * begin, 3 * end), [end - begin, 3]) },
  target: labels.subarray(begin, end),
});
const interrupts: Callback = {
  onTrainBatchEnd(training) {
    if (training.epoch === epoch && training.step === step) process.kill(process.pid, "SIGINT");
  },
  async onTrainEnd() {
    if (epoch !== Infinity) return;
    let isHeard = false;
    process.once("SIGINT", () => {
      isHeard = true;
    });
    process.kill(process.pid, "SIGINT");
    // Listening alone does not keep a process alive.
    while (!isHeard) await setImmediate();
  },
};
const session = await open(program, { backend: "reference" });
const settings = {
  epochs: 3,
  backup: join(folder, "backup.safetensors"),
  callbacks: [interrupts],
  verbose: 0,
} as const;
const { inputs, target } = batch(0, 20);
const { history } =
  way === "fit"
    ? await session.fit(inputs, target, { ...settings, batchSize: 2 })
    : await session.fitBatches(() => [0, 1, 2].map((i) => batch(6 * i, 6 * i + 6)), { ...settings, stepsPerEpoch: 8 });
await session.saveCheckpoint(join(folder, "end.safetensors"));
writeFileSync(join(folder, "last.json"), JSON.stringify([history.loss.at(-1), history.accuracy.at(-1)]));
