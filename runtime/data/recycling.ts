import { allocate, type DataOf, type DType } from "../../src/ir/dtype.js";

/** What takes memory back that is out. */
const takers = new WeakMap<object, () => void>();

/**
 * Gives memory for arrays, as `allocate` does, but not zero-filled: first what was given back. New memory has to be had from the system page by
 * page, and collected as garbage, which takes several times as long as to copy what is to stand in it.
 */
export function recycling(): typeof allocate {
  const free = new Map<string, DataOf<DType>[]>();
  return <D extends DType>(dtype: D, length: number) => {
    const kind = `${dtype} ${length}`;
    const alike = free.get(kind) ?? [];
    free.set(kind, alike);
    const memory = alike.pop() ?? allocate(dtype, length);
    takers.set(memory, () => alike.push(memory));
    return memory as DataOf<D>;
  };
}

/** Says of an array's memory that nobody uses it any more: who has given it may give it again. Of all other memory, nothing comes of it. */
export function giveBack({ data }: { readonly data: object }): void {
  takers.get(data)?.();
  takers.delete(data);
}
