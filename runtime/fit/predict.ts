import { host } from "#host";
import type { NdArray } from "../../src/ir/array.js";
import type { Executable } from "../backends/backend.js";
import { joinRows, rowsBetween } from "../data/rows.js";
import type { InputArrays } from "../data/samples.js";
import type { Stop } from "../gate.js";

type Outputs = Record<string, NdArray>;

/** A model's outputs by name for checked inputs, a batch of samples at a time. */
export async function predict(
  executable: Executable,
  inputs: InputArrays,
  batchSize: number,
  disposed: Stop,
): Promise<Outputs> {
  if (countOf(inputs) <= batchSize) return executable.call(inputs);
  const parts: Outputs[] = [];
  for (const batch of batchesOf(inputs, batchSize)) {
    parts.push(executable.call(batch));
    await host.pause();
    disposed.throwIfAborted();
  }
  return joined(parts);
}

/** The same, which nothing else gets a turn beside. */
export function predictSync(executable: Executable, inputs: InputArrays, batchSize: number): Outputs {
  if (countOf(inputs) <= batchSize) return executable.call(inputs);
  return joined([...batchesOf(inputs, batchSize)].map((batch) => executable.call(batch)));
}

function countOf(inputs: InputArrays): number {
  return Object.values(inputs)[0]!.shape[0] as number;
}

function* batchesOf(inputs: InputArrays, batchSize: number): Generator<InputArrays> {
  const count = countOf(inputs);
  for (let begin = 0; begin < count; begin += batchSize) {
    const end = Math.min(begin + batchSize, count);
    yield Object.fromEntries(Object.entries(inputs).map(([name, all]) => [name, rowsBetween(all, begin, end)]));
  }
}

function joined(parts: readonly Outputs[]): Outputs {
  const names = Object.keys(parts[0]!);
  return Object.fromEntries(names.map((name) => [name, joinRows(parts.map((part) => part[name]!))]));
}
