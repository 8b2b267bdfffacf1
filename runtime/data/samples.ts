import type { Inputs, Program } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { nodeOf } from "../../src/ir/node.js";
import type { Data } from "./data.js";
import { checkClasses, checkFinite, refused, toArray } from "./toArray.js";

/** Inputs by name, as checked arrays. */
export type InputArrays = Readonly<Record<string, NdArray>>;

/** Checked samples with their targets. */
export interface Samples {
  readonly inputs: InputArrays;
  readonly target: NdArray;
  readonly count: number;
}

/** Checks data for inputs, one by one and against each other. */
export async function checkInputs(wanted: Inputs, given: Readonly<Record<string, Data>>): Promise<InputArrays> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(wanted, name)) {
      const message = `no input is named "${name}"; there are ${quoted(Object.keys(wanted))}`;
      throw new ShapewrightError("SW_NAME", message);
    }
  }
  const arrays: Record<string, NdArray> = {};
  const sizes = new Map<string, { size: number; name: string }>();
  for (const [name, tensor] of Object.entries(wanted)) {
    const data = Object.hasOwn(given, name) ? given[name] : undefined;
    if (data === undefined) throw new ShapewrightError("SW_NAME", `the input "${name}" is missing`);
    const array = await toArray(name, data, nodeOf(tensor));
    checkFinite(name, array);
    checkNamedSizes(name, nodeOf(tensor).shape, array, sizes);
    arrays[name] = array;
  }
  return arrays;
}

/** Checks inputs with their targets. */
export async function checkSamples(
  program: Program,
  given: Readonly<Record<string, Data>>,
  targets: Data,
): Promise<Samples> {
  const inputs = await checkInputs(program.model.inputs, given);
  const target = await toArray("target", targets, program.target);
  checkFinite("target", target);
  if (program.target.classes !== undefined) checkClasses("target", target, program.target.classes);
  const [name, first] = Object.entries(inputs)[0]!;
  const count = first.shape[0] as number;
  if (target.shape[0] !== count) throw refused(`target: has ${target.shape[0]} samples, but ${name} has ${count}`);
  return { inputs, target, count };
}

/** A dim of one name has one size everywhere. */
export function checkNamedSizes(
  name: string,
  shape: readonly (number | string)[],
  array: Pick<NdArray, "shape">,
  sizes: Map<string, { size: number; name: string }>,
): void {
  shape.forEach((dim, axis) => {
    if (typeof dim === "number") return;
    const size = array.shape[axis] as number;
    const before = sizes.get(dim);
    if (before && before.size !== size) {
      throw refused(`${name}: axis ${axis}, "${dim}", has size ${size}, but in ${before.name} it has ${before.size}`);
    }
    sizes.set(dim, { size, name });
  });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
