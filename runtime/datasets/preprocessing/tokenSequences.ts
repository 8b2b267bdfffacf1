import type { NdArray } from "../../../src/ir/array.js";
import { cut } from "../../../src/ir/cut.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import {
  callback,
  checkOption,
  checkOptions,
  count,
  int32,
  type OptionRules,
  oneOf,
  positiveInt32,
  required,
} from "../../../src/ir/options.js";
import { isTypedArray } from "../../../src/ir/typed-arrays.js";
import { refusedElements } from "../kinds.js";

/** Options of `tokenSequences`. */
export interface TokenSequencesOptions<L extends number = number> {
  /** How many tokens each text has: longer ones are cut, shorter ones are padded. */
  readonly sequenceLength: L;
  /** What stands where a text has no more tokens. @default 0 */
  readonly padValue?: number;
  /** A token in front of each text's. */
  readonly startValue?: number;
  /** A token behind each text's, also where these are cut. */
  readonly endValue?: number;
  /** Where shorter texts are padded: `"left"` or `"right"`. @default "right" */
  readonly paddingSide?: "left" | "right";
  /** Where longer texts are cut: `"left"` or `"right"`. @default "right" */
  readonly truncationSide?: "left" | "right";
  /** How many tokens there are, of which each is a number from 0: what an embedding has of them. Another is refused, also as `padValue`, `startValue` and `endValue`. */
  readonly vocabularySize?: number;
}

/** Texts as tokens, and which of them are a text's own, and not padding. */
export interface TokenSequence<S extends number[]> {
  readonly tokenIds: NdArray<S, "int32">;
  readonly paddingMask: NdArray<S, "bool">;
}

/** Makes sequences of tokens, all of one length, of texts. */
export interface TokenSequences<L extends number = number> {
  /** @throws SW_DATA when something is no text, or the tokenizer gives something else than numbers of tokens */
  (texts: readonly string[]): TokenSequence<[number, L]>;
  // The last, which `map` of a dataset takes it for.
  (text: string): TokenSequence<[L]>;
}

const op = "tokenSequences";

const rules: OptionRules<TokenSequencesOptions> = {
  sequenceLength: required(count),
  padValue: int32,
  startValue: int32,
  endValue: int32,
  paddingSide: oneOf(["left", "right"]),
  truncationSide: oneOf(["left", "right"]),
  vocabularySize: positiveInt32,
};

/**
 * Texts as the tokens that a tokenizer of any library makes of them, cut and padded to one length, with a mask of what is no padding: what
 * attention takes. On the host, before they are fed. The names are KerasHub's.
 *
 * Where a tokenizer puts tokens around a text itself, the last is lost when that is cut: let it put none, and give `startValue` and `endValue`.
 *
 * @param encode a text's tokens, as numbers
 * @param options `sequenceLength`, `padValue` (0), `startValue`, `endValue`, `paddingSide` ("right"), `truncationSide` ("right"), `vocabularySize`
 * @returns what makes `{ tokenIds, paddingMask }` of a text, or of texts
 * @throws SW_VALUE when the first argument is no function, an option is not what it must be or none of the vocabulary's
 * tokens, or a length has no room for a token
 * @example
 * import { readFile } from "node:fs/promises";
 * import { Tokenizer } from "@huggingface/tokenizers";
 *
 * const read = async (name: string) => JSON.parse(await readFile(`bert-base/${name}`, "utf8"));
 * const bert = new Tokenizer(await read("tokenizer.json"), await read("tokenizer_config.json"));
 * const tokens = tokenSequences((text) => bert.encode(text, { add_special_tokens: false }).ids, {
 *   sequenceLength: 128,
 *   startValue: 101, // [CLS]
 *   endValue: 102, // [SEP]
 *   vocabularySize: 30522,
 * });
 * const { tokenIds, paddingMask } = tokens("Hardly bad, this teapot"); // NdArray<[128], "int32"> and NdArray<[128], "bool">
 * const reviews = csvDataset("reviews.csv", { columns: { text: "text", stars: "number" } });
 * const batches = reviews.map(({ text, stars }) => ({ inputs: tokens(text), target: [stars] })).batch(32);
 */
