import type { NdArray } from "../../src/ir/array.js";
import { hash } from "../../src/ir/random.js";
import { rowsBetween } from "./rows.js";
import type { InputArrays } from "./samples.js";

/** So many rows are looked at, at each end. */
const looked = 4;

/** A number that other samples have another of, as good as always: of their first and last rows, which tells other data of the same size. */
export function dataHash(feeds: InputArrays): number {
  const parts = Object.entries(feeds).map(([name, array]) => {
    const count = array.shape[0] as number;
    const ends = [
      rowsBetween(array, 0, Math.min(looked, count)),
      rowsBetween(array, Math.max(0, count - looked), count),
    ];
    return `${name} ${array.shape} ${array.dtype} ${ends.map(({ data }) => bitsHash(data))}`;
  });
  return hash(parts.join("\n"));
}

/** FNV-1a over elements in place of bytes: every training pays for it, whose rows may be large. */
function bitsHash(data: NdArray["data"]): number {
  const bits = data instanceof Float32Array ? new Int32Array(data.buffer, data.byteOffset, data.length) : data;
  let h = 0x811c9dc5;
  for (let i = 0; i < bits.length; i++) h = Math.imul(h ^ bits[i]!, 0x01000193);
  return h >>> 0;
}
