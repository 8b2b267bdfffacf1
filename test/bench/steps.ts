import { adam, array, compile, dense, input, meanSquaredError, model, relu } from "shapewright";
import { open } from "shapewright/runtime";
import { alternate, median } from "./measure.js";
import type { BenchOptions } from "./options.js";

/** Milliseconds a step: of the clock, and of the processor in all threads. */
export interface StepCost {
  readonly elapsed: number;
  readonly processor: number;
}

/** What a loop of `trainStep` costs, against `fit` on the same batches. */
export interface StepsCost {
  readonly fit: StepCost;
  readonly trainStep: StepCost;
  /** Steps a second by `trainStep`, of those by `fit`: the middle of what they were in each round. */
  readonly share: number;
}

/** How fast a loop of one's own is that calls `trainStep`, in turn with `fit` in the same session. */
export async function steps({ runs, batch, hidden: units, threads }: BenchOptions): Promise<StepsCost> {
  const net = model({ x: input(["batch", 784]) }, ({ x }) =>
    dense(dense(dense(x, { units, activation: relu }), { units, activation: relu }), { units: 1 }),
  );
  const program = compile(net, { optimizer: adam(), loss: meanSquaredError() });
  using session = await open(program, threads === undefined ? {} : { threads });
  const count = 100;
  const wave = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i));
  const [x, y] = [wave(count * batch * 784), wave(count * batch)];
  const batches = Array.from({ length: count }, (_, i) => ({
    inputs: { x: array(x.subarray(i * batch * 784, (i + 1) * batch * 784), [batch, 784]) },
    target: array(y.subarray(i * batch, (i + 1) * batch), [batch, 1]),
  }));
  const [inputs, target] = [{ x: array(x, [count * batch, 784]) }, array(y, [count * batch, 1])];
  const processor: Record<"fit" | "trainStep", number[]> = { fit: [], trainStep: [] };
  const timed = (name: keyof typeof processor, train: () => Promise<unknown>) => async () => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await train();
    const { user, system } = process.cpuUsage(before);
    processor[name].push((user + system) / 1000 / count);
    return (performance.now() - start) / count;
  };
  const fit = timed("fit", () => session.fit(inputs, target, { batchSize: batch, verbose: "silent" }));
  const trainStep = timed("trainStep", async () => {
    for (const one of batches) await session.trainStep(one);
  });
  // What the first calls take is not a step's.
  for (const train of [fit, trainStep]) await train();
  const elapsed = await alternate({ fit, trainStep }, runs);
  const cost = (name: keyof typeof processor) => ({
    elapsed: median(elapsed[name]),
    processor: median(processor[name].slice(1)),
  });
  const share = median(elapsed.fit.map((milliseconds, i) => milliseconds / elapsed.trainStep[i]!));
  const result = { fit: cost("fit"), trainStep: cost("trainStep"), share };
  const words = ({ elapsed, processor }: StepCost) =>
    `${elapsed.toFixed(2)} ms a step (${processor.toFixed(2)} of the processor)`;
  console.log(
    `trainStep: ${words(result.trainStep)}, ${(100 * share).toFixed(0)} % of fit's rate: ${words(result.fit)}`,
  );
  return result;
}
