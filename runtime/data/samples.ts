import type { Inputs, Program } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { inWords } from "../../src/ir/inWords.js";
import { nodeOf } from "../../src/ir/node.js";
import { isTypedArray } from "../../src/ir/typed-arrays.js";
import { dimNames, evaluateDim, isDimName } from "../../src/types/evaluate.js";
import type { Data } from "./data.js";
import { inOrder } from "./inOrder.js";
import { checkClasses, checkFinite, refused, toArray } from "./toArray.js";

/** Inputs by name, as checked arrays. */
export type InputArrays = Readonly<Record<string, NdArray>>;

/** Checked samples with their targets. */
export interface Samples {
  readonly inputs: InputArrays;
  readonly target: NdArray;
  readonly count: number;
}

/** Checks data for inputs, one by one and against each other. What is on the host is copied before this returns. */
export async function checkInputs(wanted: Inputs, given: Readonly<Record<string, Data>>): Promise<InputArrays> {
  checkNames(Object.keys(wanted), given);
  const signatures = Object.entries(wanted).map(([name, tensor]) => [name, nodeOf(tensor)] as const);
  const arrays = await inOrder(signatures.map(([name, node]) => toArray(name, given[name]!, node)));
  const sizes: NamedSizes = new Map();
  for (const [i, [name, node]] of signatures.entries()) {
    checkFinite(name, arrays[i]!);
    checkNamedSizes(name, node.shape, arrays[i]!, sizes);
  }
  return Object.fromEntries(signatures.map(([name], i) => [name, arrays[i]!]));
}

/** Refuses what is no record of all inputs by their names. */
function checkNames(names: readonly string[], given: unknown): asserts given is object {
  if (typeof given !== "object" || given === null || Array.isArray(given) || isTypedArray(given)) {
    const record = names.map((name) => `${name}: …`).join(", ");
    throw refused(`data is given by the inputs' names, as { ${record} }, got ${inWords(given)}`);
  }
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ShapewrightError("SW_NAME", `no input is named "${unknown}"; there are ${quoted(names)}`);
  }
  const missing = names.find((name) => !Object.hasOwn(given, name) || given[name as keyof object] === undefined);
  if (missing !== undefined) throw new ShapewrightError("SW_NAME", `the input "${missing}" is missing`);
}

/** Checks inputs with their targets. */
export async function checkSamples(
  { model, target: wanted }: Program,
  given: Readonly<Record<string, Data>>,
  targets: Data,
): Promise<Samples> {
  const [inputs, target] = await inOrder([checkInputs(model.inputs, given), toArray("target", targets, wanted)]);
  checkFinite("target", target);
  if (wanted.classes !== undefined) checkClasses("target", target, wanted.classes);
  const [name, first] = Object.entries(inputs)[0]!;
  const count = first.shape[0] as number;
  if (target.shape[0] !== count) throw refused(`target: has ${target.shape[0]} samples, but ${name} has ${count}`);
  const sizes: NamedSizes = new Map();
  for (const [name, array] of Object.entries(inputs)) {
    checkNamedSizes(name, nodeOf(model.inputs[name]!).shape, array, sizes);
  }
  checkNamedSizes("target", wanted.shape, target, sizes);
  return { inputs, target, count };
}

/** The size that each name has, and the data that it was read off. */
export type NamedSizes = Map<string, { readonly size: number; readonly name: string }>;

/** Checks a batch of a source. */
export async function checkBatch(program: Program, batch: unknown): Promise<Samples> {
  if (typeof batch === "object" && batch !== null && "inputs" in batch && "target" in batch) {
    return checkSamples(program, batch.inputs as Readonly<Record<string, Data>>, batch.target as Data);
  }
  throw refused(`a batch is { inputs, target }, got ${inWords(batch)}`);
}

/** A dim of one name has one size everywhere, and one that is calculated from names has the size that they make. */
export function checkNamedSizes(
  name: string,
  shape: readonly (number | string)[],
  array: Pick<NdArray, "shape">,
  sizes: NamedSizes,
): void {
  shape.forEach((dim, axis) => {
    if (typeof dim === "number") return;
    const size = array.shape[axis] as number;
    if (!isDimName(dim)) {
      checkCalculatedSize(`${name}: axis ${axis}, "${dim}",`, dim, size, sizes);
      return;
    }
    const before = sizes.get(dim);
    if (before && before.size !== size) {
      throw refused(`${name}: axis ${axis}, "${dim}", has size ${size}, but in ${before.name} it has ${before.size}`);
    }
    sizes.set(dim, { size, name });
  });
}

function checkCalculatedSize(where: string, dim: string, size: number, sizes: NamedSizes): void {
  const known = dimNames(dim).map((name) => [name, sizes.get(name)?.size] as const);
  if (!known.every((entry): entry is readonly [string, number] => entry[1] !== undefined)) return;
  const wanted = evaluateDim(dim, new Map(known));
  if (size === wanted) return;
  const bound = known.map(([name, value]) => `${name} is ${value}`).join(" and ");
  throw refused(`${where} has size ${size}, but as ${bound} it must have ${wanted}`);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
