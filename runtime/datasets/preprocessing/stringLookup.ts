import type { OptionRule } from "../../../src/ir/options.js";
import type { Adaptable } from "../../../src/layers/adaptable.js";
import type { LookupMode } from "./encoded.js";
import { type Depth, type Documents, type Lookup, type LookupKind, type LookupOptions, lookupOf } from "./lookup.js";

/** Looks texts up in a vocabulary. */
export type StringLookup<M extends LookupMode = LookupMode, V extends number = number> = Lookup<string, M, V>;

/** Options of `stringLookup`. */
export type StringLookupOptions<M extends LookupMode, N extends number, P extends boolean> = LookupOptions<
  string,
  M,
  N,
  P
>;

/**
 * Texts as places in a vocabulary, or as rows of numbers: on the host, before they are fed. Keras's `StringLookup`. The vocabulary is given,
 * or learnt by `adapt`: the most frequent tokens first, and of equally frequent ones those that are the last in order.
 *
 * @param options `vocabulary`, `maxTokens`, `numOovIndices` (1; of several, a text has that of its hash), `maskToken` (none), `oovToken` ("[UNK]"), `outputMode` ("int"), `idfWeights`,
 *   `padToMaxTokens` (false), `name`
 * @returns what looks texts up; without a vocabulary, what is to be adapted to data
 * @throws SW_VALUE when an option is out of range, or the vocabulary has a token twice
 * @example
 * const city = stringLookup({ vocabulary: ["Paris", "Rome"] });
 * const places = city(["Rome", "Oslo"]); // NdArray<[number], "int32">: 2, 0
 * const learnt = await stringLookup({ outputMode: "oneHot" }).adapt(["Rome", "Paris", "Rome"]);
 */
export function stringLookup<
  const M extends LookupMode = "int",
  const N extends number = number,
  const P extends boolean = false,
>(options: StringLookupOptions<M, N, P> & { readonly vocabulary: readonly string[] }): StringLookup<M, Depth<N, P>>;
export function stringLookup<
  const M extends LookupMode = "int",
  const N extends number = number,
  const P extends boolean = false,
>(
  options?: StringLookupOptions<M, N, P> & { readonly vocabulary?: undefined },
): Adaptable<Documents<string>, StringLookup<M, Depth<N, P>>>;
export function stringLookup(options: StringLookupOptions<LookupMode, number, boolean> = {}): unknown {
  return lookupOf(strings, options);
}

export const aText: OptionRule = { takes: "a text", accepts: (value) => typeof value === "string" };

const strings: LookupKind<string> = {
  kind: "stringLookup",
  many: "texts",
  token: aText,
  oovToken: "[UNK]",
};
