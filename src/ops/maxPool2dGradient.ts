import { array, elementCount, generate } from "../ir/array.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import { checkPooled, type PoolAttributes, poolFlops, tensorflowPool } from "./shared/pool2d.js";
import { ramp } from "./shared/ramp.js";
import { scattered, winners } from "./shared/window2d.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The gradient of `maxPool2d`. Inputs: its input x, its output y, and dy. */
    maxPool2dGradient: PoolAttributes;
  }
}

const name = "maxPool2dGradient";

export const maxPool2dGradientOp: ValueOpDefinition<typeof name> = {
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
    return [undefined, undefined, b.op("maxPool2dGather", [x!, y!, dz], attributes)];
  },
  tensorflow: (t, [x, y, dy], { attributes }) => t.op("MaxPoolGrad", [x!, y!, dy!], tensorflowPool(attributes)),
  tfjs(k, [x, y, dy], { attributes, shape }) {
    if (k.backend === "tensorflow" || k.backend === "webgl") {
      const { poolSize, strides, padding } = attributes;
      const window = { filterSize: [...poolSize], strides: [...strides], pad: padding };
      return k.run("MaxPoolGrad", { dy: dy!, input: x!, output: y! }, window);
    }
    // The wasm backend's kernel is wrong, and the cpu backend's takes a second for a batch of images.
    return k.tensor(scatterToWinners(k.read(x!), shape, k.read(dy!), dy!.shape, attributes), shape, "float32");
  },
  reference([x, _, dy], { attributes, shape }) {
    const dx = new Float64Array(elementCount(shape));
    winners(x!, attributes.poolSize, dy!.shape, attributes).forEach((i, k) => {
      dx[i]! += dy!.data[k]!;
    });
    return generate(shape, "float32", (i) => dx[i]!);
  },
  // The windows' comparisons, and a sum for each dy.
  flops: ({ inputs: [, , dy], attributes }) => poolFlops(dy!, attributes) + elementCount(dy!),
  // Each y is what the pool makes of x: TensorFlow finds the winners by comparing the two.
  samples: [
    {
      inputs: [
        array(new Float32Array([1, 5, 2, 3, 4, 0, 7, 6, 8, 9, -1, -2, -5, 3.5, -3, -4]), [1, 4, 4, 1]),
        array(new Float32Array([5, 7, 9, -1]), [1, 2, 2, 1]),
        ramp([1, 2, 2, 1]),
      ],
      attributes: { poolSize: [2, 2], strides: [2, 2], padding: "valid" },
    },
    {
      inputs: [
        array(new Float32Array([1, 1, 1, 1, 2, 2, 1, 2, 2]), [1, 3, 3, 1]),
        array(new Float32Array([2, 2, 2, 2]), [1, 2, 2, 1]),
        ramp([1, 2, 2, 1]),
      ],
      attributes: { poolSize: [2, 2], strides: [1, 1], padding: "valid" },
      notSmooth: "ties: the first of equal elements gets it all",
    },
    {
      inputs: [scattered([1, 1, 1, 3]), scattered([1, 1, 1, 3]), ramp([1, 1, 1, 3])],
      attributes: { poolSize: [2, 2], strides: [2, 2], padding: "same" },
    },
  ],
};

/** What `reference` computes, in loops that an engine makes fast. */
function scatterToWinners(
  x: ArrayLike<number>,
  [batch, height, width, channels]: readonly number[],
  dy: ArrayLike<number>,
  [, rows, columns]: readonly number[],
  { poolSize, strides, padding }: PoolAttributes,
): Float32Array {
  const [B, H, W, C, R, Q] = [batch!, height!, width!, channels!, rows!, columns!];
  const dx = new Float32Array(B * H * W * C);
  const before = (size: number, outputs: number, axis: 0 | 1) =>
    padding === "same" ? Math.floor(Math.max(0, (outputs - 1) * strides[axis] + poolSize[axis] - size) / 2) : 0;
  const top = before(H, R, 0);
  const left = before(W, Q, 1);
  for (let n = 0, k = 0; n < B; n++)
    for (let row = 0; row < R; row++) {
      const y0 = row * strides[0] - top;
      const yFrom = Math.max(0, y0);
      const yTo = Math.min(H, y0 + poolSize[0]);
      for (let column = 0; column < Q; column++) {
        const x0 = column * strides[1] - left;
        const xFrom = Math.max(0, x0);
        const xTo = Math.min(W, x0 + poolSize[1]);
        for (let c = 0; c < C; c++, k++) {
          let best = ((n * H + yFrom) * W + xFrom) * C + c;
          for (let y = yFrom; y < yTo; y++)
            for (let i = ((n * H + y) * W + xFrom) * C + c, end = ((n * H + y) * W + xTo) * C; i < end; i += C) {
              if (x[i]! > x[best]!) best = i;
            }
          dx[best]! += dy[k]!;
        }
      }
    }
  return dx;
}
