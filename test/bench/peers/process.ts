import { spawn } from "node:child_process";
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

/** A contestant that runs, and waits to be told how many epochs to train. */
export interface Running {
  readonly parameters: number;
  readonly seconds: (epochs: number) => Promise<number>;
  /** The milliseconds of so many predictions for one sample, by the name of what is called. */
  readonly latencies: (count: number) => Promise<Readonly<Record<string, readonly number[]>>>;
  readonly stop: () => void;
}

/** Starts one; an error is what it last said. */
export async function start(workload: string, name: Name, interpreter: string, threads?: number): Promise<Running> {
  const file = join(import.meta.dirname, isPython(name) ? "contestant.py" : "contestant.ts");
  const node = [process.execPath, "--import", "tsx", "--conditions=shapewright-source"];
  const command = [
    ...(isPython(name) ? [interpreter] : node),
    file,
    workload,
    name,
    ...(threads ? [String(threads)] : []),
  ];
  const child = spawn(command[0]!, command.slice(1), { stdio: ["pipe", "pipe", "pipe"] });
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

function lastWords(said: string): string {
  const lines = said.trim().split("\n");
  return lines.find((line) => /^(\w*Error|without)\b/.test(line.trim())) ?? lines.at(-1)!;
}
