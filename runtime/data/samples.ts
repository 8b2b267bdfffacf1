import { feedKeys, type Inputs, type Program } from "../../compiler/program.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { cut } from "../../src/ir/cut.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { dimNames, evaluateDim, isDimName } from "../../src/ir/evaluate.js";
import { awaitIt, inWords, keysInWords } from "../../src/ir/inWords.js";
import { listNames } from "../../src/ir/nearest.js";
import { nodeOf } from "../../src/ir/node.js";
import { noInput } from "../../src/model.js";
import { fill } from "../../src/types/message.js";
import { together } from "./inOrder.js";
import { isIterable } from "./iterables.js";
import { noTarget, noWeights } from "./model-data.js";
import { checkClasses, checkFinite, refused, toArray } from "./toArray.js";

type Shape = readonly (number | string)[];

/** Inputs by name, as checked arrays. */
export type InputArrays = Readonly<Record<string, NdArray>>;

/** Checked samples: inputs, targets and weights, by the keys under which a program is fed. */
export interface Samples {
  readonly feeds: InputArrays;
  readonly count: number;
  /** The sizes of named dims: of the batch, the number of samples. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Samples as they are given: inputs by name; a target and weights, or several by the names of outputs. */
export interface Given {
  readonly inputs: unknown;
  readonly target: unknown;
  readonly sampleWeight?: unknown;
}

/** Checks data for inputs, one by one and against each other. What is on the host is copied before this returns, and only tfjs tensors are waited for. */
export function checkInputs(wanted: Inputs, given: unknown): InputArrays | Promise<InputArrays> {
  checkNames(Object.keys(wanted), given);
  const signatures = Object.entries(wanted).map(([name, tensor]) => [name, nodeOf(tensor)] as const);
  const reading = signatures.map(
    ([name, node]) =>
      () =>
        toArray(name, given[name], node),
  );
  return together(reading, (arrays) => {
    const sizes: NamedSizes = new Map();
    for (const [i, [name, node]] of signatures.entries()) {
      checkFinite(name, arrays[i]!);
      checkNamedSizes(name, node.shape, arrays[i]!, sizes);
    }
    return Object.fromEntries(signatures.map(([name], i) => [name, arrays[i]!]));
  });
}

/** Refuses what is no record of all inputs by their names. */
function checkNames(
  names: readonly string[],
  given: unknown,
  what: "input" | "target" | "sampleWeight" = "input",
  optional: readonly string[] = [],
): asserts given is Readonly<Record<string, unknown>> {
  // What is gone through, as a dataset is, and a promise have no data by names.
  const isGoneThrough = isIterable(given);
  const isRecord = typeof given === "object" && given !== null && !isGoneThrough && !(given instanceof Promise);
  const known = [...names, ...optional];
  if (!isRecord || isArrayItself(given, known) || isBatch(given, known)) {
    const record = known.map((name) => `${name}: …`).join(", ");
    const by = what === "input" ? "data is given by the inputs' names" : `${what}: is given by the outputs' names`;
    const isBatches = isGoneThrough && Symbol.asyncIterator in given;
    const got =
      isRecord && isBatch(given, known)
        ? `the batch ${keysInWords(given)}; ${batchAdvice}`
        : `${inWords(given)}${isBatches ? `; ${sourceAdvice}` : awaitIt(given)}`;
    throw refused(`${by}, as { ${record} }, got ${got}`);
  }
  const data = given as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const name = cut(unknown);
    const message = what === "input" ? fill(noInput, { input: name }) : fill(noTarget, { name });
    throw new ShapewrightError("SW_NAME", `${message}; there are ${listNames(unknown, known)}`);
  }
  const missing = names.find((name) => !Object.hasOwn(data, name) || data[name] === undefined);
  if (missing !== undefined) throw new ShapewrightError("SW_NAME", `the ${what} "${missing}" is missing`);
}

const sourceAdvice = "batches are given to fitBatches, evaluateBatches and predictBatches";
const batchAdvice = "give its parts, or batches to fitBatches and evaluateBatches";

/** Whether what should be inputs or targets has both within. */
function isBatch(given: object, known: readonly string[]): boolean {
  return !known.includes("inputs") && "inputs" in given && ("target" in given || "targets" in given);
}

/** Whether what should be a record is the data itself: an array with its shape, or a tensor. */
function isArrayItself(given: object, known: readonly string[]): boolean {
  const own = ["shape", "dtype"];
  return own.every((key) => key in given) && !own.some((key) => known.includes(key));
}

const noTargets = "target: the program takes none, its model computes the loss itself; give undefined in its place";

