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

/** How deep lists are: of options there are lists of pairs at most. What lies deeper, as in one that holds itself, is refused later. */
const deepest = 4;

function ownedEntry<V>(value: V, depth = deepest): V {
  if (depth === 0 || isOwned(value)) return value;
  // Holes are undefined from here on, which the checks see.
  return Object.freeze(Array.from(value as unknown[], (part) => ownedEntry(part, depth - 1))) as V;
}

/** Whether a value is no list, or one that is frozen with all in it. */
function isOwned(value: unknown): boolean {
  return isFrozenTo(value, deepest);
}

function isFrozenTo(value: unknown, depth: number): boolean {
  if (!Array.isArray(value) || depth === 0) return true;
  return Object.isFrozen(value) && value.every((part) => isFrozenTo(part, depth - 1));
}
