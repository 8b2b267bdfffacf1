import type { KernelRunner, TensorInfo } from "../../../ir/tfjs-lowering.js";
import type { KernelPool, PoolKernels } from "./kernels.js";
import { gatherWinners, scatterToWinners, spreadMeans } from "./loops.js";
import { hasGradients, movingTensors, sizedTensor } from "./tfjs-moving.js";

/** tfjs's kernels for pools over two axes. */
export function tfjsPool(k: KernelRunner): PoolKernels<TensorInfo> {
  const run = (...call: Parameters<KernelRunner["run"]>) => sizedTensor(k.run(...call));
  return {
    ...movingTensors(k),
    maxPool: (x, pool) => run("MaxPool", { x: x.value }, tfjsPoolAttributes(pool)),
    maxPoolGradient(x, y, dy, pool) {
      if (hasGradients(k)) {
        return run("MaxPoolGrad", { dy: dy.value, input: x.value, output: y.value }, tfjsPoolAttributes(pool));
      }
      // The wasm backend's kernel is wrong, and the cpu backend's takes a second for a batch of images.
      const data = scatterToWinners(k.read(x.value), x.value.shape, k.read(dy.value), dy.value.shape, pool);
      return sizedTensor(k.tensor(data, x.value.shape, "float32"));
    },
    maxPoolGather(x, values, pool) {
      // tfjs has no such kernel. This is needed for second derivatives only, so it may be slow.
      const { data, shape } = gatherWinners(k.read(x.value), x.value.shape, k.read(values.value), pool);
      return sizedTensor(k.tensor(data, shape, "float32"));
    },
    averagePool: (x, pool) => run("AvgPool", { x: x.value }, tfjsPoolAttributes(pool)),
    averagePoolGradient(dy, inputShape, pool) {
      const shape = inputShape as number[];
      if (k.backend === "tensorflow") {
        const input = { ...dy.value, shape: [...shape] };
        return run("AvgPoolGrad", { dy: dy.value, input }, tfjsPoolAttributes(pool));
      }
      // The other backends' kernels count the padding.
      return sizedTensor(k.tensor(spreadMeans(k.read(dy.value), dy.value.shape, shape, pool), shape, "float32"));
    },
    ones: (shape) => sizedTensor(k.broadcast(k.tensor([1], [], "float32"), shape as number[])),
    divide: (a, b) => run("RealDiv", { a: a.value, b: b.value }),
  };
}

function tfjsPoolAttributes({ poolSize, strides, padding }: KernelPool) {
  return { filterSize: [...poolSize], strides: [...strides], pad: padding };
}
