import type { KernelRunner, TensorInfo } from "../../../src/ir/tfjs-lowering.js";
import type { PlainRunner } from "../plain-runner.js";

export function scalar(k: KernelRunner, value: number): TensorInfo {
  return k.tensor([value], [], "float32");
}

/** For int32 alone. */
export function ofIntegers(x: TensorInfo, compute: () => TensorInfo): TensorInfo | undefined {
  return x.dtype === "int32" ? compute() : undefined;
}

/** -x, wrapped around as int32 is. */
export function negative(k: PlainRunner, x: TensorInfo): TensorInfo {
  return k.plain("Sub", { a: k.tensor([0], [], "int32"), b: x });
}

/** 1 for what is above 0, and 0 for what is not. */
export function step(k: PlainRunner, x: TensorInfo): TensorInfo {
  return k.plain("Step", { x }, { alpha: 0 });
}
