/**
 * One contestant of a workload, in a process of its own: `contestant.ts SETTING`, a `Setting` as JSON. It says first how many parameters it
 * trains, then answers each line: a number of epochs with the seconds that these took; `predict COUNT` with the milliseconds that each of so many
 * predictions for one sample took, by what was called.
 */
import { createInterface } from "node:readline";
import type { Make } from "./contestants.js";
import type { Setting } from "./process.js";
import { shapewright } from "./shapewright.js";
import { tfjsCore } from "./tfjsCore.js";
import { tfjsLayers } from "./tfjsLayers.js";
import { workloads } from "./workload.js";

const contestants: Readonly<Record<string, Make>> = { shapewright, tfjsLayers, tfjsCore };

const { workload: name, contestant, threads, steps }: Setting = JSON.parse(process.argv[2]!);
const workload = { ...workloads[name]!, ...(steps && { steps }) };
const { parameters, train, predict = {} } = await contestants[contestant]!(name, workload, threads);
console.log(JSON.stringify({ parameters }));
for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith("predict ")) {
    console.log(JSON.stringify(await latencies(Number(line.slice(8)))));
    continue;
  }
  const start = performance.now();
  await train(Number(line));
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000 }));
}
process.exit(0);

async function latencies(count: number): Promise<Record<string, number[]>> {
  const taken: Record<string, number[]> = {};
  for (const [name, call] of Object.entries(predict)) {
    const ofName: number[] = [];
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      await call();
      ofName.push(performance.now() - start);
    }
    taken[name] = ofName;
  }
  return taken;
}
