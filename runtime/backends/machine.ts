import type { NdArray } from "../../src/ir/array.js";
import type { OpName } from "../../src/ir/node.js";
import type { OpDefinition, RunContext } from "../../src/ir/op.js";
import type { BackendName } from "./backend.js";

/** How an interpreter holds values: on the host, or as tensors of a library. */
export interface Machine<V> {
  readonly backend: BackendName;
  fromHost(value: NdArray): V;
  toHost(value: V, dtype: NdArray["dtype"]): NdArray;
  /** Runs one op. Returns its results, each with a life of its own. Leaves the inputs as they are. */
  run(definition: OpDefinition<OpName>, inputs: readonly V[], context: RunContext<OpName>): readonly V[];
  dispose(value: V): void;
}
