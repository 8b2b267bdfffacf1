/**
 * Begins all, and goes on with what they give: at once where none has to be waited for. Of several errors, that of the first in this order is
 * thrown.
 */
export function together<T, R>(
  begin: readonly (() => T | Promise<T>)[],
  goOn: (results: readonly T[]) => R,
): R | Promise<R> {
  let waits = false;
  const begun = begin.map((one) => {
    try {
      const result = one();
      waits ||= result instanceof Promise;
      return result;
    } catch (error) {
      if (!waits) throw error;
      return Promise.reject(error);
    }
  });
  return waits ? inOrder(begun).then((results) => goOn(results as T[])) : goOn(begun as T[]);
}

/** Waits for all of what has begun; of several errors, the first in this order is thrown. */
export async function inOrder<const T extends readonly unknown[]>(
  begun: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(begun);
  const results: unknown[] = [];
  for (const result of begun) results.push(await result);
  return results as { -readonly [K in keyof T]: Awaited<T[K]> };
}
