/** Objects whose memory nobody else holds, until somebody takes it. */
const free = new WeakSet<object>();

/** Says of a record, and of all arrays in it, that their memory is whose they reach first: he need not copy it. */
export function handOver(record: unknown): void {
  if (typeof record !== "object" || record === null || ArrayBuffer.isView(record)) return;
  free.add(record);
  for (const part of Object.values(record)) handOver(part);
}

/** Whether all arrays are lent at the moment. */
let isLent = false;

/** Takes arrays as they are, uncopied: for a function that needs them no longer than its caller, who lets nobody else act meanwhile. */
export function lent<R>(take: () => R): R {
  const before = isLent;
  isLent = true;
  try {
    return take();
  } finally {
    isLent = before;
  }
}

/** Whether an array need not be copied: it is lent, or was handed over and is taken now, and the next who asks has to copy it. */
export function isTaken(array: object): boolean {
  return isLent || free.delete(array);
}
