import type { KernelRunner } from "../../src/ir/tfjs-lowering.js";

/** What a mended kernel is put together from: the backend's kernels as they are, and all that ops run kernels with. */
export interface PlainRunner extends KernelRunner {
  plain: KernelRunner["run"];
}
