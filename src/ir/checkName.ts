import { cut } from "./cut.js";

/** The most characters of a name: with what is added to it, it still is a file's name. */
const mostCharacters = 200;

/** What cannot be seen, ends a line or controls a terminal. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * The message for a name that is none, if it is not: of an input, a variable, a layer, an output or a metric. Names become
 * keys of objects, names in TensorFlow's graphs, and parts of generated code, pages and files.
 *
 * @param subject what is said of it before it is shown, such as `"the input "`
 */
export function checkName(op: string, name: unknown, subject = ""): string | undefined {
  const advice = adviceFor(name);
  return advice && `${op}: ${subject}${showName(name)} is not a name; ${advice}`;
}

function adviceFor(name: unknown): string | undefined {
  if (typeof name !== "string") return "write a text";
  if (name.length > mostCharacters) return `it has ${name.length} characters, and ${mostCharacters} is the most`;
  const parts = name.split("/");
  if (parts.includes("__proto__")) return "to JavaScript it means something else";
  const isPart = (part: string) => part !== "" && part.trim() === part && !/^\.\.?$/.test(part);
  if (name.search(unseen) < 0 && parts.every(isPart)) return undefined;
  return 'use letters, digits, "_", "-", "." and "/" between parts';
}

/** A name in quotes, shortened, with all in it that cannot be seen, or that a terminal would obey, written as `\u001b`. */
export function showName(name: unknown): string {
  if (typeof name === "function") return "a function";
  if (typeof name !== "string") return typeof name === "object" && name !== null ? "an object" : cut(String(name));
  return visible(JSON.stringify(cut(name)));
}

/** A text with what controls a terminal, ends a line or cannot be seen written as JavaScript does: `\u001b`. */
export function visible(text: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(unseen, (character) => character.split("").map(escaped).join(""));
}
