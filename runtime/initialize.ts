import { initialValue } from "../compiler/initialValue.js";
import type { Computation } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import type { Executable } from "./backends/backend.js";

/**
 * Gives every variable its initial value.
 *
 * @param mostAtOnce bytes that are set at once. Until TensorFlow has its own copy, four of each value are there; a run costs time.
 */
export function initialize(
  computation: Computation,
  executable: Pick<Executable, "setVariables">,
  seed: number,
  mostAtOnce = 512e6,
): void {
  let values = new Map<string, NdArray>();
  let bytes = 0;
  for (const [name, variable] of computation.variables) {
    const value = initialValue(name, variable, seed);
    if (values.size > 0 && bytes + value.data.byteLength > mostAtOnce) {
      executable.setVariables(values);
      values = new Map();
      bytes = 0;
    }
    values.set(name, value);
    bytes += value.data.byteLength;
  }
  executable.setVariables(values);
}
