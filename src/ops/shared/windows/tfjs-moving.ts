import type { KernelRunner, TensorInfo } from "../../../ir/tfjs-lowering.js";
import { joinedInTfjs } from "../join-tfjs.js";
import type { MovingKernels, Sized } from "./kernels.js";

/** A tensor with its own shape, as tfjs's tensors have it. */
export function sizedTensor(value: TensorInfo): Sized<TensorInfo> {
  return { value, shape: value.shape };
}

/**
 * Whether a backend has kernels for the gradients of convolutions and pools: the wasm backend has none or wrong ones, and the
 * cpu backend's are a thousand times as slow as a convolution.
 */
export function hasGradients({ backend }: KernelRunner): boolean {
  return backend === "tensorflow" || backend === "webgl";
}

/** tfjs's kernels for moving numbers. */
export function movingTensors(k: KernelRunner): MovingKernels<TensorInfo> {
  const run = (...call: Parameters<KernelRunner["run"]>) => sizedTensor(k.run(...call));
  return {
    reshape: (x, shape) => sizedTensor(k.reshape(x.value, shape as number[])),
    transpose: (x, permutation) => run("Transpose", { x: x.value }, { perm: [...permutation] }),
    pad: (x, paddings, constantValue) =>
      paddings.every(([before, after]) => before === 0 && after === 0)
        ? x
        : run("PadV2", { x: x.value }, { paddings: paddings.map((pair) => [...pair]), constantValue }),
    slice: (x, begin, size) =>
      size.every((dim, axis) => dim === x.shape[axis])
        ? x
        : run("Slice", { x: x.value }, { begin: [...begin], size: [...size] }),
    reverse: (x, axes) => run("Reverse", { x: x.value }, { dims: [...axes] }),
    everyNth({ value: x, shape }, strides) {
      const none = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };
      const attributes = { begin: shape.map(() => 0), end: [...(shape as number[])], strides: [...strides], ...none };
      return run("StridedSlice", { x }, attributes);
    },
    concat: (parts, axis) =>
      sizedTensor(
        joinedInTfjs(
          k,
          parts.map(({ value }) => value),
          axis,
        ),
      ),
  };
}
