/**
 * Runs random programs on every backend, optimised and not, and as generated code; prints what differs as a test.
 *
 *     npm run fuzz -- [--minutes 10] [--programs 1000] [--seed 1] [--from 0]
 *
 * A program is the same for the same seed and number. Exits with 1 if anything was found.
 */
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.js";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    programs: { type: "string" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
  },
});

const seed = Number(values.seed);
const first = Number(values.from);
const most = values.programs === undefined ? Number.POSITIVE_INFINITY : Number(values.programs);
const minutes = values.programs === undefined ? Number(values.minutes) : Number.POSITIVE_INFINITY;
if (![seed, first].every(Number.isInteger) || !(most > 0) || !(minutes > 0)) {
  console.error("--minutes and --programs take positive numbers, --seed and --from integers");
  process.exit(2);
}

// What was run by then is counted.
let isStopped = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    isStopped = true;
  });
}

const begun = performance.now();
let found = 0;
let index = first;
for (; !isStopped && index < first + most && performance.now() - begun < minutes * 60e3; index++) {
  const finding = await fuzz(seed, index).catch((error: Error) => {
    const way = `seed ${seed}, program ${index}`;
    return { failures: [{ way, output: undefined, what: error.message }], source: `/* ${error.stack} */` };
  });
  if (finding) {
    found++;
    for (const { way, output, what } of finding.failures)
      console.log(`// ${way}${output ? `, ${output}` : ""}: ${what}`);
    console.log(`${finding.source}\n`);
  }
  if ((index - first) % 100 === 99) console.error(`${index - first + 1} programs, ${found} found`);
}
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`${index - first} programs of seed ${seed} in ${seconds} s: ${found} found`);
process.exit(found > 0 ? 1 : 0);
