/** Waits for all of what has begun; of several errors, the first in this order is thrown. */
export async function inOrder<const T extends readonly unknown[]>(
  begun: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(begun);
  const results: unknown[] = [];
  for (const result of begun) results.push(await result);
  return results as { -readonly [K in keyof T]: Awaited<T[K]> };
}
