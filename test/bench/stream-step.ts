/**
 * Trains a perceptron for an epoch on files, read, shuffled and put into batches, or for a while on arrays in memory, and prints how fast
 * that was and how much memory it took: for stream.ts.
 */
import { join } from "node:path";
import { adam, array, compile, dense, input, meanSquaredError, model, relu } from "shapewright";
import { npyDataset, zip } from "shapewright/data";
import { open } from "shapewright/runtime";

const [way, folder, batch, hidden, threads] = process.argv.slice(2) as [string, string, string, string, string];
const batchSize = Number(batch);
const units = Number(hidden);
const net = model({ x: input(["batch", 784]) }, ({ x }) =>
  dense(dense(dense(x, { units, activation: relu }), { units, activation: relu }), { units: 1 }),
);
const program = compile(net, { optimizer: adam(), loss: meanSquaredError() });
const session = await open(program, threads === "" ? {} : { threads: Number(threads) });

const count = 20_000;
const x = array(
  Float32Array.from({ length: count * 784 }, (_, i) => Math.sin(i)),
  [count, 784],
);
const y = array(
  Float32Array.from({ length: count }, (_, i) => Math.sin(i)),
  [count, 1],
);
const quiet = { batchSize, verbose: "silent" } as const;
// What the first call takes is not a step's.
await session.fit({ x }, y, quiet);

const start = performance.now();
const before = process.cpuUsage();
let steps = 0;
if (way === "streamed") {
  const rows = zip({
    inputs: zip({ x: npyDataset(join(folder, "x.npy")) }),
    target: npyDataset(join(folder, "y.npy")),
  });
  const history = await session.fitBatches(rows.shuffle(10_000).batch(batchSize).prefetch(2), { verbose: "silent" });
  steps = history.steps;
} else {
  while (performance.now() - start < 10_000) steps += (await session.fit({ x }, y, { ...quiet, epochs: 5 })).steps;
}
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
const processor = (user + system) / 1000 / steps;
console.log(JSON.stringify({ stepsASecond: steps / seconds, processor, peak: 1024 * process.resourceUsage().maxRSS }));
session.dispose();
