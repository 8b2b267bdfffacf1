import type { Computation } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import { allocate } from "../src/ir/dtype.js";
import type { Node } from "../src/ir/node.js";
import { random } from "../src/ir/random.js";
import type { Executable } from "./backends/backend.js";

/** Gives every variable its initial value, drawn for its name: it does not depend on what other variables there are. */
export function initialize(computation: Computation, executable: Executable, seed: number): void {
  for (const [name, variable] of computation.variables)
    executable.setVariable(name, initialValue(variable, name, seed));
}

/** The value that a variable of a name starts with. */
export function initialValue({ attributes }: Node<"variable">, name: string, seed: number): NdArray {
  const { shape, dtype, initializer } = attributes;
  const values = initializer.sample(shape, random(seed, name));
  const data = allocate(dtype, values.length);
  data.set(values);
  return { shape: [...shape], dtype, data };
}
