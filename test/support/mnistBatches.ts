import { loadMnist } from "../../examples/data/mnist.js";
import type { Batch } from "./training.js";

/** Batches of MNIST's images, one for each step. */
export function mnistBatches(imageShape: readonly [784] | readonly [28, 28, 1], steps: number, size: number): Batch[] {
  const { train } = loadMnist({ limit: steps * size });
  return Array.from({ length: steps }, (_, i) => ({
    inputs: {
      image: {
        data: train.images.data.slice(i * size * 784, (i + 1) * size * 784),
        shape: [size, ...imageShape],
        dtype: "float32" as const,
      },
    },
    target: { data: train.labels.slice(i * size, (i + 1) * size), shape: [size], dtype: "int32" as const },
  }));
}
