import { showName } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { listNames } from "../../src/ir/nearest.js";
import { refusedFile } from "../host/filesFor.js";

/** `{epoch}`, `{val_loss:.2f}`: a name, and how its number is written, as in Python. */
const place = /\{(\w+)(?::(?:0(\d{1,2})d|\.(\d|1\d|20)f))?\}/g;

/** @throws SW_VALUE where something else stands in braces */
export function checkPattern(op: string, pattern: string): void {
  const wrong = /\{[^}]*\}?/.exec(pattern.replace(place, ""))?.[0];
  if (wrong === undefined) return;
  const message = `${op}: ${showName(wrong)} names no number; write {loss}, {epoch:03d} or {loss:.2f}`;
  throw new ShapewrightError("SW_VALUE", message, op);
}

/** What a pattern names. */
export function namesIn(pattern: string): string[] {
  return [...pattern.matchAll(place)].map(([, name]) => name!);
}

/** @throws SW_FILE where a pattern names what is not among `names` */
export function checkNames(op: string, pattern: string, names: readonly string[]): void {
  const strange = namesIn(pattern).find((name) => !names.includes(name));
  if (strange === undefined) return;
  throw refusedFile(op, `no number "${strange}" is reported for ${pattern}; there are ${listNames(strange, names)}`);
}

/** A file's name of a pattern: `"{epoch:02d}-{val_loss:.2f}"` is `"07-0.12"`. */
export function fileName(op: string, pattern: string, values: Readonly<Record<string, unknown>>): string {
  return pattern.replace(place, (_, name: string, digits?: string, decimals?: string) => {
    const value = values[name];
    if (typeof value !== "number") throw refusedFile(op, `"${name}" in ${pattern} is no number, but a list of them`);
    if (decimals !== undefined) return value.toFixed(Number(decimals));
    return String(value).padStart(Number(digits ?? 0), "0");
  });
}
