import { median, seconds } from "./measure.js";
import type { BenchOptions } from "./options.js";
import { isPython, type Name, type Setting, start } from "./peers/process.js";

/** Seconds from the start of the process until the first step is taken, and until five epochs are; the most memory by then, in bytes. */
export interface Starting {
  readonly firstStep: number;
  readonly wholeFit: number;
  readonly peak: number;
}

/** MNIST's 60,000 images in batches of 128. */
const [steps, epochs] = [469, 5];

/**
 * What someone waits for who types `node train.ts`: libraries that load, a model that is compiled, the first step; then all of MNIST's dense
 * network, 784-512-10, five epochs of random images. Each contestant is a new process each time, and they take turns.
 */
export async function starting({
  runs,
  threads,
  contestants,
}: BenchOptions & { contestants: readonly Name[] }): Promise<Partial<Record<Name, Starting>>> {
  const interpreter = process.env.SHAPEWRIGHT_PYTHON;
  if (!interpreter) console.log("left out, since SHAPEWRIGHT_PYTHON names no interpreter: Keras, TensorFlow, PyTorch");
  const able = contestants.filter((one) => interpreter || !isPython(one));
  const measured = new Map<Name, Starting[]>(able.map((one) => [one, []]));
  for (let run = 0; run < runs; run++) {
    for (const [contestant, results] of measured) {
      try {
        const first = await train({ workload: "mlp128x512", contestant, threads, steps: 1 }, 1, interpreter);
        const whole = await train({ workload: "mlp128x512", contestant, threads, steps }, epochs, interpreter);
        results.push({ firstStep: first.taken, wholeFit: whole.taken, peak: whole.peak });
      } catch (error) {
        console.log(`${contestant} left out: ${(error as Error).message.slice(0, 200)}`);
        measured.delete(contestant);
      }
    }
  }
  return Object.fromEntries([...measured].map(([name, results]) => [name, told(name, results)]));
}

/** Seconds of a process that trains so many epochs, from its start, and its peak memory. */
async function train(setting: Setting, epochs: number, interpreter?: string): Promise<{ taken: number; peak: number }> {
  let peak = Number.NaN;
  const taken = await seconds(async () => {
    const running = await start(setting, interpreter);
    try {
      await running.seconds(epochs);
      peak = running.peak();
    } finally {
      running.stop();
    }
  });
  return { taken, peak };
}

function told(name: Name, results: readonly Starting[]): Starting {
  const middle = (of: keyof Starting) => median(results.map((result) => result[of]));
  const result = { firstStep: middle("firstStep"), wholeFit: middle("wholeFit"), peak: middle("peak") };
  const { firstStep, wholeFit, peak } = result;
  const spread = results.map(({ wholeFit }) => wholeFit.toFixed(1)).join(", ");
  console.log(
    `${name.padEnd(14)} first step after ${firstStep.toFixed(2)} s, five epochs after ${wholeFit.toFixed(1)} s (${spread}), ${(peak / 1e6).toFixed(0)} MB`,
  );
  return result;
}
