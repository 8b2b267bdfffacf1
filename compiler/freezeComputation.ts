import type { NdArray } from "../src/ir/array.js";
import { freezeVariables } from "./freezeVariables.js";
import { optimizeFrozen } from "./pipeline.js";
import type { Computation } from "./program.js";

/** A call with its variables as constants, optimised as such. It has no variables any more, and does not run over batches. */
export function freezeComputation({ inputs, call }: Computation, values: ReadonlyMap<string, NdArray>): Computation {
  return { inputs, variables: new Map(), call: optimizeFrozen(freezeVariables(call, values)) };
}
