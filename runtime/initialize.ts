import { initialValue } from "../compiler/initialValue.js";
import type { Computation } from "../compiler/program.js";
import type { Executable } from "./backends/backend.js";

/** Gives every variable its initial value. */
export function initialize(computation: Computation, executable: Executable, seed: number): void {
  for (const [name, variable] of computation.variables) {
    executable.setVariable(name, initialValue(name, variable, seed));
  }
}
