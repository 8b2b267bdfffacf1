import { inWords } from "../../../src/ir/inWords.js";
import { anyText, callback, listOf, type OptionRule, oneOf } from "../../../src/ir/options.js";
import { wronglyReturned } from "../../../src/ir/returned.js";

/** How texts are made alike before they are split. */
export type Standardize = "lowerAndStripPunctuation" | "lower" | "stripPunctuation" | null | ((text: string) => string);

/** Where texts are split. */
export type Split = "whitespace" | "character" | null | ((text: string) => readonly string[]);

const named = (words: readonly string[]): OptionRule => {
  const { takes, accepts } = oneOf(words);
  return {
    takes: `${takes.replace(/ or (?=[^ ]+$)/, ", ")}, null or a function`,
    accepts: (value) => value === null || accepts(value) || callback.accepts(value),
  };
};

export const aStandardize = named(["lowerAndStripPunctuation", "lower", "stripPunctuation"]);
const listOfTexts = listOf(anyText);

export const aSplit = named(["whitespace", "character"]);

/** A text made alike to others. As in TensorFlow, letters beyond ASCII stay as they are. */
export function standardized(op: string, text: string, how: Standardize): string {
  if (typeof how === "function") {
    const made: unknown = how(text);
    if (typeof made === "string") return made;
    throw wronglyReturned(op, "standardize", inWords(made), "a text");
  }
  const lower = how === "lower" || how === "lowerAndStripPunctuation";
  const cased = lower ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
  const strips = how === "stripPunctuation" || how === "lowerAndStripPunctuation";
  return strips ? cased.replace(/[!-/:-@[-`{-~]/g, "") : cased;
}

/** The parts of a text: where it is split at white space, that of ASCII. */
export function parts(op: string, text: string, split: Split): readonly string[] {
  if (typeof split === "function") {
    const made: unknown = split(text);
    if (listOfTexts.accepts(made)) return made as readonly string[];
    throw wronglyReturned(op, "split", inWords(made), "a list of texts");
  }
  if (split === null) return [text];
  if (split === "character") return [...text];
  return text.split(/[\t-\r ]+/).filter((part) => part !== "");
}

/** Parts one behind another, of each length in turn. */
export function ngramsOf(words: readonly string[], lengths: readonly number[]): string[] {
  return lengths.flatMap((length) =>
    Array.from({ length: Math.max(words.length - length + 1, 0) }, (_, i) => words.slice(i, i + length).join(" ")),
  );
}
