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
    return `${name} ${array.shape} ${array.dtype} ${ends.map(({ data }) => data.join()).join(";")}`;
  });
  return hash(parts.join("\n"));
}
