import {
  adam,
  array,
  compile,
  concat,
  dense,
  glorotUniform,
  input,
  matmul,
  model,
  relu,
  slice,
  sparseCategoricalCrossentropy,
  type Tensor,
  variable,
} from "shapewright";
import { open, openFunction } from "shapewright/runtime";
import { median, seconds } from "./measure.js";
import type { BenchOptions } from "./options.js";
import { drawScaling, type ScalingPoint, type ScalingResult, type Size } from "./scalingPicture.js";

/** What is measured: each quantity doubled again and again. */
const sizes: Readonly<Record<keyof ScalingResult, readonly Size[]>> = {
  batch: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((batch) => ({ batch, width: 256, depth: 4 })),
  width: [16, 32, 64, 128, 256, 512, 1024].map((width) => ({ batch: 64, width, depth: 4 })),
  depth: [1, 2, 4, 8, 16, 32, 64].map((depth) => ({ batch: 64, width: 128, depth })),
  parameters: [32, 64, 128, 256, 512, 1024, 2048].map((width) => ({ batch: 4, width, depth: 4 })),
};

/** At least so many seconds are timed at once. */
const atOnce = 0.3;

/** How a step's time grows, beside that of its products alone: where the two part, something else binds. Draws it where there is Chromium. */
export async function scaling({ runs, threads }: BenchOptions): Promise<ScalingResult> {
  const result: Record<string, ScalingPoint[]> = {};
  for (const [quantity, ofQuantity] of Object.entries(sizes)) {
    result[quantity] = [];
    for (const size of ofQuantity) {
      const step = await timeOfStep(size, runs, threads);
      const products = await timeOfProducts(size, runs, threads);
      const point = { ...size, parameters: parametersOf(size), step, products };
      result[quantity].push(point);
      const named = quantity === "parameters" ? point.parameters : size[quantity as keyof Size];
      console.log(
        `${quantity} ${String(named).padStart(8)}: ${step.toFixed(3)} ms a step, products alone ${products.toFixed(3)} ms`,
      );
    }
  }
  await drawScaling(result as unknown as ScalingResult);
  return result as unknown as ScalingResult;
}

function parametersOf({ width, depth }: Size): number {
  return depth * (width * width + width) + 10 * (width + 1);
}

async function timeOfStep({ batch, width, depth }: Size, runs: number, threads?: number): Promise<number> {
  const net = model({ x: input(["batch", width]) }, ({ x }) => {
    let h: Tensor<["batch", number]> = x;
    for (let layer = 0; layer < depth; layer++) h = dense(h, { units: width, activation: relu });
    return dense(h, { units: 10 });
  });
  const loss = sparseCategoricalCrossentropy({ fromLogits: true });
  using session = await open(compile(net, { optimizer: adam(), loss }), { threads });
  const steps = 20;
  const x = array(Float32Array.from({ length: steps * batch * width }, Math.random), [steps * batch, width]);
  const y = new Int32Array(steps * batch);
  return await timed(runs, (epochs) => session.fit({ x }, y, { epochs, batchSize: batch, verbose: "silent" }), steps);
}

/** What a step multiplies: for each layer its output, its kernel's gradient and, but for the first, its input's. Less what reading them takes. */
async function timeOfProducts({ batch, width, depth }: Size, runs: number, threads?: number): Promise<number> {
  const layers = Array.from({ length: depth }, (_, layer) => ({
    x: variable(`x${layer}`, [batch, width], glorotUniform()),
    kernel: variable(`kernel${layer}`, [width, width], glorotUniform()),
    gradient: variable(`gradient${layer}`, [batch, width], glorotUniform()),
  }));
  const products = layers.flatMap(({ x, kernel, gradient }, layer) => [
    matmul(x, kernel),
    matmul(x, gradient, { transposeA: true }),
    ...(layer === 0 ? [] : [matmul(gradient, kernel, { transposeB: true })]),
  ]);
  const operands = layers.flatMap(({ x, kernel, gradient }, layer) => [x, kernel, ...(layer === 0 ? [] : [gradient])]);
  const time = async (read: readonly Tensor<[number, number]>[]) => {
    // One number of each, since what nobody reads is not computed.
    const corners = () => ({
      corners: concat(
        read.map((one) => slice(one, [0, 0], [1, 1])),
        0,
      ),
    });
    const call = await openFunction({}, corners, { threads });
    const repeat = async (times: number) => {
      for (let i = 0; i < times; i++) await call({});
    };
    const taken = await timed(runs, repeat, 1);
    call.dispose();
    return taken;
  };
  return (await time(products)) - (await time(operands));
}

/** The median of some runs, each of as many repetitions as take long enough, in milliseconds of one of `parts` of a repetition. */
async function timed(runs: number, repeat: (times: number) => Promise<unknown>, parts: number): Promise<number> {
  await repeat(1);
  const times = Math.max(1, Math.ceil(atOnce / (await seconds(() => repeat(1)))));
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) taken.push((1000 * (await seconds(() => repeat(times)))) / times / parts);
  return median(taken);
}
