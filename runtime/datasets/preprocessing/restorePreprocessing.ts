import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import { aRecord } from "../../../src/ir/options.js";
import type { SavedPreprocessing } from "../../model-file/about.js";
import { type Hashing, hashing } from "./hashing.js";
import { type IntegerLookup, integerLookup } from "./integerLookup.js";
import { type StringLookup, stringLookup } from "./stringLookup.js";
import { type TextVectorization, textVectorization } from "./textVectorization.js";

const kinds: Readonly<Record<keyof Restored, (options: never) => unknown>> = {
  hashing,
  integerLookup,
  stringLookup,
  textVectorization,
};

/** What each kind of preprocessing is. */
export interface Restored {
  readonly hashing: Hashing;
  readonly integerLookup: IntegerLookup;
  readonly stringLookup: StringLookup;
  readonly textVectorization: TextVectorization;
}

/**
 * Preprocessing as it was saved, by `toJSON`: it gives the same numbers.
 *
 * @param saved what `toJSON` gave, or what JSON or a model's file has kept of it
 * @param wanted the kind that it must be of: what is given is typed by it
 * @returns the preprocessing, of its kind
 * @throws SW_DATA when it is none, of another kind, or of one that there is not; SW_VALUE when an option is out of range
 * @example
 * const words = textVectorization({ vocabulary: ["cat", "dog"] });
 * const kept = JSON.stringify(words);
 * const same = restorePreprocessing(JSON.parse(kept), "textVectorization");
 */
export function restorePreprocessing<const K extends keyof Restored>(
  saved: SavedPreprocessing | undefined,
  wanted: K,
): Restored[K];
export function restorePreprocessing<const K extends keyof Restored>(
  saved: SavedPreprocessing & { readonly kind: K },
): Restored[K];
export function restorePreprocessing(saved: SavedPreprocessing | undefined, wanted?: keyof Restored): unknown {
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
  return make!({ ...config, ...state, name } as never);
}

const op = "restorePreprocessing";
