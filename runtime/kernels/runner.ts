import type {
  TensorInfo as CoreTensorInfo,
  KernelBackend,
  NamedAttrMap,
  NamedTensorInfoMap,
  Tensor,
} from "@tensorflow/tfjs-core";
import * as core from "@tensorflow/tfjs-core";
import { allocate, type DType, heldByTfjs } from "../../src/ir/dtype.js";
import { internalError, ShapewrightError } from "../../src/ir/errors.js";
import type { KernelRunner, TensorInfo } from "../../src/ir/tfjs-lowering.js";
import { mendedKernels } from "./mended-kernels.js";
import type { PlainRunner } from "./plain-runner.js";
import { isFaulty } from "./wasm-faults.js";

/** A tfjs tensor, counted by tfjs until it is disposed. */
export interface Held extends Tensor {
  readonly dtype: ReturnType<typeof heldByTfjs>;
}

/** A tfjs: the one that is imported here, or the one that tfjs-node brings. */
type Tfjs = Omit<typeof core, "default">;

/** A backend that tells, as wasm's does, in which shapes memory was made. */
interface KeepsShapes extends KernelBackend {
  readonly dataIdMap?: { get(dataId: object): { readonly shape: readonly number[] } };
}

/**
 * Makes a tensor on a backend by name. tfjs's own functions would make it on the backend that is active in this process,
 * which may be another library's choice.
 */
export function hold(
  values: Float32Array | Int32Array | Uint8Array,
  shape: readonly number[],
  dtype: Held["dtype"],
  backend: string,
  tf: Tfjs = core,
) {
  return tf.engine().makeTensor(values, [...shape], dtype, backendNamed(backend, tf)) as Held;
}

/** Makes a tensor of numbers; bytes are in one of int32. */
export function holdNumbers(
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: DType,
  backend: string,
  tf?: Tfjs,
): Held {
  const held = heldByTfjs(dtype);
  const data = allocate(held, values.length);
  data.set(values);
  return hold(data, shape, held, backend, tf);
}

/**
 * Runs tfjs's kernels for one op, and remembers what they made: those of `backend`, and where it has none, or a wrong
 * one, those of the cpu backend. Kernels are called directly: no tape, no scopes.
 */
export class Runner implements PlainRunner {
  readonly #made = new Set<Held>();
  constructor(
    readonly backend: string,
    readonly tf: Tfjs = core,
  ) {}

  run(...[kernel, inputs, attributes = {}]: Parameters<KernelRunner["run"]>): TensorInfo {
    const mended = mendedKernels[this.backend]?.[kernel];
    return (
      mended?.(this, inputs as Readonly<Record<string, TensorInfo>>, attributes) ??
      this.plain(kernel, inputs, attributes)
    );
  }

  /** Runs the kernel that there is, without what mends it. */
  plain(...[kernel, inputs, attributes = {}]: Parameters<KernelRunner["run"]>): TensorInfo {
    const { tf } = this;
    const name = this.#backendFor(kernel, inputs, attributes);
    const backend = backendNamed(name, tf);
    const output = tf.getKernel(kernel, name).kernelFunc({
      inputs: inputs as unknown as NamedTensorInfoMap,
      backend,
      attrs: attributes as NamedAttrMap,
    }) as CoreTensorInfo;
    // tfjs-node's kernels return tensors, which tfjs counts already; the others' only what one is made from.
    const tensor = "rank" in output ? output : tf.engine().makeTensorFromTensorInfo(output, backend);
    return this.#remember(tensor as Held);
  }

  shapeOfMemory({ dataId, shape }: TensorInfo): readonly number[] {
    const { dataIdMap } = backendNamed(this.backend, this.tf) as KeepsShapes;
    return dataIdMap?.get(dataId).shape ?? shape;
  }

  reshape(x: TensorInfo, shape: readonly number[]): TensorInfo {
    return this.run("Reshape", { x }, { shape: [...shape] });
  }

  broadcast(x: TensorInfo, shape: readonly number[]): TensorInfo {
    const lead = shape.length - x.shape.length;
    const from = [...Array<number>(lead).fill(1), ...x.shape];
    const repeats = shape.map((size, axis) => (from[axis] === size ? 1 : size));
    const wide = this.reshape(x, from);
    return repeats.every((count) => count === 1) ? wide : this.run("Tile", { x: wide }, { reps: repeats });
  }

  tensor(values: ArrayLike<number>, shape: readonly number[], dtype: DType): TensorInfo {
    return this.#remember(holdNumbers(values, shape, dtype, this.backend, this.tf));
  }

  release(x: TensorInfo): void {
    const tensor = x as Held;
    if (this.#made.delete(tensor)) tensor.dispose();
  }

  read(x: TensorInfo): ArrayLike<number> {
    return (x as Held).dataSync();
  }

  /**
   * Keeps what an op's rule gives, and disposes all else that was made, where the rule fails too. A result that is an input is
   * given a life of its own.
   */
  keep(rule: () => readonly TensorInfo[]): Held[] {
    let kept: Held[] = [];
    try {
      kept = rule().map((result) => {
        const tensor = result as Held;
        return (this.#made.has(tensor) ? tensor : this.run("Identity", { x: result })) as Held;
      });
    } finally {
      for (const tensor of this.#made) if (!kept.includes(tensor)) tensor.dispose();
    }
    return kept;
  }

  #backendFor(...call: Parameters<typeof isFaulty>): string {
    const { tf } = this;
    const [kernel] = call;
    if (tf.getKernel(kernel, this.backend) && !(this.backend === "wasm" && isFaulty(...call))) return this.backend;
    if (tf.getKernel(kernel, "cpu")) return "cpu";
    const message = `${kernel}: the ${this.backend} backend has no such kernel; import "@tensorflow/tfjs-backend-cpu", whose kernel is run in its place`;
    throw new ShapewrightError("SW_BACKEND", message);
  }

  #remember(tensor: Held): TensorInfo {
    this.#made.add(tensor);
    return tensor;
  }
}

function backendNamed(name: string, tf: Tfjs): KernelBackend {
  const backend = tf.engine().findBackend(name);
  if (!backend) throw internalError(`tfjs's ${name} backend has not started`);
  return backend;
}