/** Checks inputs with their targets and weights, at once where none is a tfjs tensor. */
export function checkSamples(program: Program, { inputs, target, sampleWeight }: Given): Samples | Promise<Samples> {
  const fed = feedKeys(program);
  const named = fed.length > 0 && fed[0]!.judged.name !== "";
  if (fed.length === 0 && target !== undefined && target !== null) throw refused(noTargets);
  const names = fed.map(({ judged }) => judged.name);
  if (named) checkNames(names, target, "target");
  const partOf = (data: unknown, name: string) => (named ? (data as Readonly<Record<string, unknown>>)[name] : data);
  const targets = fed.map(
    ({ judged: { name, signature } }) =>
      () =>
        toArray(named ? name : "target", partOf(target, name), signature),
  );
  const reading = [() => checkInputs(program.model.inputs, inputs), ...targets, ...weightsOf(fed, sampleWeight, named)];
  return together<unknown, Samples>(reading, ([all, ...others]) =>
    checkTogether(program, all as InputArrays, others as readonly (NdArray | undefined)[]),
  );
}

/** Checks inputs, targets and weights against each other. */
function checkTogether(program: Program, all: InputArrays, others: readonly (NdArray | undefined)[]): Samples {
  const fed = feedKeys(program);
  const named = fed.length > 0 && fed[0]!.judged.name !== "";
  const [first, { shape }] = Object.entries(all)[0]!;
  const count = shape[0] as number;
  const sizes: NamedSizes = new Map();
  for (const [name, array] of Object.entries(all)) {
    checkNamedSizes(name, nodeOf(program.model.inputs[name]!).shape, array, sizes);
  }
  const feeds: Record<string, NdArray> = { ...all };
  for (const [i, { judged, target: key, weights: weightKey }] of fed.entries()) {
    const name = named ? judged.name : "target";
    const array = others[i]!;
    checkFinite(name, array);
    const { classes, ignored } = judged.signature;
    if (classes !== undefined) checkClasses(name, array, classes, ignored);
    if (array.shape[0] !== count) throw refused(`${name}: has ${array.shape[0]} samples, but ${first} has ${count}`);
    checkNamedSizes(name, judged.signature.shape, array, sizes);
    feeds[key] = array;
    if (weightKey === undefined) continue;
    const weight = others[fed.length + i] ?? ones(judged.weights!.shape, array);
    checkWeights(named ? `sampleWeight.${judged.name}` : "sampleWeight", weight, judged.weights!.shape, sizes, count);
    feeds[weightKey] = weight;
  }
  return { feeds, count, sizes: new Map([...sizes].map(([name, { size }]) => [name, size])) };
}

/** Weights as they are given; nothing for an output that has none: all its samples count alike. */
function weightsOf(fed: ReturnType<typeof feedKeys>, given: unknown, named: boolean) {
  if (given !== undefined && fed.every(({ weights }) => weights === undefined)) {
    throw refused(noWeights);
  }
  if (named && given !== undefined)
    checkNames(
      [],
      given,
      "sampleWeight",
      fed.map(({ judged }) => judged.name),
    );
  return fed.map(({ judged: { name, weights } }) => () => {
    const data = named ? (given as Readonly<Record<string, unknown>> | undefined)?.[name] : given;
    return data === undefined ? undefined : toArray(named ? `sampleWeight.${name}` : "sampleWeight", data, weights!);
  });
}

function checkWeights(name: string, array: NdArray, shape: Shape, sizes: NamedSizes, count: number): void {
  checkFinite(name, array);
  const negative = array.data.findIndex((weight: number) => weight < 0);
  if (negative >= 0)
    throw refused(`${name}: weight ${negative} is ${array.data[negative]}, but weights are not below 0`);
  if (array.shape[0] !== count) throw refused(`${name}: has ${array.shape[0]} samples, but there are ${count}`);
  checkNamedSizes(name, shape, array, sizes);
}

function ones(shape: Shape, { shape: places }: NdArray): NdArray {
  return generate((places as number[]).slice(0, shape.length), "float32", () => 1);
}

/** The size that each name has, and the data that it was read off. */
export type NamedSizes = Map<string, { readonly size: number; readonly name: string }>;

/** Checks a batch of a source, at once where none of it is a tfjs tensor. */
export function checkBatch(program: Program, batch: unknown): Samples | Promise<Samples> {
  const parts = program.judged.length === 0 ? ["inputs"] : ["inputs", "target"];
  if (typeof batch === "object" && batch !== null && parts.every((part) => part in batch)) {
    // Other keys may be the user's own; but weights by another name would count for nothing, unseen.
    const isWeighted = program.judged.some(({ weights }) => weights) && !("sampleWeight" in batch);
    const odd = isWeighted && Object.keys(batch).find((key) => /^(sample)?_?weights?$/i.test(key));
    if (odd) throw refused(`a batch has ${inWords(odd)}, but its weights are named "sampleWeight"`);
    return checkSamples(program, batch as Given);
  }
  throw refused(`a batch is { ${parts.join(", ")} }, got ${keysInWords(batch)}`);
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
