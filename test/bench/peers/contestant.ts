/**
 * One contestant of a workload, in a process of its own: `contestant.ts WORKLOAD CONTESTANT [THREADS]`. It says first how many parameters it
 * trains, then answers each line, a number of epochs, with the seconds that these took.
 */
import { createInterface } from "node:readline";
import type { Contestant } from "./contestants.js";
import { shapewright } from "./shapewright.js";
import { tfjsCore } from "./tfjsCore.js";
import { tfjsLayers } from "./tfjsLayers.js";

const contestants: Readonly<Record<string, (workload: string, threads?: number) => Promise<Contestant>>> = {
  shapewright,
  tfjsLayers,
  tfjsCore,
};

const [workload, name, threads] = process.argv.slice(2);
const { parameters, train } = await contestants[name!]!(workload!, threads ? Number(threads) : undefined);
console.log(JSON.stringify({ parameters }));
for await (const line of createInterface({ input: process.stdin })) {
  const start = performance.now();
  await train(Number(line));
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000 }));
}
process.exit(0);
