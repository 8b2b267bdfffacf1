import { readFileSync } from "node:fs";
import { join } from "node:path";
import { array, type NdArray } from "shapewright";

/** What all contestants train, each in its own words: a classifier on random data, by Adam at 1e-3. */
export interface Workload {
  readonly title: string;
  readonly batch: number;
  /** Steps an epoch. */
  readonly steps: number;
  /** The shape of one sample. */
  readonly input: readonly number[];
  /** How many tokens there are, where samples are of tokens. */
  readonly vocabulary?: number;
  readonly classes: number;
  /** Whether each place of a sample has a class of its own: all axes but the last of images, the axis of tokens. */
  readonly perToken?: boolean;
}

/** By name; Python's contestants read the same file. */
export const workloads: Readonly<Record<string, Workload>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "workloads.json"), "utf8"),
);

/** Random samples of an epoch: numbers of 0 to 1, or tokens, with labels. */
export function dataOf({ batch, steps, input, vocabulary, classes, perToken }: Workload): { x: NdArray; y: NdArray } {
  const count = batch * steps;
  const size = (shape: readonly number[]) => shape.reduce((product, axis) => product * axis, 1);
  const places = perToken ? (vocabulary ? input : input.slice(0, -1)) : [];
  const below = (limit: number) => () => Math.floor(Math.random() * limit);
  const length = count * size(input);
  return {
    x: vocabulary
      ? array(Int32Array.from({ length }, below(vocabulary)), [count, ...input])
      : array(Float32Array.from({ length }, Math.random), [count, ...input]),
    y: array(Int32Array.from({ length: count * size(places) }, below(classes)), [count, ...places]),
  };
}
