import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import { aRecord, checkOptions, count, type OptionRules, oneOf } from "../../../src/ir/options.js";
import type { SavedPreprocessing } from "../../model-file/about.js";
import { type LookupMode, lookupModes } from "./encoded.js";
import { type Hashing, type HashingMode, hashing } from "./hashing.js";
import { type IntegerLookup, integerLookup } from "./integerLookup.js";
import { type SimpleImputer, simpleImputer } from "./simpleImputer.js";
import { type StringLookup, stringLookup } from "./stringLookup.js";
import { type TextMode, type TextVectorization, textVectorization } from "./textVectorization.js";

const kinds: Readonly<Record<keyof Restored, (options: never) => unknown>> = {
  hashing,
  integerLookup,
  simpleImputer,
  stringLookup,
  textVectorization,
};

/** What each kind of preprocessing is. */
export interface Restored<M extends LookupMode = LookupMode, L extends number = number> {
  readonly hashing: Hashing<Extract<M, HashingMode>>;
  readonly integerLookup: IntegerLookup<M>;
  readonly simpleImputer: SimpleImputer;
  readonly stringLookup: StringLookup<M>;
  readonly textVectorization: TextVectorization<Extract<M, TextMode>, L>;
}

/** The modes that a kind has. */
interface Modes {
  readonly hashing: HashingMode;
  readonly integerLookup: LookupMode;
  readonly stringLookup: LookupMode;
  readonly textVectorization: TextMode;
}

/** What preprocessing was made with, as far as the shape and the dtype of what it gives depend on it. */
export interface PreprocessingSignature<M extends LookupMode, L extends number> {
  /** @default "int" */
  readonly outputMode?: M;
  /** Of `textVectorization` alone. */
  readonly outputSequenceLength?: L;
}

const signatureRules: OptionRules<PreprocessingSignature<LookupMode, number>> = {
  outputMode: oneOf(lookupModes),
  outputSequenceLength: count,
};

/**
 * Preprocessing as it was saved, by `toJSON`: it gives the same numbers.
 *
 * @param saved what `toJSON` gave, or what JSON or a model's file has kept of it
 * @param wanted the kind that it must be of: what is given is typed by it
 * @param signature the options that it must have been made with, `outputMode` ("int") and `outputSequenceLength`: the shape and the dtype of
 *   what it gives are typed by them. Without it they are what any of that kind gives
 * @returns the preprocessing, of its kind
 * @throws SW_DATA when it is none, of another kind or signature, or of one that there is not; SW_VALUE when an option is out of range
 * @example
 * const words = textVectorization({ vocabulary: ["cat", "dog"], outputSequenceLength: 4 });
 * const kept = JSON.stringify(words);
 * const same = restorePreprocessing(JSON.parse(kept), "textVectorization", { outputSequenceLength: 4 });
 * const places = same(["a dog"]); // NdArray<[number, 4], "int32">
 */
export function restorePreprocessing<
  const K extends keyof Modes,
  const M extends Modes[K] = "int",
  const L extends number = number,
>(saved: SavedPreprocessing | undefined, wanted: K, signature: PreprocessingSignature<M, L>): Restored<M, L>[K];
export function restorePreprocessing<const K extends keyof Restored>(
  saved: SavedPreprocessing | undefined,
  wanted: K,
): Restored[K];
export function restorePreprocessing<const K extends keyof Restored>(
  saved: SavedPreprocessing & { readonly kind: K },
): Restored[K];
export function restorePreprocessing(
  saved: SavedPreprocessing | undefined,
  wanted?: keyof Restored,
  signature?: PreprocessingSignature<LookupMode, number>,
): unknown {
  if (signature !== undefined) checkOptions(op, signature, signatureRules);
  const given: Partial<SavedPreprocessing> = aRecord.accepts(saved) ? saved! : {};
  const { name, kind, config, state } = given;
  const make = typeof kind === "string" && Object.hasOwn(kinds, kind) ? kinds[kind as keyof Restored] : undefined;
  const wrong = Object.entries({ config, state }).find(([, part]) => !aRecord.accepts(part));
  const fault = !aRecord.accepts(saved)
    ? `${inWords(saved)} is none`
    : !make
      ? `its kind is ${inWords(kind)}, but must be one of ${Object.keys(kinds).join(", ")}`
      : wrong && `its ${wrong[0]} is ${inWords(wrong[1])}, but must be a record`;
  const refuse = (fault: string) => new ShapewrightError("SW_DATA", `${op}: ${fault}`, op);
  if (fault !== undefined)
    throw refuse(`this is no saved preprocessing: ${fault}; give what its toJSON gave, or session.preprocessing has`);
  if (wanted !== undefined && kind !== wanted)
    throw refuse(`${inWords(name)} is saved as ${kind}, wanted ${inWords(wanted)}`);
  const made: Readonly<Record<string, unknown>> = { outputMode: "int", ...config };
  const other = Object.entries({ outputMode: "int", ...signature }).find(([option, value]) => made[option] !== value);
  if (signature !== undefined && other)
    throw refuse(`${inWords(name)} is saved with ${other[0]} ${inWords(made[other[0]])}, wanted ${inWords(other[1])}`);
  return make!({ ...config, ...state, name } as never);
}

const op = "restorePreprocessing";
