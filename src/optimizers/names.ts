import { showName } from "../ir/checkName.js";
import { ShapewrightError } from "../ir/errors.js";
import { inWords } from "../ir/inWords.js";
import { isCallable } from "../ir/isCallable.js";
import { listNames } from "../ir/nearest.js";
import { listOf, type OptionRule } from "../ir/options.js";
import { wronglyReturned } from "../ir/returned.js";

/**
 * Which variables are meant: by a text, a variable or all of a layer (`"encoder"` for all that begins with `encoder/`), in which `*` stands for
 * any characters (`"encoder*"`); by a regular expression that is found in their full names; or by a function of these.
 */
export type NamePattern = string | RegExp | ((name: string) => boolean);

/**
 * Whether a pattern means the variable of a full name.
 *
 * @throws SW_VALUE when a function of names returns something else than true or false
 */
export function means(op: string, pattern: NamePattern, name: string): boolean {
  if (typeof pattern === "function") {
    const is: unknown = pattern(name);
    if (typeof is === "boolean") return is;
    throw wronglyReturned(op, "the function of a name", `${inWords(is)} for ${showName(name)}`, "true or false");
  }
  // Unlike `test`, `search` keeps nothing in an expression that is global.
  if (pattern instanceof RegExp) return name.search(pattern) >= 0;
  if (!pattern.includes("*")) return name === pattern || name.startsWith(`${pattern}/`);
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}(?:/|$)`, "s").test(name);
}

const onePattern: OptionRule = {
  takes: "",
  accepts: (value) => (typeof value === "string" && value !== "") || isCallable(value) || value instanceof RegExp,
};

/** One pattern or several. */
export const patternsRule: OptionRule = {
  takes: "a name, a regular expression, a function of a name, or a list of these",
  accepts: (value) => onePattern.accepts(value) || listOf(onePattern).accepts(value),
};

/**
 * Refuses texts that mean nothing that there is: they are misspelt.
 *
 * @throws SW_NAME
 */
export function checkMeant(op: string, patterns: Iterable<NamePattern>, names: readonly string[]): void {
  for (const pattern of patterns) {
    if (typeof pattern !== "string" || names.some((name) => means(op, pattern, name))) continue;
    const found = `no layer and no variable is named ${showName(pattern)}`;
    throw new ShapewrightError("SW_NAME", `${op}: ${found}; there are ${listNames(pattern, names)}`, op);
  }
}
