/**
 * A record that nobody else can change, nor a list in it or in one of these: who gave it may go on changing what is his. What is
 * frozen is taken as it is.
 */
export function owned<R extends object>(record: R): R {
  if (Object.isFrozen(record) && Object.values(record).every(isOwned)) return record;
  const own = { ...record };
  for (const name in own) own[name] = ownedEntry(own[name]);
  return Object.freeze(own);
}

function ownedEntry<V>(value: V): V {
  return isOwned(value) ? value : (Object.freeze((value as unknown[]).map(ownedEntry)) as V);
}

/** Whether a value is no list, or one that is frozen with all in it. */
function isOwned(value: unknown): boolean {
  return !Array.isArray(value) || (Object.isFrozen(value) && value.every(isOwned));
}
