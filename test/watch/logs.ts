import type { RunRecord } from "../../runtime/watch/records.js";
import { random } from "../../src/ir/random.js";

/** The log of a run that was never trained: ten seconds an epoch, a hundred steps, falling losses. */
export function logOf({ seed, optimizer, epochs }: { seed: number; optimizer: string; epochs: number }): string {
  const { uniform: next } = random(seed, "log");
  const records: RunRecord[] = [
    {
      kind: "run",
      version: 1,
      at: `2026-01-02T03:0${seed}:00.000Z`,
      op: "fit",
      backend: "tensorflow",
      optimizer,
      parameters: 407_050,
      epochs: 10,
      before: 0,
      batchSize: 128,
      warnings: [],
    },
  ];
  const lossAt = (steps: number) => 0.2 + 2 / (1 + steps / (20 * (seed + 1)));
  for (let second = 1; second <= epochs * 10; second++) {
    const steps = second * 10;
    const epoch = Math.ceil(second / 10);
    const loss = lossAt(steps) * (0.9 + 0.2 * next());
    const place = { seconds: second, steps };
    const learningRate = 0.001 * 0.9 ** epoch;
    records.push({
      kind: "steps",
      ...place,
      epoch,
      step: steps - (epoch - 1) * 100,
      total: 100,
      learningRate,
      stepsPerSecond: second === 1 ? null : 10 + next(),
      samplesPerSecond: second === 1 ? null : 1280 + 100 * next(),
      reports: { loss, accuracy: 1 - loss / 3 },
    });
    if (second === 20)
      records.push({
        kind: "event",
        ...place,
        event: "saved",
        text: "Saved a checkpoint: runs/a-step-200.safetensors",
      });
    if (second % 10 > 0) continue;
    const own = lossAt(steps);
    const counts = [
      [40 + epoch, 10 - epoch],
      [2, 48],
    ];
    const numbers = { loss: own, accuracy: 1 - own / 3, val_loss: own * 1.1, val_accuracy: 1 - own / 2.8 };
    const reports = { ...numbers, val_confusionMatrix: counts };
    records.push({ kind: "epoch", ...place, epoch, took: 10, learningRate, reports });
  }
  const text = "earlyStopping: val_loss has not become better";
  records.push({ kind: "end", seconds: epochs * 10, steps: epochs * 100, how: "stopped", text });
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
