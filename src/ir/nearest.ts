import { closest, distance } from "fastest-levenshtein";
import { showName } from "./checkName.js";
import { cut } from "./cut.js";

/** The candidate that a misspelt word most likely meant, if one is near enough. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const found = closest(word, candidates);
  // As git does: a typo changes a few letters, not half of the word.
  return distance(word, found) <= Math.max(1, Math.floor(word.length / 3)) ? found : abbreviated(word, candidates);
}

/** The one candidate that a word is short for: by its first letters, `eps`, or by those of its parts, `lr`. */
function abbreviated(word: string, candidates: readonly string[]): string | undefined {
  const isShort = (name: string) => name.startsWith(word) || name.replace(/(?<!^)[^A-Z]/g, "").toLowerCase() === word;
  const [only, ...others] = word.length > 1 ? candidates.filter(isShort) : [];
  return others.length > 0 ? undefined : only;
}

/** A name as Python writes it, in our letters. */
export function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** ` Did you mean "dense"?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates);
  return found === undefined ? "" : ` Did you mean "${found}"?`;
}

/** Candidates, those that are spelt most like a word first, of equals the first ones first. */
export function nearestFirst(word: string, candidates: readonly string[]): string[] {
  const far = new Map(candidates.map((candidate) => [candidate, distance(word, candidate)]));
  return [...far.keys()].sort((a, b) => far.get(a)! - far.get(b)!);
}

/** How many names a message lists. */
const mostListed = 10;

/** Names as a message lists them, those that are spelt most like a wrong one first: `"kind", "place" and 3 more`. */
export function listNames(wrong: unknown, names: readonly string[]): string {
  const ordered = typeof wrong === "string" ? nearestFirst(cut(wrong), names) : names;
  const listed = ordered.slice(0, mostListed).map(showName).join(", ");
  return names.length > mostListed ? `${listed} and ${names.length - mostListed} more` : listed;
}
