import { initialValue } from "../compiler/initialValue.js";
import type { Computation } from "../compiler/program.js";
import type { Executable } from "./backends/backend.js";

/** Gives every variable its initial value. */
export function initialize(computation: Computation, executable: Executable, seed: number): void {
  executable.setVariables(
    new Map([...computation.variables].map(([name, variable]) => [name, initialValue(name, variable, seed)])),
  );
}
