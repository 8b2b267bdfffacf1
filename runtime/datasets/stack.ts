import { array, type NdArray } from "../../src/ir/array.js";
import { inWords } from "../../src/ir/inWords.js";
import { type DTypeOfArray, isTypedArray, kindOfArray, type TypedArray } from "../../src/ir/typed-arrays.js";
import { show } from "../../src/types/show.js";
import { joinRows } from "../data/rows.js";
import { type AnyRecord, arrayIn, isRecord, type Known, partName, refusedElements } from "./kinds.js";

/** Elements behind one another along a new first axis, of size `N`: arrays as an array, records by their parts, anything else as a list. */
export type Stacked<E, N extends number = number> = [E] extends [NdArray<infer S, infer D>]
  ? NdArray<[N, ...S], D>
  : [E] extends [TypedArray]
    ? NdArray<[N, number], DTypeOfArray<E>>
    : [E] extends [boolean]
      ? boolean[]
      : [E] extends [string | number | readonly unknown[]]
        ? E[]
        : [E] extends [object]
          ? { readonly [K in keyof E]: Stacked<E[K], N> }
          : [E] extends [Known]
            ? E[]
            : unknown;

/**
 * Puts elements behind one another.
 *
 * @param begin the number of the first, for messages
 * @throws SW_DATA where they differ in kind, shape, dtype or names
 */
export function stack(op: string, elements: readonly unknown[], begin: number, path: readonly string[] = []): unknown {
  const [first] = elements;
  const refuse = (index: number, fault: string) =>
    refusedElements(op, `element ${begin + index}: ${partName(path)}${fault}`);
  const array = arrayIn(first, (fault) => refuse(0, fault));
  if (array) return joinRows(elements.map((element, i) => asRow(element, array, (fault) => refuse(i, fault))));
  if (isTypedArray(first)) return stackTyped(elements, first, refuse);
  if (!isRecord(first)) return elements;
  const names = Object.keys(first);
  for (const [i, element] of elements.entries()) {
    if (!isRecord(element)) throw refuse(i, `is ${inWords(element)}, but those before it are records`);
    const own = Object.keys(element);
    const odd = own.find((name) => !names.includes(name)) ?? names.find((name) => !own.includes(name));
    if (odd !== undefined)
      throw refuse(i, `${names.includes(odd) ? "has no" : "has"} ${inWords(odd)}, unlike those before it`);
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      stack(
        op,
        elements.map((element) => (element as AnyRecord)[name]),
        begin,
        [...path, name],
      ),
    ]),
  );
}

type Refuse = (fault: string) => Error;

/** An array as one sample, where it is like the first. */
function asRow(element: unknown, first: NdArray, refuse: Refuse): NdArray {
  const array = arrayIn(element, refuse);
  if (!array) throw refuse(`is ${inWords(element)}, but those before it are arrays`);
  const { shape, dtype, data } = array;
  if (dtype !== first.dtype) throw refuse(`is of ${dtype}, but those before it are of ${first.dtype}`);
  if (show(shape) !== show(first.shape)) {
    throw refuse(`has shape ${show(shape)}, but those before it have ${show(first.shape)}`);
  }
  return { shape: [1, ...shape], dtype, data };
}

function stackTyped(
  elements: readonly unknown[],
  first: TypedArray,
  refuse: (index: number, fault: string) => Error,
): NdArray {
  const { length } = first;
  const joined = new (first.constructor as new (length: number) => Float32Array)(elements.length * length);
  for (const [i, element] of elements.entries()) {
    if (!isTypedArray(element) || kindOfArray(element) !== kindOfArray(first)) {
      throw refuse(i, `is ${inWords(element)}, but those before it are of ${kindOfArray(first)}`);
    }
    if (element.length !== length) throw refuse(i, `has ${element.length} numbers, but those before it have ${length}`);
    joined.set(element as Float32Array, i * length);
  }
  return array(joined, [elements.length, length]);
}
