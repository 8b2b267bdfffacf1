import type { NdArray } from "../../src/ir/array.js";
import { isUpdate } from "../../src/ir/op.js";
import { type Held, hold, Runner } from "../kernels/runner.js";
import type { Machine } from "./interpreter.js";

/** tfjs's portable backends. */
export type PortableBackend = "wasm" | "cpu";

/** Runs ops by tfjs's kernels: those of `backend`, and where it has none, those of the cpu backend. */
export function tfjsMachine(backend: PortableBackend): Machine<Held> {
  return {
    backend,
    fromHost: ({ data, shape, dtype }) => hold(data, shape, dtype, backend),
    toHost: (value, dtype) => ({ shape: [...value.shape], dtype, data: value.dataSync() }) as NdArray,
    run(definition, inputs, context) {
      const runner = new Runner(backend);
      const results = isUpdate(definition)
        ? definition.tfjs(runner, inputs, context)
        : [definition.tfjs(runner, inputs, context)];
      return runner.keep(results);
    },
    dispose: (value) => value.dispose(),
  };
}
