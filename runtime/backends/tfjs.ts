import type { NdArray } from "../../src/ir/array.js";
import { isUpdate } from "../../src/ir/op.js";
import { type Held, hold, Runner } from "../kernels/runner.js";
import type { Tfjs } from "../native/index.js";
import type { Machine } from "./interpreter.js";

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
    fromHost: ({ data, shape, dtype }) => hold(data, shape, dtype, backend, tf),
    toHost: (value, dtype) => ({ shape: [...value.shape], dtype, data: value.dataSync() }) as NdArray,
    run(definition, inputs, context) {
      const runner = new Runner(backend, tf);
      const results = isUpdate(definition)
        ? definition.tfjs(runner, inputs, context)
        : [definition.tfjs(runner, inputs, context)];
      return runner.keep(results);
    },
    dispose: (value) => value.dispose(),
  };
}
