import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";

/** What is looked up: texts, or integers. */
export type Token = string | number;

/** What stands before the tokens that are learnt: a token for nothing, and those for all that is unknown. */
export interface SpecialTokens<T extends Token> {
  readonly maskToken: T | null;
  readonly oovToken: T;
  readonly numOovIndices: number;
  /** Whether what is looked up stays a number, so that the mask has a place. */
  readonly isIndex: boolean;
}

/** Places of tokens: those that mean something else first, then the others, the most frequent first. */
export interface Table<T extends Token> {
  readonly vocabulary: readonly T[];
  /** How many of these come before those that are learnt. */
  readonly first: number;
  /** The place of a token; nothing of the mask, where it has none. */
  find(token: T): number | undefined;
}

/** @param spread which of the unknown ones' places a token has, where there are several */
export function tableOf<T extends Token>(
  op: string,
  given: readonly T[],
  special: SpecialTokens<T>,
  maxTokens: number | undefined,
  spread: (token: T, count: number) => number,
): Table<T> {
  const { maskToken, oovToken, numOovIndices, isIndex } = special;
  const reserved = specialTokens(special);
  const oov = reserved.length - numOovIndices;
  const tokens = reserved.every((token, i) => given[i] === token) ? given.slice(reserved.length) : given;
  const places = new Map(tokens.map((token, i) => [token, reserved.length + i] as const));
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);
  if (tokens.length === 0) throw refuse("the vocabulary is empty");
  if (places.size < tokens.length) {
    const twice = tokens.find((token, i) => places.get(token) !== reserved.length + i);
    throw refuse(`the vocabulary has ${inWords(twice)} twice`);
  }
  const taken = [maskToken, ...(numOovIndices > 0 ? [oovToken] : [])].find(
    (token) => token !== null && places.has(token),
  );
  if (taken !== undefined) {
    throw refuse(
      `the vocabulary has ${inWords(taken)}, which stands for what is ${taken === maskToken ? "masked" : "unknown"}`,
    );
  }
  const vocabulary = [...reserved, ...tokens];
  if (maxTokens !== undefined && vocabulary.length > maxTokens) {
    throw refuse(`the vocabulary has ${vocabulary.length} tokens, but maxTokens is ${maxTokens}`);
  }
  return {
    vocabulary,
    first: reserved.length,
    find(token) {
      if (token === maskToken) return isIndex ? 0 : undefined;
      const place = places.get(token);
      if (place !== undefined) return place;
      if (numOovIndices === 0) {
        const message = `${op}: ${inWords(token)} is not in the vocabulary, and numOovIndices is 0: there is no place for what is unknown`;
        throw new ShapewrightError("SW_DATA", message, op);
      }
      return oov + (numOovIndices === 1 ? 0 : spread(token, numOovIndices));
    },
  };
}

/** The tokens that come before all that are learnt. */
export function specialTokens<T extends Token>({ maskToken, oovToken, numOovIndices, isIndex }: SpecialTokens<T>): T[] {
  const unknown = Array.from({ length: numOovIndices }, () => oovToken);
  return maskToken !== null && isIndex ? [maskToken, ...unknown] : unknown;
}
