import type { BenchOptions } from "./options.js";
import { isPython, type Name, type Running, start } from "./peers/process.js";
import { workloads } from "./peers/workload.js";

/** Milliseconds of a prediction for one sample: what half of them and what 99 of 100 take at most. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** By workload, then by contestant and what is called. */
export type Predict1Result = Readonly<Record<string, Readonly<Record<string, Latency>>>>;

const measured = ["mlp32x64", "mlp128x512", "convnet"];
const contestants: readonly Name[] = ["shapewright", "tfjsLayers", "keras", "torch"];

/** At least so many predictions are made before one counts, and in each run. */
const atOnce = 300;

/**
 * A prediction for one sample, from an array to an array, as a server makes it: each contestant in a process of its own, in turn. Keras's model is
 * called by `predict_on_batch`, and by itself; PyTorch's is called eagerly, in inference mode.
 */
export async function predict1({ runs, threads }: BenchOptions): Promise<Predict1Result> {
  const interpreter = process.env.SHAPEWRIGHT_PYTHON;
  const results: Record<string, Record<string, Latency>> = {};
  for (const name of measured) {
    console.log(`${workloads[name]!.title.replace(/, batch.*/, "")}: one sample`);
    if (!interpreter) console.log("  left out, since SHAPEWRIGHT_PYTHON names no interpreter: Keras, PyTorch");
    const able = contestants.filter((one) => interpreter || !isPython(one));
    const taken = await latencies(name, able, interpreter ?? "", runs, threads);
    results[name] = Object.fromEntries([...taken].map(([call, times]) => [call, told(call, times)]));
  }
  return results;
}

async function latencies(
  workload: string,
  names: readonly Name[],
  interpreter: string,
  runs: number,
  threads: number | undefined,
): Promise<Map<string, number[]>> {
  const running = new Map<Name, Running>();
  const taken = new Map<string, number[]>();
  try {
    for (const name of names) {
      const one = await start({ workload, contestant: name, threads }, interpreter);
      running.set(name, one);
      await one.latencies(atOnce);
    }
    for (let run = 0; run < runs; run++) {
      for (const [name, one] of running) {
        for (const [call, times] of Object.entries(await one.latencies(atOnce))) {
          const key = `${name} ${call}`;
          taken.set(key, [...(taken.get(key) ?? []), ...times]);
        }
      }
    }
    return taken;
  } finally {
    for (const one of running.values()) one.stop();
  }
}

function told(call: string, times: readonly number[]): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  const upTo = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  const latency = { p50: upTo(0.5), p99: upTo(0.99) };
  console.log(`  ${call.padEnd(28)} p50 ${latency.p50.toFixed(3)} ms, p99 ${latency.p99.toFixed(3)} ms`);
  return latency;
}
