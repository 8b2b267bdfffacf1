import { median } from "../measure.js";
import { isPython, type Name, type Running, start } from "./process.js";
import { workloads } from "./workload.js";

/** Steps a second of each contestant that ran, ours by the best of the others, and the most memory that each process had, in bytes. */
export type PeersResult = Partial<Record<Name, number>> & {
  ratioToBest?: number;
  peakMemory: Partial<Record<Name, number>>;
};

/** What can be said of a comparison. */
export interface PeersOptions {
  readonly runs: number;
  readonly threads: number | undefined;
  readonly contestants: readonly Name[];
}

interface Timed {
  readonly running: Running;
  /** How many take long enough. */
  readonly epochs: number;
  readonly rates: number[];
}

/** At least so many seconds are timed at once. */
const atOnce = 2;

/**
 * What a user would run instead, side by side: each contestant in a process of its own, all of them alive at once, and each in turn timed for
 * two seconds at least, while the others wait. PyTorch's and TensorFlow's own run where SHAPEWRIGHT_PYTHON names an interpreter that has
 * them.
 */
export async function peers(name: string, options: PeersOptions): Promise<PeersResult> {
  const workload = workloads[name]!;
  const interpreter = process.env.SHAPEWRIGHT_PYTHON;
  console.log(`${name}: ${workload.title}, Adam`);
  if (!interpreter && options.contestants.some(isPython))
    console.log("  left out, since SHAPEWRIGHT_PYTHON names no interpreter: Keras, TensorFlow, PyTorch");
  const contestants = new Map<Name, Timed>();
  try {
    for (const one of options.contestants.filter((name) => interpreter || !isPython(name))) {
      try {
        const running = await start({ workload: name, contestant: one, threads: options.threads }, interpreter);
        contestants.set(one, { running, epochs: await warmedUp(running), rates: [] });
      } catch (error) {
        console.log(`  ${one} left out: ${(error as Error).message.slice(0, 200)}`);
      }
    }
    checkAlike(new Map([...contestants].map(([one, { running }]) => [one, running.parameters])));
    for (let run = 0; run < options.runs; run++) {
      for (const { running, epochs, rates } of contestants.values())
        rates.push((epochs * workload.steps) / (await running.seconds(epochs)));
    }
    return told(contestants);
  } finally {
    for (const { running } of contestants.values()) running.stop();
  }
}

/** What is compiled at first is no step's cost. Returns how many epochs take long enough. */
async function warmedUp(running: Running): Promise<number> {
  await running.seconds(1);
  return Math.max(1, Math.ceil(atOnce / (await running.seconds(1))));
}

/** All train as many parameters, but for the second bias that PyTorch's LSTM has: of equal work is one model. */
function checkAlike(parameters: ReadonlyMap<Name, number>): void {
  const [least, most] = [Math.min(...parameters.values()), Math.max(...parameters.values())];
  if (most > 1.01 * least)
    throw new Error(`not one model: ${[...parameters].map((entry) => entry.join(" ")).join(", ")}`);
}

function told(contestants: ReadonlyMap<Name, Timed>): PeersResult {
  const medians = new Map([...contestants].map(([one, { rates }]) => [one, median(rates)] as const));
  const peaks = new Map([...contestants].map(([one, { running }]) => [one, running.peak()] as const));
  for (const [one, { rates }] of contestants) {
    const spread = `(${shown(Math.min(...rates))} to ${shown(Math.max(...rates))})`;
    const peak = `${(peaks.get(one)! / 1e6).toFixed(0)} MB`;
    console.log(`  ${one.padEnd(14)} ${shown(medians.get(one)!)} steps/s ${spread}, ${peak}`);
  }
  const others = [...medians].filter(([one]) => one !== "shapewright");
  const ours = medians.get("shapewright");
  const result = { ...Object.fromEntries(medians), peakMemory: Object.fromEntries(peaks) };
  if (ours === undefined || others.length === 0) return result;
  const [best, rate] = others.reduce((a, b) => (a[1] >= b[1] ? a : b));
  console.log(`  ${(ours / rate).toFixed(2)} times the best of the others, ${best}`);
  return { ...result, ratioToBest: ours / rate };
}

function shown(rate: number): string {
  return rate.toPrecision(4).padStart(7);
}
