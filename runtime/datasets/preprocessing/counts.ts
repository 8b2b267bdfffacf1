import type { Token } from "./table.js";

/** How often tokens are in some documents, and in how many of these. */
export class Counts<T extends Token> {
  readonly #tokens = new Map<T, number>();
  readonly #documents = new Map<T, number>();
  #count = 0;

  /** Counts a document's tokens. */
  add(document: readonly T[]): void {
    this.#count++;
    for (const token of document) this.#tokens.set(token, (this.#tokens.get(token) ?? 0) + 1);
    for (const token of new Set(document)) this.#documents.set(token, (this.#documents.get(token) ?? 0) + 1);
  }

  /** The tokens that most often were there, and of equally frequent ones those that are the last in order. */
  mostFrequent(most: number, left: readonly (T | null)[]): T[] {
    const counted = [...this.#tokens].filter(([token]) => !left.includes(token));
    counted.sort(([a, n], [b, m]) => m - n || -compare(a, b));
    return counted.slice(0, most).map(([token]) => token);
  }

  /** How much tokens tell that few documents have: ln(1 + documents / (1 + those with it)). */
  inverseDocumentFrequencies(tokens: readonly T[]): number[] {
    return tokens.map((token) => Math.fround(Math.log(1 + this.#count / (1 + (this.#documents.get(token) ?? 0)))));
  }
}

/** The order of numbers, and of texts by their code points, as of their bytes in UTF-8. */
function compare(a: Token, b: Token): number {
  if (typeof a === "number" || typeof b === "number") return Number(a) - Number(b);
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i] !== b[i]) return a.codePointAt(i)! - b.codePointAt(i)!;
  }
  return a.length - b.length;
}
