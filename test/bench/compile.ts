import { adam, compile as compileModel, sparseCategoricalCrossentropy } from "shapewright";
import { residualNetwork, resNet50 } from "../support/residualNetwork.js";
import { alternate, median, seconds } from "./measure.js";
import type { BenchOptions } from "./options.js";

/** Seconds to compile ResNet-50's topology with its backward pass, and how many times as long ten times the blocks take. */
export async function compile(options: BenchOptions): Promise<{ seconds: number; nodes: number; tenTimes: number }> {
  const once = (blocks: readonly number[]) =>
    compileModel(residualNetwork(blocks), {
      optimizer: adam(),
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    });
  const deep = resNet50.map((count) => 10 * count);
  const first = await seconds(() => once(resNet50));
  const { short, long } = await alternate(
    { short: () => seconds(() => once(resNet50)), long: () => seconds(() => once(deep)) },
    options.runs,
  );
  const result = { seconds: first, nodes: once(resNet50).train.nodes.length, tenTimes: median(long) / median(short) };
  console.log(`ResNet-50's topology, compiled with its backward pass: ${result.nodes} nodes in the train step`);
  console.log(`for the first time in a process ${first.toFixed(2)} s, then ${median(short).toFixed(2)} s`);
  console.log(`ten times the blocks take ${median(long).toFixed(2)} s, ${result.tenTimes.toFixed(1)} times as long`);
  return result;
}
