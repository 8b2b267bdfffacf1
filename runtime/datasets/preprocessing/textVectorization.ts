import { generate, type NdArray } from "../../../src/ir/array.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import {
  anything,
  checkOptions,
  count,
  flag,
  float32,
  fromTwo,
  listOf,
  type OptionRules,
  oneOf,
} from "../../../src/ir/options.js";
import type { Adaptable } from "../../../src/layers/adaptable.js";
import type { SavedPreprocessing } from "../../model-file/about.js";
import { Counts } from "./counts.js";
import { encodedRows } from "./encoded.js";
import { learnt, type Many, manyOf } from "./learnt.js";
import { type Depth, weightsOf } from "./lookup.js";
import { aText } from "./stringLookup.js";
import { tableOf } from "./table.js";
import { aSplit, aStandardize, ngramsOf, parts, type Split, type Standardize, standardized } from "./words.js";

/** What `textVectorization` makes of texts. */
export type TextMode = "int" | "multiHot" | "count" | "tfIdf";

/** Options of `textVectorization`. */
export interface TextVectorizationOptions<M extends TextMode, L extends number, N extends number, P extends boolean> {
  /** What it is saved as. @default "textVectorization" */
  readonly name?: string;
  /** How many tokens there are at most, those for what is unknown or missing among them: all, unless said otherwise. */
  readonly maxTokens?: N;
  /**
   * What is done to texts first: `"lower"`, letters made small, those of ASCII; `"stripPunctuation"`, punctuation left out;
   * `"lowerAndStripPunctuation"`; nothing, with null; or what a function does.
   *
   * @default "lowerAndStripPunctuation"
   */
  readonly standardize?: Standardize;
  /**
   * Where texts are split: `"whitespace"`, there; `"character"`, behind each; nowhere with null; or as a function does.
   *
   * @default "whitespace"
   */
  readonly split?: Split;
  /** Tokens are as many words one behind another: of each number up to this one, or of each in a list. */
  readonly ngrams?: number | readonly number[];
  /**
   * `"int"`, the place of each token; `"multiHot"`, which tokens a text has; `"count"`, how often; `"tfIdf"`, how often by how much each tells.
   *
   * @default "int"
   */
  readonly outputMode?: M;
  /** How many tokens each text has with `"int"`: 0 stands behind those of shorter ones. As many as the longest, unless said otherwise. */
  readonly outputSequenceLength?: L;
  /** Whether rows have `maxTokens` places, though the vocabulary has fewer. @default false */
  readonly padToMaxTokens?: P;
  /** The tokens, the most frequent first: learnt by `adapt`, unless said otherwise. */
  readonly vocabulary?: readonly string[];
  /** How much each token counts, with `"tfIdf"`. */
  readonly idfWeights?: readonly number[];
}

/** What a text becomes: with `"int"` as many places as there are in a sequence, else a place for each token of the vocabulary. */
type Vector<M extends TextMode, L extends number, V extends number> = M extends "int" ? [L] : [V];

/** Makes numbers of texts. */
export interface TextVectorization<
  M extends TextMode = TextMode,
  L extends number = number,
  V extends number = number,
> {
  /** @throws SW_DATA when something is no text */
  (text: string): NdArray<Vector<M, L, V>, M extends "int" ? "int32" : "float32">;
  (texts: readonly string[]): NdArray<[number, ...Vector<M, L, V>], M extends "int" ? "int32" : "float32">;
  /** All tokens, each at its place. */
  readonly vocabulary: readonly string[];
  /** @throws SW_VALUE where it was made with functions, which no file holds */
  toJSON(): SavedPreprocessing;
}

/** Texts for `adapt`, one by one or in batches. */
export type Texts = Many<string | readonly string[]>;

const op = "textVectorization";
type AnyOptions = TextVectorizationOptions<TextMode, number, number, boolean>;

/**
 * Texts as numbers: each token's place in a vocabulary, or which tokens a text has; on the host, before they are fed. Keras's
 * `TextVectorization`. The vocabulary is given, or learnt by `adapt`: the most frequent tokens first, and of equally frequent ones those
 * that are the last in order. Before them stand `""`, for what is missing (with `"int"`), and `"[UNK]"`, for what is unknown.
 *
 * @param options `maxTokens`, `standardize` ("lowerAndStripPunctuation"), `split` ("whitespace"), `ngrams`, `outputMode` ("int"),
 *   `outputSequenceLength`, `padToMaxTokens` (false), `vocabulary`, `idfWeights`, `name`
 * @returns what makes numbers of texts; without a vocabulary, what is to be adapted to data
 * @throws SW_VALUE when an option is out of range, or the vocabulary has a token twice
 * @example
 * const texts = ["The cat sat.", "The dog sat, too!"];
 * const words = await textVectorization({ maxTokens: 1000, outputSequenceLength: 4 }).adapt(texts);
 * const numbers = words(texts); // NdArray<[number, 4], "int32">
 */
