/** Objects whose memory nobody else holds, until somebody takes it. */
const free = new WeakSet<object>();

/** Says of a record, and of all arrays in it, that their memory is whose they reach first: he need not copy it. */
export function handOver(record: unknown): void {
  if (typeof record !== "object" || record === null || ArrayBuffer.isView(record)) return;
  free.add(record);
  for (const part of Object.values(record)) handOver(part);
}

/** Whether an array's memory was handed over and is taken now: the next who asks has to copy it. */
export function isTaken(array: object): boolean {
  return free.delete(array);
}
