import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import type { Counts } from "./counts.js";
import { type SpecialTokens, specialTokens, type Token } from "./table.js";

/** What `adapt` takes. A text by itself is none: it would be gone through letter by letter. */
export type Many<T> = object & (Iterable<T> | AsyncIterable<T>);

/**
 * What `adapt` is given, one after another.
 *
 * @param what are given, such as "texts"
 * @throws SW_DATA when it is not many
 */
export function manyOf<T>(op: string, what: string, data: Many<T>): Many<T> {
  const isMany = typeof data === "object" && data !== null && (Symbol.iterator in data || Symbol.asyncIterator in data);
  if (isMany) return data;
  const hint = typeof data === "string" ? "; write [text]" : "";
  throw new ShapewrightError(
    "SW_DATA",
    `${op}.adapt: takes ${what}, in a list, batch by batch or as a dataset, got ${inWords(data)}${hint}`,
    op,
  );
}

/** The most frequent tokens, as many as there are places for. */
export function learnt<T extends Token>(
  op: string,
  counts: Counts<T>,
  special: SpecialTokens<T>,
  maxTokens = Infinity,
): T[] {
  const taken = specialTokens(special).length;
  if (maxTokens <= taken) {
    const fault = `maxTokens is ${maxTokens}, and ${taken} of these stand for what is missing or unknown: none is left to learn`;
    throw new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);
  }
  const tokens = counts.mostFrequent(maxTokens - taken, [special.maskToken, special.oovToken]);
  if (tokens.length === 0) throw new ShapewrightError("SW_DATA", `${op}.adapt: there are no tokens to learn`, op);
  return tokens;
}
