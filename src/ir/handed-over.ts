/** Objects whose memory nobody else holds, until somebody takes it. */
const free = new WeakSet<object>();

/** Says of a record, and of all arrays in it, that their memory is whose they reach first: he need not copy it. */
export function handOver(record: unknown): void {
  if (typeof record !== "object" || record === null || ArrayBuffer.isView(record)) return;
  free.add(record);
  for (const part of Object.values(record)) handOver(part);
}

/** Whether data is lent at the moment. */
let isLent = false;

/** Has data be taken as it is, uncopied: for a function that needs it no longer than its caller, who lets nobody else act meanwhile. */
export function lent<R>(take: () => R): R {
  const before = isLent;
  isLent = true;
  try {
    return take();
  } finally {
    isLent = before;
  }
}

/**
 * Whether an array need not be copied: it was handed over and is taken now, and the next who asks has to copy it; or data is lent, and this is some.
 *
 * @param isData what is made meanwhile, such as a constant, lasts longer
 */
export function isTaken(array: object, isData: boolean): boolean {
  return free.delete(array) || (isData && isLent);
}
