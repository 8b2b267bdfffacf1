import type { NdArray } from "../../../src/ir/array.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
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
import { farmHash64 } from "./farmHash64.js";
import { flat, type ShapeOfTokens, type Tokens } from "./lookup.js";
import { sipHash64 } from "./sipHash64.js";
import type { Token } from "./table.js";

/** What `hashing` makes of tokens. */
export type HashingMode = Exclude<LookupMode, "tfIdf">;

/** A number that a hash is salted with, or two. Bigints have all 64 bits. */
export type Salt = number | bigint | readonly [number | bigint, number | bigint];

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
    const isWide = [salt].flat().some((part) => typeof part === "bigint");
    if (isWide) throw refused("its salt is a bigint, which JSON has not; save numbers, or make it again with the salt");
    return { name, kind, config, state: {} };
  };
  return Object.assign(call as Hashing<M, V>, { toJSON });
}

const refused = (fault: string) => new ShapewrightError("SW_VALUE", `${kind}: ${fault}`, kind);

const encoder = new TextEncoder();

function hashBy(salt: Salt | undefined): (token: Token) => bigint {
  if (salt === undefined) return (token) => farmHash64(encoder.encode(String(token)));
  const [first, second = first] = [salt].flat() as (number | bigint)[];
  const key = [BigInt(first!), BigInt(second!)] as const;
  return (token) => sipHash64(encoder.encode(String(token)), key);
}

const aToken: OptionRule = {
  takes: "a text or an integer",
  accepts: (value) => typeof value === "string" || integer.accepts(value),
};

const aSalt: OptionRule = {
  takes: "an integer from 0 below 2^64, or two of them",
  accepts(value) {
    const parts: readonly unknown[] = Array.isArray(value) && value.length === 2 ? value : [value];
    return parts.every((part) =>
      typeof part === "bigint" ? part >= 0n && part < 2n ** 64n : Number.isSafeInteger(part) && (part as number) >= 0,
    );
  },
};

const rules: OptionRules<HashingOptions> = {
  numBins: { ...count, required: true },
  maskValue: { takes: `${aToken.takes}, or null`, accepts: (value) => value === null || aToken.accepts(value) },
  salt: aSalt,
  outputMode: oneOf(lookupModes.filter((mode) => mode !== "tfIdf")),
  name: anything,
};
