import type { DType } from "./dtype.js";

/** A tfjs tensor as its kernels see it. */
export interface TensorInfo {
  readonly dataId: object;
  readonly shape: number[];
  readonly dtype: DType;
}

/** What an op's tfjs rule runs kernels with. All results but the one returned are disposed after the op. */
export interface KernelRunner {
  /** tfjs's name of the backend: `"tensorflow"` (tfjs-node), `"wasm"`, `"webgl"`, `"cpu"`. For what only some of them do well. */
  readonly backend: string;
  /** Runs a kernel by its registered tfjs-core name (`"BatchMatMul"`, `"AddV2"` is `"Add"`, …) and returns its only output. */
  run(
    kernel: string,
    inputs: Readonly<Record<string, TensorInfo | readonly TensorInfo[]>>,
    attributes?: Readonly<Record<string, unknown>>,
  ): TensorInfo;
  /** The same numbers under another shape. */
  reshape(x: TensorInfo, shape: readonly number[]): TensorInfo;
  /** Repeats a tensor along axes of size 1, and along new leading axes, until it has a shape. */
  broadcast(x: TensorInfo, shape: readonly number[]): TensorInfo;
  /** A new tensor with these values. */
  tensor(values: ArrayLike<number>, shape: readonly number[], dtype: DType): TensorInfo;
  /** Disposes a result that is not needed any more, before the op ends. */
  release(x: TensorInfo): void;
  /** Reads values back to the host. */
  read(x: TensorInfo): ArrayLike<number>;
}