export function tokenSequences<const L extends number>(
  encode: (text: string) => ArrayLike<number>,
  options: TokenSequencesOptions<L>,
): TokenSequences<L> {
  checkOption(op, "the tokenizer", encode, required(callback));
  checkOptions<TokenSequencesOptions>(op, options, rules);
  const { sequenceLength, startValue, endValue, vocabularySize } = options;
  const around = Number(startValue !== undefined) + Number(endValue !== undefined);
  if (sequenceLength <= around)
    throw new ShapewrightError(
      "SW_VALUE",
      `${op}: sequenceLength ${sequenceLength} has no room beside startValue and endValue`,
      op,
    );
  for (const name of ["padValue", "startValue", "endValue"] as const) {
    const token = options[name];
    if (token !== undefined && !isAmong(token, vocabularySize))
      throw new ShapewrightError(
        "SW_VALUE",
        `${op}: ${name} is ${token}, where vocabularySize is ${vocabularySize}`,
        op,
      );
  }
  const put = packer(options);
  const sequences = (texts: readonly unknown[], lead: readonly number[]): TokenSequence<any> => {
    const ids = new Int32Array(texts.length * sequenceLength);
    const mask = new Uint8Array(ids.length);
    for (const [row, text] of texts.entries()) {
      const end = (row + 1) * sequenceLength;
      put(
        tokensOf(text, encode, vocabularySize),
        ids.subarray(end - sequenceLength, end),
        mask.subarray(end - sequenceLength, end),
      );
    }
    const shape = [...lead, sequenceLength];
    return { tokenIds: { shape, dtype: "int32", data: ids }, paddingMask: { shape, dtype: "bool", data: mask } };
  };
  return ((given: unknown) =>
    Array.isArray(given) ? sequences(given, [given.length]) : sequences([given], [])) as TokenSequences<L>;
}

/** Puts tokens where a sequence is to stand. */
function packer(
  options: TokenSequencesOptions,
): (tokens: ArrayLike<number>, ids: Int32Array, mask: Uint8Array) => void {
  const { sequenceLength, padValue = 0, startValue, endValue, paddingSide, truncationSide } = options;
  const start = startValue === undefined ? [] : [startValue];
  const end = endValue === undefined ? [] : [endValue];
  const room = sequenceLength - start.length - end.length;
  return (tokens, ids, mask) => {
    const list = Array.from(tokens);
    const kept = truncationSide === "left" ? list.slice(Math.max(0, list.length - room)) : list.slice(0, room);
    const own = [...start, ...kept, ...end];
    const at = paddingSide === "left" ? sequenceLength - own.length : 0;
    ids.fill(padValue).set(own, at);
    mask.fill(1, at, at + own.length);
  };
}

function isAmong(token: number, vocabularySize: number | undefined): boolean {
  return vocabularySize === undefined || (token >= 0 && token < vocabularySize);
}

/** What the tokenizer makes of a text, where that is numbers of tokens. */
function tokensOf(
  text: unknown,
  encode: (text: string) => ArrayLike<number>,
  vocabularySize: number | undefined,
): ArrayLike<number> {
  if (typeof text !== "string") throw refusedElements(op, `takes a text, or a list of such, got ${inWords(text)}`);
  const tokens: unknown = encode(text);
  const refuse = (fault: string) => refusedElements(op, `the tokenizer gives ${fault} for ${inWords(cut(text))}`);
  if (!Array.isArray(tokens) && !isTypedArray(tokens)) {
    const name = typeof tokens === "object" && tokens ? ["ids", "input_ids"].find((key) => key in tokens) : undefined;
    throw refuse(`${inWords(tokens)}, and no list of numbers${name ? `, which are its ${name},` : ""}`);
  }
  for (let at = 0; at < tokens.length; at++) {
    const token: unknown = tokens[at];
    if (!int32.accepts(token)) throw refuse(`${inWords(token)}, which is no number of a token, at place ${at}`);
    if (!isAmong(token as number, vocabularySize))
      throw refuse(`token ${token}, where vocabularySize is ${vocabularySize}, at place ${at}`);
  }
  return tokens as ArrayLike<number>;
}
