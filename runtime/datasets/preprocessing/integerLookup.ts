import { ShapewrightError } from "../../../src/ir/errors.js";
import { integer, oneOf } from "../../../src/ir/options.js";
import type { Adaptable } from "../../../src/layers/adaptable.js";
import type { LookupMode } from "./encoded.js";
import { type Depth, type Documents, type Lookup, type LookupKind, type LookupOptions, lookupOf } from "./lookup.js";

/** Looks integers up in a vocabulary. */
export type IntegerLookup<M extends LookupMode = LookupMode, V extends number = number> = Lookup<number, M, V>;

/** Options of `integerLookup`. */
export interface IntegerLookupOptions<M extends LookupMode, N extends number, P extends boolean>
  extends LookupOptions<number, M, N, P> {
  /**
   * Which of several places an unknown integer has: `"floormod"`, that of its remainder; `"farmhash"`, of the hash of its digits, which
   * spreads integers that go by tens, and takes a salt.
   *
   * @default "floormod"
   */
  readonly oovMethod?: (typeof oovMethods)[number];
}

const oovMethods = ["floormod", "farmhash"] as const;

/**
 * Integers as places in a vocabulary, or as rows of numbers: on the host, before they are fed. Keras's `IntegerLookup`. The vocabulary is
 * given, or learnt by `adapt`: the most frequent integers first, and of equally frequent ones the largest.
 *
 * @param options `vocabulary`, `maxTokens`, `numOovIndices` (1), `oovMethod` ("floormod"), `salt` (none), `maskToken` (none),
 *   `oovToken` (-1), `outputMode` ("int"), `idfWeights`, `padToMaxTokens` (false), `name`
 * @returns what looks integers up; without a vocabulary, what is to be adapted to data
 * @throws SW_VALUE when an option is out of range, the vocabulary has an integer twice, or a salt is given without "farmhash"
 * @example
 * const zip = integerLookup({ vocabulary: [75001, 10115] });
 * const places = zip([10115, 4]); // NdArray<[number], "int32">: 2, 0
 */
export function integerLookup<
  const M extends LookupMode = "int",
  const N extends number = number,
  const P extends boolean = false,
>(options: IntegerLookupOptions<M, N, P> & { readonly vocabulary: readonly number[] }): IntegerLookup<M, Depth<N, P>>;
export function integerLookup<
  const M extends LookupMode = "int",
  const N extends number = number,
  const P extends boolean = false,
>(
  options?: IntegerLookupOptions<M, N, P> & { readonly vocabulary?: undefined },
): Adaptable<Documents<number>, IntegerLookup<M, Depth<N, P>>>;
export function integerLookup(options: IntegerLookupOptions<LookupMode, number, boolean> = {}): unknown {
  const { oovMethod = "floormod", salt } = options ?? {};
  if (salt !== undefined && oovMethod === "floormod") {
    const fault = 'salt is for oovMethod "farmhash" alone';
    throw new ShapewrightError("SW_VALUE", `integerLookup: ${fault}`, "integerLookup");
  }
  return lookupOf(oovMethod === "farmhash" ? hashed : integers, options);
}

const hashed: LookupKind<number> = {
  kind: "integerLookup",
  many: "integers",
  token: integer,
  oovToken: -1,
  rules: { oovMethod: oneOf(oovMethods) },
};

const integers: LookupKind<number> = {
  ...hashed,
  spread: (value, count) => ((value % count) + count) % count,
};
