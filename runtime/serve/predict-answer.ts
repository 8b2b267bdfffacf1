import { elementCount, type NdArray } from "../../src/ir/array.js";
import { showName } from "../../src/ir/checkName.js";
import type { Asked } from "./predict-request.js";

/** Numbers in lists as deep as their shape. */
type NestedLists = number | boolean | readonly NestedLists[];

/** What cannot be answered: an output that is infinite or NaN, which JSON has not. */
export function notFiniteIn(outputs: ReadonlyMap<string, NdArray>): string | undefined {
  for (const [name, { data }] of outputs) {
    const at = data.findIndex((value: number) => !Number.isFinite(value));
    if (at >= 0) return `the output ${showName(name)} has ${data[at]} as its element ${at}, which JSON cannot hold`;
  }
  return undefined;
}

/**
 * The body of an answer: the outputs of each sample as `predictions`, or all of each output as `outputs`. Where there is one output, its
 * name is left out.
 */
export function answerOf(outputs: ReadonlyMap<string, NdArray>, by: Asked["by"]): object {
  const lists = [...outputs].map(([name, array]) => [name, listsOf(array)] as const);
  const single = lists.length === 1 ? lists[0]![1] : undefined;
  if (by === "inputs") return { outputs: single ?? Object.fromEntries(lists) };
  if (single !== undefined) return { predictions: single };
  const samples = lists[0]![1] as readonly NestedLists[];
  const ofSample = (i: number) => lists.map(([name, all]) => [name, (all as readonly NestedLists[])[i]!]);
  return { predictions: samples.map((_, i) => Object.fromEntries(ofSample(i))) };
}

function listsOf({ shape, dtype, data }: NdArray): NestedLists {
  const part = (axis: number, begin: number): NestedLists => {
    if (axis === shape.length) return dtype === "bool" ? data[begin] === 1 : data[begin]!;
    const size = elementCount(shape.slice(axis + 1));
    return Array.from({ length: shape[axis] }, (_, i) => part(axis + 1, begin + i * size));
  };
  return part(0, 0);
}
