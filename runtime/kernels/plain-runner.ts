import type { KernelRunner, TensorInfo } from "../../src/ir/tfjs-lowering.js";

/** What a mended kernel is put together from: the backend's kernels as they are, and all that ops run kernels with. */
export interface PlainRunner extends KernelRunner {
  plain: KernelRunner["run"];
  /** The shape that a tensor's memory was made in. A reshaped tensor has its own, over the memory of another. */
  shapeOfMemory(x: TensorInfo): readonly number[];
}