export function textVectorization<
  const M extends TextMode = "int",
  const L extends number = number,
  const N extends number = number,
  const P extends boolean = false,
>(
  options: TextVectorizationOptions<M, L, N, P> & { readonly vocabulary: readonly string[] },
): TextVectorization<M, L, Depth<N, P>>;
export function textVectorization<
  const M extends TextMode = "int",
  const L extends number = number,
  const N extends number = number,
  const P extends boolean = false,
>(
  options?: TextVectorizationOptions<M, L, N, P> & { readonly vocabulary?: undefined },
): Adaptable<Texts, TextVectorization<M, L, Depth<N, P>>>;
export function textVectorization(options: AnyOptions = {}): unknown {
  checkOptions(op, options, rules);
  const { outputMode = "int", maxTokens, padToMaxTokens = false, outputSequenceLength } = options;
  const { vocabulary, idfWeights } = options;
  if (padToMaxTokens && maxTokens === undefined) throw refused("padToMaxTokens needs maxTokens");
  if (idfWeights && outputMode !== "tfIdf") throw refused('idfWeights are for outputMode "tfIdf" alone');
  if (outputSequenceLength !== undefined && outputMode !== "int") {
    throw refused('outputSequenceLength is for outputMode "int" alone');
  }
  if (vocabulary) return vectorizationIn(options, vocabulary, idfWeights);
  return {
    async adapt(texts: Texts) {
      const counts = new Counts<string>();
      for await (const given of manyOf(op, "texts", texts)) {
        for (const text of Array.isArray(given) ? given : [given]) counts.add(tokensOf(text, options));
      }
      const tokens = learnt(op, counts, specialOf(options), maxTokens);
      return vectorizationIn(options, tokens, counts.inverseDocumentFrequencies(tokens));
    },
  };
}

const refused = (fault: string) => new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);

const rules: OptionRules<AnyOptions> = {
  name: anything,
  maxTokens: fromTwo,
  standardize: aStandardize,
  split: aSplit,
  ngrams: {
    takes: "a positive integer, or a list of such",
    accepts: (value) => count.accepts(value) || listOf(count).accepts(value),
  },
  outputMode: oneOf(["int", "multiHot", "count", "tfIdf"]),
  outputSequenceLength: count,
  padToMaxTokens: flag,
  vocabulary: { ...listOf(aText), takes: "a list of texts" },
  idfWeights: { ...listOf(float32), takes: "a list of numbers" },
};

const specialOf = ({ outputMode = "int" }: AnyOptions) => ({
  maskToken: "",
  oovToken: "[UNK]",
  numOovIndices: 1,
  isIndex: outputMode === "int",
});

/** The tokens of a text. */
function tokensOf(text: unknown, options: AnyOptions): readonly string[] {
  if (typeof text !== "string") {
    throw new ShapewrightError("SW_DATA", `${op}: takes a text, or a list of such, got ${inWords(text)}`, op);
  }
  const { standardize = "lowerAndStripPunctuation", split = "whitespace", ngrams } = options;
  const words = parts(op, standardized(op, text, standardize), split);
  if (ngrams === undefined) return words;
  return ngramsOf(words, typeof ngrams === "number" ? Array.from({ length: ngrams }, (_, i) => i + 1) : ngrams);
}

function vectorizationIn(
  options: AnyOptions,
  given: readonly string[],
  idfWeights: readonly number[] | undefined,
): TextVectorization {
  const { outputMode = "int", maxTokens, padToMaxTokens, outputSequenceLength } = options;
  const table = tableOf(op, given, specialOf(options), maxTokens, () => 0);
  const weights = outputMode === "tfIdf" ? weightsOf(op, idfWeights, table) : undefined;
  const depth = padToMaxTokens ? maxTokens! : table.vocabulary.length;
  const call = (value: string | readonly string[]): NdArray => {
    const lead = Array.isArray(value) ? [value.length] : [];
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    const rows = texts.map((text) => tokensOf(text, options).map((token) => table.find(token)));
    if (outputMode !== "int") return encodedRows(rows, lead, outputMode, depth, weights);
    const length = outputSequenceLength ?? rows.reduce((most, row) => Math.max(most, row.length), 0);
    return generate([...lead, length], "int32", (i) => rows[Math.floor(i / length)]![i % length] ?? 0);
  };
  return Object.assign(call as TextVectorization, {
    vocabulary: table.vocabulary,
    toJSON: () => saved(options, table.vocabulary.slice(table.first), weights?.slice(table.first)),
  });
}

function saved(options: AnyOptions, vocabulary: readonly string[], idfWeights?: readonly number[]): SavedPreprocessing {
  const { name = op, vocabulary: _, idfWeights: __, ...config } = options;
  const own = Object.entries(config).find(([, value]) => typeof value === "function");
  if (own)
    throw refused(`its ${own[0]} is a function, which is not saved; save the vocabulary, and make it again with both`);
  return { name, kind: op, config, state: { vocabulary, ...(idfWeights && { idfWeights }) } };
}
