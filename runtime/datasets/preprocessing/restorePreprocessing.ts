import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import type { SavedPreprocessing } from "../../model-file/about.js";
import { type IntegerLookup, integerLookup } from "./integerLookup.js";
import { type StringLookup, stringLookup } from "./stringLookup.js";
import { type TextVectorization, textVectorization } from "./textVectorization.js";

const kinds: Readonly<Record<keyof Restored, (options: never) => unknown>> = {
  integerLookup,
  stringLookup,
  textVectorization,
};

/** What each kind of preprocessing is. */
export interface Restored {
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
  const { name, kind, config, state } = (saved ?? {}) as Partial<SavedPreprocessing>;
  const make = Object.hasOwn(kinds, kind ?? "") ? kinds[kind as keyof Restored] : undefined;
  if (!make || typeof config !== "object" || typeof state !== "object") {
    const is = make
      ? "its config or its state is missing"
      : `its kind is ${inWords(kind)}, but must be one of ${Object.keys(kinds).join(", ")}`;
    throw new ShapewrightError(
      "SW_DATA",
      `restorePreprocessing: this is no saved preprocessing: ${is}`,
      "restorePreprocessing",
    );
  }
  if (wanted !== undefined && kind !== wanted) {
    const fault = `${inWords(name)} is saved as ${kind}, wanted ${inWords(wanted)}`;
    throw new ShapewrightError("SW_DATA", `restorePreprocessing: ${fault}`, "restorePreprocessing");
  }
  return make({ ...config, ...state, name } as never);
}
