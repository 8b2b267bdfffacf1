import { host } from "#host";
import type { NdArray } from "../../src/ir/array.js";
import type { Executable } from "../backends/backend.js";
import { joinRows, rowsBetween } from "../data/rows.js";
import type { InputArrays } from "../data/samples.js";

/** A model's output for checked inputs, a batch of samples at a time. */
export async function predict(
  executable: Executable,
  inputs: InputArrays,
  batchSize: number,
  disposed: AbortSignal,
): Promise<NdArray> {
  const count = Object.values(inputs)[0]!.shape[0] as number;
  if (count <= batchSize) return executable.call(inputs).output!;
  const parts: NdArray[] = [];
  for (let begin = 0; begin < count; begin += batchSize) {
    const end = Math.min(begin + batchSize, count);
    const batch = Object.entries(inputs).map(([name, all]) => [name, rowsBetween(all, begin, end)]);
    parts.push(executable.call(Object.fromEntries(batch)).output!);
    await host.pause();
    disposed.throwIfAborted();
  }
  return joinRows(parts);
}
