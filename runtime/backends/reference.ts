import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { hasResults } from "../../src/ir/op.js";
import type { Executable } from "./backend.js";
import { interpreters } from "./interpreter.js";
import type { Machine } from "./machine.js";

/** Plain JavaScript: the kernels of the op files. */
export const referenceMachine: Machine<NdArray> = {
  backend: "reference",
  fromHost: (value) => value,
  // Values share memory with variables and constants, as views do.
  toHost: ({ shape, dtype, data }) => ({ shape: [...shape], dtype, data: data.slice() }),
  run(definition, inputs, context) {
    const results = hasResults(definition)
      ? definition.reference(inputs, context)
      : [definition.reference(inputs, context)];
    // A result that is an input is given a life of its own.
    return results.map((result) => ({ ...result }));
  },
  dispose: () => {},
};

/** Puts a computation onto the reference kernels. */
export function loadReference(computation: Computation): Executable {
  return interpreters(referenceMachine, [computation])[0]!;
}

/** The same of several, which share variables. */
export function loadReferences(computations: readonly Computation[]): Executable[] {
  return interpreters(referenceMachine, computations);
}
