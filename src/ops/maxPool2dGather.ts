import { array, generate } from "../ir/array.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import { show } from "../types/show.js";
import { checkPooled, type PoolAttributes, poolFlops, tensorflowPool } from "./shared/pool2d.js";
import { ramp } from "./shared/ramp.js";
import { scattered, winners } from "./shared/window2d.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The elements of `values` that stand where x has each window's maximum. Inputs: x, its pool y, and values. */
    maxPool2dGather: PoolAttributes;
  }
}

const name = "maxPool2dGather";

export const maxPool2dGatherOp: ValueOpDefinition<typeof name> = {
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
    return [undefined, undefined, b.op("maxPool2dGradient", [x!, y!, dy], attributes)];
  },
  tensorflow: (t, [x, y, values], { attributes }) =>
    t.op("MaxPoolGradGrad", [x!, y!, values!], tensorflowPool(attributes)),
  tfjs(k, [x, , values], { attributes, shape }) {
    // tfjs has no such kernel. This is needed for second derivatives only, so it may be slow.
    const data = k.read(values!);
    const from = winners({ data: k.read(x!), shape: x!.shape }, attributes.poolSize, shape, attributes);
    return k.tensor(
      from.map((i) => data[i]!),
      shape,
      "float32",
    );
  },
  reference([x, , values], { attributes, shape }) {
    const from = winners(x!, attributes.poolSize, shape, attributes);
    return generate(shape, "float32", (k) => values!.data[from[k]!]!);
  },
  flops: ({ shape, attributes }) => poolFlops(shape, attributes),
  // Each y is what the pool makes of x: TensorFlow finds the winners by comparing the two.
  samples: [
    {
      inputs: [
        array(new Float32Array([1, 5, 2, 3, 4, 0, 7, 6, 8, 9, -1, -2, -5, 3.5, -3, -4]), [1, 4, 4, 1]),
        array(new Float32Array([5, 7, 9, -1]), [1, 2, 2, 1]),
        ramp([1, 4, 4, 1]),
      ],
      attributes: { poolSize: [2, 2], strides: [2, 2], padding: "valid" },
    },
    {
      inputs: [
        array(new Float32Array([1, 1, 1, 1, 2, 2, 1, 2, 2]), [1, 3, 3, 1]),
        array(new Float32Array([2, 2, 2, 2]), [1, 2, 2, 1]),
        ramp([1, 3, 3, 1]),
      ],
      attributes: { poolSize: [2, 2], strides: [1, 1], padding: "valid" },
      notSmooth: "ties: the first of equal elements is taken",
    },
    {
      inputs: [scattered([1, 1, 1, 3]), scattered([1, 1, 1, 3]), ramp([1, 1, 1, 3])],
      attributes: { poolSize: [2, 2], strides: [2, 2], padding: "same" },
    },
  ],
};
