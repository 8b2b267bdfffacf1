/**
 * A run that may be killed: trains from where its backup left off, writes the weights, and ends.
 *
 *     resumed-run.ts FOLDER KILL
 *
 * KILL is the number of the event at which the process kills itself: calls of the file system that change it, and the epochs' beginnings
 * and ends are counted. 0 is never.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";

const [folder, kill] = [process.argv[2]!, Number(process.argv[3])];
let events = 0;
function event(): void {
  events += 1;
  if (events === kill) process.kill(process.pid, "SIGKILL");
}
for (const name of ["openSync", "writeSync", "fsyncSync", "renameSync", "rmSync"] as const) {
  const own = fs[name] as (...given: unknown[]) => unknown;
  Object.assign(fs, {
    [name](...given: unknown[]) {
      // Only this run's own files: the loader of modules reads some, too.
      if (typeof given[0] === "number" || String(given[0]).startsWith(folder)) event();
      return own.apply(fs, given);
    },
  });
}
syncBuiltinESMExports();

const { adam, array, compile, dense, dropout, input, meanSquaredError, model, relu } = await import("shapewright");
const { earlyStopping, open, reduceLROnPlateau } = await import("shapewright/runtime");
const { random } = await import("../../src/ir/random.js");

const program = compile(
  model({ x: input(["batch", 3]) }, ({ x }) =>
    dense(dropout(dense(x, { units: 8, activation: relu }), 0.5), { units: 1 }),
  ),
  { optimizer: adam({ learningRate: 0.05 }), loss: meanSquaredError() },
);
const draw = random(7, "resumed-run");
const numbers = (count: number) => Float32Array.from({ length: count }, () => draw.normal());
const x = array(numbers(60), [20, 3]);
const y = array(numbers(20), [20, 1]);
const session = await open(program, { backend: "reference" });
const { stopped } = await session.fit({ x }, y, {
  epochs: 12,
  batchSize: 8,
  verbose: "silent",
  backup: join(folder, "backup.safetensors"),
  validationData: [{ x: array(numbers(12), [4, 3]) }, array(numbers(4), [4, 1])],
  callbacks: [
    reduceLROnPlateau({ factor: 0.5, patience: 1 }),
    earlyStopping({ patience: 4, restoreBestWeights: true }),
    { onEpochBegin: event, onEpochEnd: event },
  ],
});
process.stdout.write(`${events} ${session.epochs} ${stopped}`);
await session.saveCheckpoint(join(folder, "end.safetensors"));
