import { generate } from "../ir/array.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import { show } from "../types/show.js";
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
    /** The elements of `values` that stand where x has each window's maximum. Inputs: x, its pool y, and values. */
    maxPoolGather: PoolAttributes;
  }
}

const name = "maxPoolGather";

export const maxPoolGatherOp: ValueOpDefinition<typeof name> = {
  name,
  traits: ["keepsFinite"],
  infer([x, y, values], attributes) {
    for (const input of [x, y, values]) refuse("SW_DTYPE", name, checkDType(name, input!.dtype, ["float32"]));
    refuse("SW_SHAPE", name, checkPooled(name, x!.shape, y!.shape, attributes));
    const given = show(values!.shape);
    if (given !== show(x!.shape)) refuse("SW_SHAPE", name, `${name}: ${given} is not of x's shape ${show(x!.shape)}`);
    return { shape: y!.shape, dtype: "float32" };
  },
  gradient({ b, inputs: [x, y], dy, node: { attributes } }) {
    // Each element goes back to its window's winner. Which one wins does not change by a little.
    return [undefined, undefined, b.op("maxPoolGradient", [x!, y!, dy], attributes)];
  },
  tensorflow(t, inputs, { attributes, inputs: nodes }) {
    const [x, y, values] = inputs.map((value, i) => ({ value, shape: nodes[i]!.shape }));
    return maxPoolBy(tensorflowPool(t), attributes).gather(x!, y!, values!).value;
  },
  tfjs(k, inputs, { attributes }) {
    const [x, y, values] = inputs.map(sizedTensor);
    return maxPoolBy(tfjsPool(k), attributes).gather(x!, y!, values!).value;
  },
  reference([x, , values], { attributes, shape }) {
    const from = winners(x!, shape, attributes);
    return generate(shape, "float32", (k) => values!.data[from[k]!]!);
  },
  flops: ({ shape, attributes }) => poolFlops(shape, attributes),
};

export const maxPoolGatherSamples: Samples<"maxPoolGather"> = () =>
  poolSamples.map(({ x, y, ...how }) => ({ inputs: [x, y, ramp(x.shape)], ...how }));
