import type { NdArray } from "../../../src/ir/array.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import {
  anything,
  checkOptions,
  flag,
  float32,
  fromTwo,
  listOf,
  natural,
  type OptionRule,
  type OptionRules,
  oneOf,
} from "../../../src/ir/options.js";
import type { Adaptable } from "../../../src/layers/adaptable.js";
import type { SavedPreprocessing } from "../../model-file/about.js";
import { Counts } from "./counts.js";
import { type Encoded, type EncodedDType, encodedTokens, type LookupMode, lookupModes } from "./encoded.js";
import { aSalt, checkSavable, hashBy, type Salt } from "./hashBy.js";
import { learnt, type Many, manyOf } from "./learnt.js";
import { type Table, type Token, tableOf } from "./table.js";

/** Options of lookups. */
export interface LookupOptions<T extends Token, M extends LookupMode, N extends number, P extends boolean> {
  /** What it is saved as. @default its kind */
  readonly name?: string;
  /** How many tokens there are at most, those for what is unknown or masked among them: all, unless said otherwise. */
  readonly maxTokens?: N;
  /** How many places are for what is not in the vocabulary: with 0 it is refused. @default 1 */
  readonly numOovIndices?: number;
  /** With it what is unknown is spread by SipHash-2-4 and not by FarmHash: who does not know it cannot choose texts of one place. */
  readonly salt?: Salt;
  /** The token that stands for nothing: it has place 0, and isn't counted. None, unless said otherwise. */
  readonly maskToken?: T | null;
  /** What stands in the vocabulary for what is unknown. */
  readonly oovToken?: T;
  /** The tokens, the most frequent first: learnt by `adapt`, unless said otherwise. */
  readonly vocabulary?: readonly T[];
  /** How much each token counts, with `"tfIdf"`. */
  readonly idfWeights?: readonly number[];
  /**
   * `"int"`, the place of each token; `"oneHot"`, a row for each; of the last axis `"multiHot"`, which tokens there are, `"count"`, how often,
   * or `"tfIdf"`, how often by how much each tells.
   *
   * @default "int"
   */
  readonly outputMode?: M;
  /** Whether rows have `maxTokens` places, though the vocabulary has fewer. @default false */
  readonly padToMaxTokens?: P;
}

/** How long rows are: a number that types know where they are padded to it. */
export type Depth<N extends number, P extends boolean> = P extends true ? N : number;

/** A token, a list of them, or a list of lists. */
export type Tokens<T extends Token> = T | readonly T[] | readonly (readonly T[])[];

/** The shape of tokens. */
export type ShapeOfTokens<V> = V extends Token
  ? []
  : V extends readonly Token[]
    ? [number]
    : V extends readonly (readonly Token[])[]
      ? [number, number]
      : any;

/** Looks tokens up in a vocabulary. */
export interface Lookup<T extends Token, M extends LookupMode, V extends number> {
  /** @throws SW_DATA when something is no token, lists are ragged, or a token is unknown and has no place */
  <const X extends Tokens<T>>(tokens: X): NdArray<Encoded<ShapeOfTokens<X>, M, V>, EncodedDType<M>>;
  /** All tokens, each at its place. */
  readonly vocabulary: readonly T[];
  /** The tokens at places. */
  invert(places: ArrayLike<number>): T[];
  toJSON(): SavedPreprocessing;
}

/** Documents for `adapt`: tokens one by one, or a list for each document. */
export type Documents<T extends Token> = Many<T | readonly T[]>;

/** What tells one kind of lookup from another. */
export interface LookupKind<T extends Token> {
  readonly kind: "stringLookup" | "integerLookup";
  /** What `adapt` takes many of. */
  readonly many: string;
  readonly token: OptionRule;
  readonly oovToken: T;
  /** Of options that the other has not. */
  readonly rules?: Readonly<Record<string, OptionRule>>;
  /** Which of several places for what is unknown a token has, unless by its hash. */
  readonly spread?: (token: T, count: number) => number;
}

type AnyOptions<T extends Token> = LookupOptions<T, LookupMode, number, boolean>;
type AnyLookup<T extends Token> = Lookup<T, LookupMode, number>;

