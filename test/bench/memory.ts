import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BenchOptions } from "./options.js";

/** What steps of a program took. */
export interface MemoryCost {
  /** What the budget is, in bytes, or would have to be where there is none. */
  readonly budget: number;
  /** Peak memory of the step's values, in bytes, as the compiler counts it. */
  readonly analysed: number;
  /** By how many bytes the process grew while it trained: the values, and what TensorFlow's kernels and allocator add. */
  readonly measured: number;
  readonly secondsAStep: number;
}

/** The shares of the budget that a step fits without computing anything again. */
const shares = { all: 1, half: 0.5, third: 0.35 } as const;

/** What a memory budget saves of the process's real memory, and what it costs. Each is measured in a process of its own. */
export async function memory({ threads }: BenchOptions): Promise<Record<keyof typeof shares, MemoryCost>> {
  const costs = Object.entries(shares).map(([name, share]): [string, MemoryCost] => {
    const cost = run(share, threads);
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    console.log(
      `${share === 1 ? "no budget" : `a budget of ${megabytes(cost.budget)}`}: ${megabytes(cost.analysed)} by analysis, the process grew by ${megabytes(cost.measured)}, ${cost.secondsAStep.toFixed(2)} s a step`,
    );
    return [name, cost];
  });
  return Object.fromEntries(costs) as Record<keyof typeof shares, MemoryCost>;
}

function run(share: number, threads: number | undefined): MemoryCost {
  const script = fileURLToPath(new URL("./memory-step.ts", import.meta.url));
  const command = ["--import", "tsx", "--conditions=shapewright-source", script, String(share)];
  if (threads !== undefined) command.push(String(threads));
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The step failed:\n${stderr}`);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as MemoryCost;
}
