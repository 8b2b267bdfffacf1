import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchOptions } from "./options.js";

/** What a run of `stream-step.ts` says. */
export interface StreamRun {
  readonly stepsASecond: number;
  /** Milliseconds of the processor that a step took, in all threads: of this, what else the machine does changes little. */
  readonly processor: number;
  /** The most memory that the process had, in bytes. */
  readonly peak: number;
}

/** What training on files costs, against the same steps on arrays in memory. */
export interface StreamCost {
  /** Of the files, in bytes. */
  readonly size: number;
  readonly streamed: StreamRun;
  /** Before the files, and after them: they differ by what else the machine does. */
  readonly inMemory: readonly [StreamRun, StreamRun];
  /** Steps a second on files, of those in memory on average. */
  readonly share: number;
  /** What a step in memory takes of the processor, of what one on files does. */
  readonly processorShare: number;
}

const [pixels, targets] = [784, 1] as const;

/** How fast files larger than memory are trained on, and with how much memory. Each is measured in a process of its own. */
export async function stream({ megabytes, batch, hidden, threads }: BenchOptions): Promise<StreamCost> {
  const folder = mkdtempSync(join(tmpdir(), "shapewright-stream-"));
  try {
    const rows = Math.floor((megabytes * 1e6) / (4 * (pixels + targets)));
    writeNpy(join(folder, "x.npy"), rows, pixels);
    writeNpy(join(folder, "y.npy"), rows, targets);
    const run = (way: string) => runStep([way, folder, String(batch), String(hidden), String(threads ?? "")]);
    const first = run("inMemory");
    const streamed = run("streamed");
    const inMemory = [first, run("inMemory")] as const;
    const mean = (of: (run: StreamRun) => number) => (of(inMemory[0]) + of(inMemory[1])) / 2;
    const share = streamed.stepsASecond / mean(({ stepsASecond }) => stepsASecond);
    const processorShare = mean(({ processor }) => processor) / streamed.processor;
    const size = 4 * rows * (pixels + targets);
    const rates = inMemory.map(({ stepsASecond }) => stepsASecond.toFixed(0)).join(" and ");
    console.log(
      `${(size / 1e9).toFixed(2)} GB from files: ${streamed.stepsASecond.toFixed(0)} steps a second, ${(100 * share).toFixed(0)} % of ${rates} in memory before and after; by the processor's time ${(100 * processorShare).toFixed(0)} %; ${(streamed.peak / 1e6).toFixed(0)} MB at most`,
    );
    return { size, streamed, inMemory, share, processorShare };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file as NumPy writes it, of numbers that are not all alike. */
function writeNpy(path: string, rows: number, columns: number): void {
  const file = openSync(path, "w");
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`.padEnd(117);
  writeSync(file, Buffer.from(`\x93NUMPY\x01\x00\x76\x00${text}\n`, "latin1"));
  const part = 1000;
  const numbers = Float32Array.from({ length: part * columns }, (_, i) => Math.sin(i));
  for (let row = 0; row < rows; row += part) {
    writeSync(file, new Uint8Array(numbers.buffer, 0, 4 * columns * Math.min(part, rows - row)));
  }
  closeSync(file);
}

function runStep(settings: readonly string[]): StreamRun {
  const script = fileURLToPath(new URL("./stream-step.ts", import.meta.url));
  const command = ["--import", "tsx", "--conditions=shapewright-source", script, ...settings];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The steps failed:\n${stderr}`);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as StreamRun;
}
