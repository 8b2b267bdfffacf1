import type { NdArray } from "../../src/ir/array.js";
import { allocate } from "../../src/ir/dtype.js";
import { hasResults } from "../../src/ir/op.js";
import { type Held, hold, holdNumbers, Runner } from "../kernels/runner.js";
import type { Tfjs } from "../native/index.js";
import type { Machine } from "./machine.js";

/** tfjs's portable backends. */
export type PortableBackend = "wasm" | "cpu";

/**
 * Runs ops by tfjs's kernels: those of `backend`, and where it has none, those of the cpu backend.
 *
 * @param tf the tfjs that has the backend, where it is not the one that is imported: tfjs-node may bring its own
 */
export function tfjsMachine(backend: PortableBackend | "tensorflow", tf?: Tfjs): Machine<Held> {
  return {
    backend,
    fromHost({ data, shape, dtype }) {
      return dtype === "uint8" ? holdNumbers(data, shape, dtype, backend, tf) : hold(data, shape, dtype, backend, tf);
    },
    toHost(value, dtype) {
      const read = value.dataSync();
      // tfjs's cpu backend, which computes for wasm too where that has no kernel, gives out the memory that it computes in,
      // and some of its kernels give arrays of another kind than the dtype's.
      if (backend === "tensorflow" && dtype !== "uint8")
        return { shape: [...value.shape], dtype, data: read } as NdArray;
      const data = allocate(dtype, read.length);
      data.set(read);
      return { shape: [...value.shape], dtype, data };
    },
    run(definition, inputs, context) {
      const runner = new Runner(backend, tf);
      return runner.keep(() =>
        hasResults(definition) ? definition.tfjs(runner, inputs, context) : [definition.tfjs(runner, inputs, context)],
      );
    },
    dispose: (value) => value.dispose(),
  };
}
