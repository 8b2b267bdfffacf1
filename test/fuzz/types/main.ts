/**
 * Lets a compiler check random programs, of every op and layer, and compares what the types say with what becomes of them.
 *
 *     npm run fuzz:types -- [--programs 5000] [--seed 1] [--compiler typescript] [--only conv2d,dense] [--whole]
 *
 * What differs is printed, the smallest program of each kind and function first; with `--whole` as it was found. Exits with 1 if
 * anything was found.
 */
import { parseArgs } from "node:util";
import { type Compiler, compilers } from "../../tools/compilers.js";
import { descriptions } from "./descriptions.js";
import { fuzzTypes, kindOf, shown, smallest } from "./fuzz-types.js";

const { values } = parseArgs({
  options: {
    programs: { type: "string", default: "5000" },
    seed: { type: "string", default: "1" },
    compiler: { type: "string", default: "typescript" },
    only: { type: "string" },
    whole: { type: "boolean", default: false },
  },
});

const [programs, seed] = [Number(values.programs), Number(values.seed)];
const compiler = compilers.find((name) => name === values.compiler);
const ops = values.only?.split(",") ?? Object.keys(descriptions);
if (!Number.isInteger(seed) || !(programs > 0) || !compiler || ops.some((op) => !(op in descriptions))) {
  console.error(
    `--programs takes a positive number, --seed an integer, --compiler one of ${compilers}, --only names of ops`,
  );
  process.exit(2);
}

const begun = performance.now();
const asked = { compiler: compiler as Compiler, seed, each: Math.ceil(programs / ops.length), ops };
const found = await fuzzTypes(asked);
const printed = new Set<string>();
for (const finding of found) {
  const kind = `${finding.op}: ${kindOf(finding.what)}`;
  if (printed.has(kind)) continue;
  printed.add(kind);
  console.log(values.whole ? shown(finding) : await smallest(asked, finding));
}
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`${asked.each * ops.length} programs of seed ${seed} in ${seconds} s: ${found.length} found`);
process.exit(found.length > 0 ? 1 : 0);
