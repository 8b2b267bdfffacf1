import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Contestants by the names of their columns, those of JavaScript first. */
const javascript = ["shapewright", "tfjsLayers", "tfjsCore"] as const;
const python = ["keras", "kerasJit", "tfFunction", "tfFunctionJit", "torch", "torchFused", "torchCompile"] as const;
export type Name = (typeof javascript)[number] | (typeof python)[number];
export const all: readonly Name[] = [...javascript, ...python];

export function isPython(name: Name): boolean {
  return (python as readonly Name[]).includes(name);
}

/** Who trains what, and how: what a contestant is started with, and reads as JSON. */
export interface Setting {
  readonly workload: string;
  readonly contestant: Name;
  /** TensorFlow's, or PyTorch's, own choice where undefined. */
  readonly threads?: number | undefined;
  /** Steps an epoch, where they are not the workload's. */
  readonly steps?: number;
}

/** A contestant that runs, and waits to be told how many epochs to train. */
export interface Running {
  readonly parameters: number;
  /** The most memory that its process has had, in bytes; NaN where the system does not say it. */
  readonly peak: () => number;
  readonly seconds: (epochs: number) => Promise<number>;
  /** The milliseconds of so many predictions for one sample, by the name of what is called. */
  readonly latencies: (count: number) => Promise<Readonly<Record<string, readonly number[]>>>;
  readonly stop: () => void;
}

/** Starts one; an error is what it last said. */
export async function start(setting: Setting, interpreter = ""): Promise<Running> {
  const name = setting.contestant;
  const file = join(import.meta.dirname, isPython(name) ? "contestant.py" : "contestant.ts");
  const node = [process.execPath, "--import", "tsx", "--conditions=shapewright-source"];
  const [command, ...words] = [...(isPython(name) ? [interpreter] : node), file, JSON.stringify(setting)];
  const child = spawn(command!, words, { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4000)));
  const ended = new Promise<never>((_, reject) => {
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`${name} ended with ${code}: ${lastWords(said)}`)));
  });
  ended.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** What else it prints, libraries' own lines, is passed over. */
  const answer = async <R = Record<string, number>>(): Promise<R> => {
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), ended]);
      if (done) return ended;
      if (value.startsWith("{")) return JSON.parse(value);
    }
  };
  const { parameters } = await answer();
  return {
    parameters: parameters!,
    peak: () => highWater(child.pid!),
    seconds: async (epochs) => {
      child.stdin.write(`${epochs}\n`);
      return (await answer()).seconds!;
    },
    latencies: (count) => {
      child.stdin.write(`predict ${count}\n`);
      return answer();
    },
    stop: () => child.kill("SIGKILL"),
  };
}

/** Linux keeps it: `VmHWM`, in kibibytes. */
function highWater(pid: number): number {
  const file = `/proc/${pid}/status`;
  return existsSync(file) ? 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(file, "utf8"))?.[1]) : Number.NaN;
}

function lastWords(said: string): string {
  const lines = said.trim().split("\n");
  return lines.find((line) => /^(\w*Error|without)\b/.test(line.trim())) ?? lines.at(-1)!;
}
