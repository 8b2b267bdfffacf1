import type { NdArray } from "../../../src/ir/array.js";
import {
  anything,
  checkOptions,
  count,
  integer,
  type OptionRule,
  type OptionRules,
  oneOf,
} from "../../../src/ir/options.js";
import type { SavedPreprocessing } from "../../model-file/about.js";
import { type Encoded, type EncodedDType, encodedTokens, type LookupMode, lookupModes } from "./encoded.js";
import { aSalt, checkSavable, hashBy, type Salt } from "./hashBy.js";
import { flat, type ShapeOfTokens, type Tokens } from "./lookup.js";
import type { Token } from "./table.js";

/** What `hashing` makes of tokens. */
export type HashingMode = Exclude<LookupMode, "tfIdf">;

/** Options of `hashing`. */
export interface HashingOptions<M extends HashingMode = HashingMode, V extends number = number> {
  /** How many bins there are, that of what is masked among them. */
  readonly numBins: V;
  /** The token that stands for nothing: it has bin 0, and no other token has. None, unless said otherwise. */
  readonly maskValue?: Token | null;
  /** With it tokens are hashed by SipHash-2-4 and not by FarmHash: who does not know it cannot choose tokens of one bin. */
  readonly salt?: Salt;
  /**
   * `"int"`, the bin of each token; `"oneHot"`, a row for each; of the last axis `"multiHot"`, which bins there are, or `"count"`, how often.
   *
   * @default "int"
   */
  readonly outputMode?: M;
  /** What it is saved as. @default "hashing" */
  readonly name?: string;
}

/** Puts tokens into bins. */
export interface Hashing<M extends HashingMode = HashingMode, V extends number = number> {
  /** @throws SW_DATA when something is no text and no integer, or lists are ragged */
  <const X extends Tokens<Token>>(tokens: X): NdArray<Encoded<ShapeOfTokens<X>, M, V>, EncodedDType<M>>;
  toJSON(): SavedPreprocessing;
}

const kind = "hashing";

/**
 * Texts or integers as numbers of bins that their hashes say, or as rows of numbers: without a vocabulary, so that two tokens may share a bin;
 * on the host, before they are fed. Keras's `Hashing`, with its bins: FarmHash64 of a text, and of an integer's digits; with a salt SipHash64.
 *
 * @param options `numBins`, `maskValue` (none), `salt` (none), `outputMode` ("int"), `name`
 * @returns what puts tokens into bins
 * @throws SW_VALUE when an option is out of range
 * @example
 * const user = hashing({ numBins: 1000 });
 * const bins = user(["ann", "bob"]); // NdArray<[number], "int32">
 */
export function hashing<const V extends number, const M extends HashingMode = "int">(
  options: HashingOptions<M, V>,
): Hashing<M, V> {
  checkOptions(kind, options as HashingOptions, rules);
  const { numBins, maskValue = null, salt, outputMode = "int" as M } = options;
  const hash = hashBy(salt);
  const first = maskValue !== null && numBins > 1 ? 1 : 0;
  const bins = BigInt(numBins - first);
  const find = (token: Token) => (first === 1 && token === maskValue ? 0 : first + Number(hash(token) % bins));
  const call = (value: Tokens<Token>) => {
    const { shape, tokens } = flat({ kind, token: aToken }, value);
    return encodedTokens(shape, tokens.map(find), outputMode, numBins);
  };
  const { name = kind, ...config } = options;
  const toJSON = (): SavedPreprocessing => {
    checkSavable(kind, salt);
    return { name, kind, config, state: {} };
  };
  return Object.assign(call as Hashing<M, V>, { toJSON });
}

const aToken: OptionRule = {
  takes: "a text or an integer",
  accepts: (value) => typeof value === "string" || integer.accepts(value),
};

const rules: OptionRules<HashingOptions> = {
  numBins: { ...count, required: true },
  maskValue: { takes: `${aToken.takes}, or null`, accepts: (value) => value === null || aToken.accepts(value) },
  salt: aSalt,
  outputMode: oneOf(lookupModes.filter((mode) => mode !== "tfIdf")),
  name: anything,
};
