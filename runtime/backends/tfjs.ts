import type { TensorInfo as CoreTensorInfo, KernelBackend } from "@tensorflow/tfjs-core";
import * as core from "@tensorflow/tfjs-core";
import type { NdArray } from "../../src/ir/array.js";
import { allocate, type DType } from "../../src/ir/dtype.js";
import { internalError } from "../../src/ir/errors.js";
import { isUpdate } from "../../src/ir/op.js";
import type { KernelRunner, TensorInfo } from "../../src/ir/tfjs-lowering.js";
import type { Tfjs } from "../native/index.js";
import type { Machine } from "./interpreter.js";
import { isFaulty } from "./wasm-faults.js";

/** A tfjs tensor, counted by tfjs until it is disposed. */
type Held = core.Tensor;

/** tfjs's portable backends. */
export type PortableBackend = "wasm" | "cpu";

/** tfjs's backends, with tfjs-node's. */
type TfjsBackend = PortableBackend | "tensorflow";

/**
 * Runs ops by tfjs's kernels: those of `backend`, and where it has none, those of the cpu backend.
 *
 * @param tf the tfjs that has the backend: tfjs-node brings its own
 */
export function tfjsMachine(backend: TfjsBackend, tf: Tfjs = core): Machine<Held> {
  return {
    backend,
    fromHost: (value) => hold(tf, value, backend),
    toHost: (value, dtype) => ({ shape: [...value.shape], dtype, data: value.dataSync() }) as NdArray,
    run(definition, inputs, context) {
      const runner = new Runner(tf, backend);
      const results = isUpdate(definition)
        ? definition.tfjs(runner, inputs, context)
        : [definition.tfjs(runner, inputs, context)];
      return runner.keep(results);
    },
    dispose: (value) => value.dispose(),
  };
}

/**
 * Makes a tensor on a backend by name. tfjs's own functions would make it on the backend that is active in this process,
 * which may be another library's choice.
 */
function hold(tf: Tfjs, { data, shape, dtype }: NdArray, backend: TfjsBackend): Held {
  return tf.engine().makeTensor(data, shape, dtype, tf.engine().findBackend(backend));
}

/** Runs kernels and remembers what they made. */
class Runner implements KernelRunner {
  readonly #made: Held[] = [];
  constructor(
    readonly tf: Tfjs,
    readonly backend: TfjsBackend,
  ) {}

  run(
    kernel: string,
    inputs: Readonly<Record<string, TensorInfo | readonly TensorInfo[]>>,
    attributes: Readonly<Record<string, unknown>> = {},
  ): TensorInfo {
    const { tf } = this;
    const name = this.#backendFor(kernel, inputs, attributes);
    const found = tf.getKernel(kernel, name);
    if (!found) throw internalError(`tfjs has no kernel ${kernel} on ${name}`);
    const backend = tf.engine().findBackend(name) as KernelBackend;
    const output = found.kernelFunc({
      inputs: inputs as unknown as core.NamedTensorInfoMap,
      backend,
      attrs: attributes as core.NamedAttrMap,
    }) as CoreTensorInfo;
    // tfjs-node's kernels make tensors; others describe them.
    return this.#remember("rank" in output ? (output as Held) : tf.engine().makeTensorFromTensorInfo(output, backend));
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
    const data = allocate(dtype, values.length);
    data.set(values);
    return this.#remember(hold(this.tf, { data, shape, dtype }, this.backend));
  }

  read(x: TensorInfo): ArrayLike<number> {
    return (x as unknown as Held).dataSync();
  }

  /** Disposes all that was made but the results; a result that is an input is given a life of its own. */
  keep(results: readonly TensorInfo[]): Held[] {
    const kept = results.map((result) => {
      const tensor = result as unknown as Held;
      return (this.#made.includes(tensor) ? tensor : this.run("Identity", { x: result })) as unknown as Held;
    });
    for (const tensor of this.#made) if (!kept.includes(tensor)) tensor.dispose();
    return kept;
  }

  #backendFor(...call: Parameters<typeof isFaulty>): TfjsBackend {
    return this.tf.getKernel(call[0], this.backend) && !(this.backend === "wasm" && isFaulty(...call))
      ? this.backend
      : "cpu";
  }

  #remember(tensor: Held): TensorInfo {
    this.#made.push(tensor);
    return tensor as unknown as TensorInfo;
  }
}
