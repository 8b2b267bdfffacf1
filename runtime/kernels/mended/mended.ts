import type { TensorInfo } from "../../../src/ir/tfjs-lowering.js";
import type { PlainRunner } from "../plain-runner.js";

export type Inputs = Readonly<Record<string, TensorInfo>>;
export type Attributes = Readonly<Record<string, unknown>>;

/** What stands in for a kernel; `undefined` where the kernel itself is right. */
export type Mended = (k: PlainRunner, inputs: Inputs, attributes: Attributes) => TensorInfo | undefined;
