/**
 * Trains a deep perceptron for a few steps, within the share of the budget that it needs and with the number of threads that are named, and prints
 * what that took: for memory.ts.
 */
import {
  array,
  compile,
  dense,
  input,
  type MemoryOptions,
  meanSquaredError,
  model,
  relu,
  sgd,
  type Tensor,
} from "shapewright";
import { peakMemory } from "shapewright/compiler";
import { open } from "shapewright/runtime";
import { budgetFor } from "../../compiler/memory.js";

const [batch, units, layers, steps] = [8192, 256, 48, 2];
const share = Number(process.argv[2]);
const threads = process.argv[3] === undefined ? undefined : Number(process.argv[3]);

const net = model({ x: input(["batch", units]) }, ({ x }) => {
  let h: Tensor<["batch", typeof units]> = x;
  for (let i = 0; i < layers; i++) h = dense(h, { units, activation: relu });
  return dense(h, { units: 1 });
});
const dims = { batch };
const sizes = new Map(Object.entries(dims));
const compiled = (memory?: MemoryOptions) =>
  compile(net, { optimizer: sgd(), loss: meanSquaredError(), ...(memory && { memory }) });
const plain = compiled();
const budget = share * budgetFor(peakMemory(plain.train, sizes).bytes);
const program = share === 1 ? plain : compiled({ budget, dims });

const session = await open(program, { threads });
const x = array(
  Float32Array.from({ length: batch * units }, (_, i) => Math.sin(i)),
  [batch, units],
);
const y = array(new Float32Array(batch), [batch, 1]);
// The high-water mark of a process only rises: what stands here is what is there without a step.
const before = process.resourceUsage().maxRSS;
const start = performance.now();
await session.fit({ x }, y, { epochs: steps, batchSize: batch, verbose: "silent" });
console.log(
  JSON.stringify({
    budget,
    analysed: peakMemory(program.train, sizes).bytes,
    measured: 1024 * (process.resourceUsage().maxRSS - before),
    secondsAStep: (performance.now() - start) / 1000 / steps,
  }),
);
session.dispose();
