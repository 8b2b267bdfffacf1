import { elementCount, generate } from "../ir/array.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import { ramp } from "./shared/ramp.js";
import type { PoolAttributes } from "./shared/windows/attributes.js";
import { checkPooled } from "./shared/windows/check-pool.js";
import { poolFlops } from "./shared/windows/flops.js";
import { maxPoolBy } from "./shared/windows/pool.js";
import { poolSamples } from "./shared/windows/pool-samples.js";
import { tensorflowPool } from "./shared/windows/tensorflow.js";
import { sizedTensor } from "./shared/windows/tfjs-moving.js";
import { tfjsPool } from "./shared/windows/tfjs-pool.js";
import { winners } from "./shared/windows/visit.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The gradient of `maxPool`. Inputs: its input x, its output y, and dy. */
    maxPoolGradient: PoolAttributes;
  }
}

const name = "maxPoolGradient";

export const maxPoolGradientOp: ValueOpDefinition<typeof name> = {
  name,
  words: { formula: ([x, , dy]) => `${dy} where ${x} has its window's largest element, else 0` },
  traits: ["keepsFinite"],
  infer([x, y, dy], attributes) {
    for (const input of [x, y, dy]) refuse("SW_DTYPE", name, checkDType(name, input!.dtype, ["float32"]));
    refuse("SW_SHAPE", name, checkPooled(name, x!.shape, y!.shape, attributes));
    refuse("SW_SHAPE", name, checkPooled(name, x!.shape, dy!.shape, attributes));
    return { shape: x!.shape, dtype: "float32" };
  },
  gradient({ b, inputs: [x, y], dy: dz, node: { attributes } }) {
    // Each dy went to its window's winner, so its gradient is read there. Which one wins does not change by a little.
    return [undefined, undefined, b.op("maxPoolGather", [x!, y!, dz], attributes)];
  },
  tensorflow(t, inputs, { attributes, inputs: nodes }) {
    const [x, y, dy] = inputs.map((value, i) => ({ value, shape: nodes[i]!.shape }));
    return maxPoolBy(tensorflowPool(t), attributes).gradient(x!, y!, dy!).value;
  },
  tfjs(k, inputs, { attributes }) {
    const [x, y, dy] = inputs.map(sizedTensor);
    return maxPoolBy(tfjsPool(k), attributes).gradient(x!, y!, dy!).value;
  },
  reference([x, _, dy], { attributes, shape }) {
    const dx = new Float64Array(elementCount(shape));
    winners(x!, dy!.shape, attributes).forEach((i, k) => {
      dx[i]! += dy!.data[k]!;
    });
    return generate(shape, "float32", (i) => dx[i]!);
  },
  // The windows' comparisons, and a sum for each dy.
  flops: ({ inputs: [, , dy], attributes }) => poolFlops(dy!, attributes) + elementCount(dy!),
};

export const maxPoolGradientSamples: Samples<"maxPoolGradient"> = () =>
  poolSamples.map(({ x, y, ...how }) => ({ inputs: [x, y, ramp(y.shape)], ...how }));
