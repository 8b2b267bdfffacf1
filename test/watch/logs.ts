import type { RunRecord, StepStatistics } from "../../runtime/watch/records.js";
import { random } from "../../src/ir/random.js";

interface LogOptions {
  readonly seed: number;
  readonly optimizer: string;
  readonly epochs: number;
  /** What the learning rate is multiplied by in each epoch. @default 0.9 */
  readonly decay?: number;
  /** From version 2 on, there are statistics of a step each ten seconds. @default 1 */
  readonly version?: 1 | 2;
}

/** The log of a run that was never trained: ten seconds an epoch, a hundred steps, falling losses. */
export function logOf({ seed, optimizer, epochs, decay = 0.9, version = 1 }: LogOptions): string {
  const { uniform: next } = random(seed, "log");
  const records: RunRecord[] = [
    {
      kind: "run",
      version,
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
    const learningRate = 0.001 * decay ** epoch;
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
    if (version === 2 && second % 10 === 1) records.push(statisticsAt(second));
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

/** Of a step, one in ten seconds: the second layer's update is far too large for its weight, and most of its relus die. */
function statisticsAt(second: number): StepStatistics {
  const weight = (name: string, shape: readonly number[], updateNorm: number) => ({
    ...{ name, shape, norm: 10, gradientNorm: 2, updateNorm },
    // 8 values in ±[1/32, 1/16), 2 in ±[1/16, 1/8); the gradient's are 6 zeros, 2 of 1/1024 each.
    histogram: { first: 26, counts: [8, 2] },
    gradientHistogram: {
      first: 0,
      counts: [6, ...new Array<number>(20).fill(0), 2],
      ...(second > 40 && { notFinite: 2 }),
    },
  });
  const image = { image: btoa("\x00\x40\x80\xff"), height: 2, width: 2, channels: 1 };
  return {
    kind: "statistics",
    seconds: second,
    steps: second * 10,
    weights: [
      weight("hidden/kernel", [5, 2], 0.01),
      weight("hidden/bias", [10], 0.5),
      weight("last/kernel", [2, 5], 1.5),
      weight("still/kernel", [2, 5], 0),
    ],
    omitted: 3,
    relus: [
      { name: "hidden", dead: 0.0625 },
      { name: "last", dead: 0.5 + second / 100 },
    ],
    samples: [
      {
        loss: 4.5,
        inputs: { image },
        outputs: {
          output: {
            target: { classes: [[3, null]] },
            prediction: {
              classes: [
                [5, 0.9],
                [3, 0.0999],
                [1, 0.00001],
              ],
            },
          },
        },
      },
      {
        loss: null,
        inputs: { image: { numbers: [1, 0.25, null], count: 1000 } },
        outputs: {
          output: { target: { numbers: [1], count: 1 }, prediction: { numbers: [null], count: 1 } },
        },
      },
    ],
  };
}