/** A lookup of a kind: at once where options have its vocabulary, else to be adapted. */
export function lookupOf<T extends Token>(
  of: LookupKind<T>,
  options: AnyOptions<T>,
): AnyLookup<T> | Adaptable<Documents<T>, AnyLookup<T>> {
  const { kind } = of;
  checkOptions(kind, options, rulesOf(of));
  const { outputMode = "int", maxTokens, padToMaxTokens = false, vocabulary, idfWeights } = options;
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${kind}: ${fault}`, kind);
  if (padToMaxTokens && maxTokens === undefined) throw refuse("padToMaxTokens needs maxTokens");
  if (idfWeights && outputMode !== "tfIdf") throw refuse('idfWeights are for outputMode "tfIdf" alone');
  if (vocabulary) return lookupIn(of, options, vocabulary, idfWeights);
  return {
    async adapt(documents) {
      const counts = await countedIn(of, documents);
      const tokens = learnt(kind, counts, specialOf(of, options), maxTokens);
      return lookupIn(of, options, tokens, counts.inverseDocumentFrequencies(tokens));
    },
  };
}

function rulesOf<T extends Token>({ token, rules }: LookupKind<T>): OptionRules<AnyOptions<T>> {
  return {
    name: anything,
    maxTokens: fromTwo,
    numOovIndices: natural,
    salt: aSalt,
    maskToken: { takes: `${token.takes}, or null`, accepts: (value) => value === null || token.accepts(value) },
    oovToken: token,
    vocabulary: { ...listOf(token), takes: `a list of which each is ${token.takes}` },
    idfWeights: { ...listOf(float32), takes: "a list of numbers" },
    outputMode: oneOf(lookupModes),
    padToMaxTokens: flag,
    ...rules,
  };
}

function specialOf<T extends Token>(of: LookupKind<T>, options: AnyOptions<T>) {
  const { maskToken = null, oovToken = of.oovToken, numOovIndices = 1, outputMode = "int" } = options;
  return { maskToken, oovToken, numOovIndices, isIndex: outputMode === "int" };
}

async function countedIn<T extends Token>(of: LookupKind<T>, documents: Documents<T>): Promise<Counts<T>> {
  const counts = new Counts<T>();
  for await (const document of manyOf(of.kind, of.many, documents)) counts.add(flat(of, document).tokens);
  return counts;
}

function lookupIn<T extends Token>(
  of: LookupKind<T>,
  options: AnyOptions<T>,
  given: readonly T[],
  idfWeights: readonly number[] | undefined,
): AnyLookup<T> {
  const { kind } = of;
  const { outputMode = "int", maxTokens, padToMaxTokens } = options;
  const table = tableOf(kind, given, specialOf(of, options), maxTokens, of.spread ?? spreadBy(options.salt));
  const tokens = table.vocabulary.slice(table.first);
  const weights = outputMode === "tfIdf" ? weightsOf(kind, idfWeights, table) : undefined;
  const depth = padToMaxTokens ? maxTokens! : table.vocabulary.length;
  const call = (value: Tokens<T>): NdArray => {
    const { shape, tokens } = flat(of, value);
    const places = tokens.map((token) => table.find(token));
    return encodedTokens(shape, places, outputMode, depth, weights);
  };
  const { name = kind, vocabulary: _, idfWeights: __, ...config } = options;
  return Object.assign(call as AnyLookup<T>, {
    vocabulary: table.vocabulary,
    invert: (places: ArrayLike<number>) => Array.from(places, (place) => tokenAt(kind, table, place)),
    toJSON: (): SavedPreprocessing => {
      checkSavable(kind, options.salt);
      const state = { vocabulary: tokens, ...(weights && { idfWeights: weights.slice(table.first) }) };
      return { name, kind, config, state };
    },
  });
}

function spreadBy(salt: Salt | undefined): (token: Token, count: number) => number {
  const hash = hashBy(salt);
  return (token, count) => Number(hash(token) % BigInt(count));
}

/** A weight for each place: of what is unknown, the mean. */
export function weightsOf<T extends Token>(
  kind: string,
  given: readonly number[] | undefined,
  table: Table<T>,
): number[] {
  const count = table.vocabulary.length - table.first;
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${kind}: ${fault}`, kind);
  if (!given) throw refuse('outputMode "tfIdf" needs idfWeights with a vocabulary');
  if (given.length !== count) throw refuse(`there are ${given.length} idfWeights for ${count} tokens`);
  const mean = given.reduce((a, b) => a + b, 0) / count;
  return [...Array.from({ length: table.first }, () => mean), ...given];
}

function tokenAt<T extends Token>(kind: string, { vocabulary }: Table<T>, place: number): T {
  const token = vocabulary[place];
  if (token !== undefined) return token;
  const message = `${kind}: there is no place ${inWords(place)}: the vocabulary has ${vocabulary.length} tokens`;
  throw new ShapewrightError("SW_DATA", message, kind);
}

/** Tokens one after another, and the shape of the lists that they are in. */
export function flat<T extends Token>(
  { kind, token }: Pick<LookupKind<T>, "token"> & { readonly kind: string },
  value: Tokens<T>,
): { shape: number[]; tokens: T[] } {
  const refuse = (fault: string) => new ShapewrightError("SW_DATA", `${kind}: ${fault}`, kind);
  const shape: number[] = [];
  for (let part: unknown = value; Array.isArray(part); part = part[0]) shape.push(part.length);
  const tokens: T[] = [];
  const visit = (part: unknown, axis: number): void => {
    if (axis < shape.length && Array.isArray(part) && part.length === shape[axis]) {
      for (const inner of part) visit(inner, axis + 1);
      return;
    }
    if (axis < shape.length) {
      const found = Array.isArray(part) ? `one of ${part.length}` : inWords(part);
      throw refuse(`lists are ragged: beside one of ${shape[axis]} there is ${found}`);
    }
    if (!token.accepts(part)) throw refuse(`takes ${token.takes}, or lists of such, got ${inWords(part)}`);
    tokens.push(part as T);
  };
  visit(value, 0);
  return { shape, tokens };
}
