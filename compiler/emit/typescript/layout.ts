import { visible } from "../../../src/ir/checkName.js";
import type { Call } from "./call.js";

/** How wide a line may be. */
export const lineWidth = 120;

/**
 * A statement around a call: on one line where it fits; else with the entries of a last object on lines of their own; else
 * with an argument a line.
 */
export function callStatement(
  before: string,
  { helper, arguments: given }: Call,
  indent: string,
  after = ";",
): string[] {
  const start = `${indent}${before}${helper}(`;
  const line = `${start}${given.join(", ")})${after}`;
  if (line.length <= lineWidth) return [line];
  const entries = /^\{ (.*) \}$/.exec(given.at(-1) ?? "")?.[1];
  const head = `${start}${[...given.slice(0, -1), "{"].join(", ")}`;
  if (entries !== undefined && head.length <= lineWidth) {
    return [head, ...split(entries).map((entry) => `${indent}  ${entry},`), `${indent}})${after}`];
  }
  return [start, ...given.flatMap((argument) => wrapped(argument, `${indent}  `)), `${indent})${after}`];
}

/** A call whose results have names: these on a line with its beginning where it fits, else on lines of their own, and their types, too. */
export function resultsStatement(
  names: readonly string[],
  types: readonly string[],
  call: Call,
  indent: string,
): string[] {
  const before = `const [${names.join(", ")}]: [${types.join(", ")}] = `;
  const fits = (start: string) => `${indent}${start}${call.helper}(`.length <= lineWidth;
  if (fits(before)) return callStatement(before, call, indent);
  const head = [`${indent}const [`, ...filledLines(names, `${indent}  `)];
  const typed = `]: [${types.join(", ")}] = `;
  if (fits(typed)) return [...head, ...callStatement(typed, call, indent)];
  return [...head, `${indent}]: [`, ...filledLines(types, `${indent}  `), ...callStatement("] = ", call, indent)];
}

/** `name: value` on one line where it fits, else the value below the name. The value's lines are indented for the latter. */
export function assignedLines(name: string, value: readonly string[]): string[] {
  const [first, ...rest] = value;
  const indent = /^ */.exec(first!)![0].slice(2);
  const line = `${indent}${name} ${first!.trimStart()}`;
  return rest.length === 0 && line.length <= lineWidth ? [line] : [`${indent}${name}`, ...value];
}

/** The parts between the commas of a list or an object; commas within brackets or quotes are not its own. */
function split(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < list.length; i++) {
    const character = list[i]!;
    if (quoted && character === "\\") i++;
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if ("[{(".includes(character)) depth++;
    if ("]})".includes(character)) depth--;
    if (character === "," && depth === 0) {
      parts.push(list.slice(start, i).trim());
      start = i + 1;
    }
  }
  return [...parts, list.slice(start).trim()];
}

/** An argument with a comma behind it; a list that is too long for a line is broken between its elements. */
function wrapped(argument: string, indent: string): string[] {
  if (indent.length + argument.length < lineWidth || !/^\[.*\]$/.test(argument)) return [`${indent}${argument},`];
  return [`${indent}[`, ...filledLines(split(argument.slice(1, -1)), `${indent}  `), `${indent}],`];
}

/** Entries with commas behind them, as many in a line as it holds. */
export function filledLines(entries: readonly string[], indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const entry of entries) {
    if (line !== indent && line.length + entry.length + 1 > lineWidth) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${entry}, `;
  }
  return [...lines, line.trimEnd()];
}

/** A comment, broken between words where it is too long. */
export function comment(text: string, indent: string): string[] {
  return brokenText(text, `${indent}//`);
}

/** A text, broken between words where it is too long, each line after what such lines start with. */
export function brokenText(text: string, start: string): string[] {
  const lines: string[] = [];
  let line = start;
  for (const word of visible(text).split(" ")) {
    if (line.length + 1 + word.length > lineWidth) {
      lines.push(line);
      line = start;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
