/** Memory that a kernel has asked TensorFlow's allocator for, in bytes. */
export interface Allocation {
  /** The node of TensorFlow's graph. */
  readonly node: string;
  readonly bytes: number;
  /** Whether it is there when all that is there takes the most. */
  readonly isAtPeak: boolean;
}

const allocated =
  /MemoryLogTensorAllocation \{.*? kernel_name: "([^"]*)" .*?requested_bytes: (\d+) .*?allocation_id: (\d+) /;
const freed = /MemoryLogTensorDeallocation \{.*? allocation_id: (\d+) /;

/** What the allocator's log tells of, in its order. What was there before is not in it. */
export function allocations(log: readonly string[]): Allocation[] {
  const all: { node: string; bytes: number; from: number; to: number }[] = [];
  const live = new Map<string, (typeof all)[number]>();
  let [bytes, most, peak] = [0, 0, 0];
  for (const [at, text] of log.entries()) {
    const [, node, requested, id] = allocated.exec(text) ?? [];
    if (node !== undefined) {
      const one = { node, bytes: Number(requested), from: at, to: Infinity };
      all.push(one);
      live.set(id!, one);
      bytes += one.bytes;
      if (bytes > most) [most, peak] = [bytes, at];
      continue;
    }
    const [, gone] = freed.exec(text) ?? [];
    const one = gone === undefined ? undefined : live.get(gone);
    if (one === undefined) continue;
    one.to = at;
    live.delete(gone!);
    bytes -= one.bytes;
  }
  return all.map(({ node, bytes, from, to }) => ({ node, bytes, isAtPeak: from <= peak && peak < to }));
}
