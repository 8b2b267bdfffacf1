import { host } from "#host";
import type { NdArray } from "../../src/ir/array.js";
import type { Executable } from "../backends/backend.js";
import { joinRows, rowsBetween } from "../data/rows.js";
import type { InputArrays } from "../data/samples.js";
import type { Signal } from "../signal.js";

/** A model's outputs by name for checked inputs, a batch of samples at a time. */
export async function predict(
  executable: Executable,
  inputs: InputArrays,
  batchSize: number,
  disposed: Signal,
): Promise<Record<string, NdArray>> {
  const count = Object.values(inputs)[0]!.shape[0] as number;
  if (count <= batchSize) return executable.call(inputs);
  const parts: Record<string, NdArray>[] = [];
  for (let begin = 0; begin < count; begin += batchSize) {
    const end = Math.min(begin + batchSize, count);
    const batch = Object.entries(inputs).map(([name, all]) => [name, rowsBetween(all, begin, end)]);
    parts.push(executable.call(Object.fromEntries(batch)));
    await host.pause();
    disposed.throwIfAborted();
  }
  const names = Object.keys(parts[0]!);
  return Object.fromEntries(names.map((name) => [name, joinRows(parts.map((part) => part[name]!))]));
}
