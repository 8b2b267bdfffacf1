import type { NdArray } from "../../src/ir/array.js";
import { hash } from "../../src/ir/random.js";
import type { InputArrays } from "./samples.js";

/** A number that other samples have another of, as good as always. A million numbers take some milliseconds. */
export function dataHash(feeds: InputArrays): number {
  const parts = Object.entries(feeds).map(
    ([name, { shape, dtype, data }]) => `${name} ${shape} ${dtype} ${bitsHash(data)}`,
  );
  return hash(parts.join("\n"));
}

/** Firefox's FxHash: by its rotation each bit, also a sign, which is the highest, changes those of what follows. */
function bitsHash(data: NdArray["data"]): number {
  const bits = data instanceof Float32Array ? new Int32Array(data.buffer, data.byteOffset, data.length) : data;
  let h = 0;
  for (let i = 0; i < bits.length; i++) h = Math.imul(((h << 5) | (h >>> 27)) ^ bits[i]!, 0x9e3779b1);
  return h >>> 0;
}
