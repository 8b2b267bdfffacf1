/**
 * Benchmarks. Each prints what it measures; with `--json` the last line is the result.
 *
 *     npm run bench [--json] [--runs 5] [--threads 1]     all workloads, against what one would use instead
 *     npm run bench -- lstm encoder [--json] …             some of them: their names stand in peers/workloads.json
 *     npm run bench -- lstm --only shapewright,torch …     beside some of the others: their names stand in peers/process.ts
 *     npm run bench -- mnist [--json] [--hidden 64] [--batch 32] [--runs 5] [--accuracy] [--threads 1]
 *     npm run bench -- convnet [--json] [--batch 128] [--runs 5] [--accuracy] [--threads 1]
 *     npm run bench -- generated [--json] [--hidden 64] [--batch 32] [--runs 5] [--accuracy] [--threads 1]
 *     npm run bench -- predict1 [--json] [--runs 5] [--threads 1]
 *     npm run bench -- starting [--json] [--only shapewright,torch] [--runs 5] [--threads 1]
 *     npm run bench -- scaling [--json] [--runs 5] [--threads 1]
 *     npm run bench -- types [--json] [--runs 5]
 *     npm run bench -- compile [--json] [--runs 5]
 *     npm run bench -- memory [--json] [--threads 1]
 *     npm run bench -- stream [--json] [--megabytes 5000] [--hidden 512] [--batch 128] [--threads 1]
 *     npm run bench -- steps [--json] [--hidden 512] [--batch 128] [--runs 5] [--threads 1]
 */
import { parseArgs } from "node:util";
import { type PeersResult, peers } from "./peers/peers.js";
import { all } from "./peers/process.js";
import { workloads } from "./peers/workload.js";

const benchmarks = {
  mnist: async () => (await import("./mnist.js")).mnist,
  convnet: async () => (await import("./convnet.js")).convnet,
  generated: async () => (await import("./generated.js")).generated,
  predict1: async () => (await import("./predict1.js")).predict1,
  types: async () => (await import("./types.js")).types,
  compile: async () => (await import("./compile.js")).compile,
  memory: async () => (await import("./memory.js")).memory,
  stream: async () => (await import("./stream.js")).stream,
  steps: async () => (await import("./steps.js")).steps,
  starting: async () => (await import("./starting.js")).starting,
  scaling: async () => (await import("./scaling.js")).scaling,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    runs: { type: "string", default: "5" },
    batch: { type: "string", default: "128" },
    hidden: { type: "string", default: "512" },
    megabytes: { type: "string", default: "5000" },
    accuracy: { type: "boolean", default: false },
    threads: { type: "string" },
    only: { type: "string" },
  },
});

const options = {
  runs: count("runs"),
  batch: count("batch"),
  hidden: count("hidden"),
  megabytes: count("megabytes"),
  accuracy: values.accuracy,
  threads: values.threads === undefined ? undefined : count("threads"),
};
const contestants = all.filter((name) => values.only === undefined || values.only.split(",").includes(name));
if (values.only !== undefined && contestants.length < values.only.split(",").length) {
  console.error(`--only ${values.only}: takes some of ${all.join(", ")}`);
  process.exit(2);
}
const result = await measured(positionals);
if (values.json) console.log(JSON.stringify(result));

/** One benchmark by its name, or workloads against their peers: all of them where none is named. */
async function measured(names: readonly string[]): Promise<unknown> {
  const [name] = names;
  if (name !== undefined && names.length === 1 && name in benchmarks) {
    const benchmark = await benchmarks[name as keyof typeof benchmarks]();
    return benchmark({ ...options, contestants });
  }
  if (!names.every((one) => one in workloads)) {
    const known = [...Object.keys(benchmarks), ...Object.keys(workloads)].join(", ");
    console.error(`Which benchmark? There are ${known}: npm run bench -- mlp128x512`);
    process.exit(2);
  }
  const results: Record<string, PeersResult> = {};
  for (const one of names.length > 0 ? names : Object.keys(workloads)) {
    results[one] = await peers(one, { ...options, contestants });
  }
  return results;
}

function count(option: "runs" | "batch" | "hidden" | "megabytes" | "threads"): number {
  const value = Number(values[option]);
  if (Number.isInteger(value) && value >= 1) return value;
  console.error(`--${option} ${values[option]}: takes a positive integer`);
  process.exit(2);
}
