import { showName, visible } from "./checkName.js";
import { cut } from "./cut.js";
import { isClass } from "./isCallable.js";

const TypedArrayBase = Object.getPrototypeOf(Uint8Array) as { new (): object };

/** Any value as a message names it: `"2"`, `null`, `3n`, `a Date`. */
export function inWords(value: unknown): string {
  switch (typeof value) {
    case "string":
      return showName(value);
    case "bigint":
      return `${cut(String(value))}n`;
    case "function":
      return isClass(value as object) ? "a class" : "a function";
    case "object":
      return value === null ? "null" : withArticle(cut(kindOf(value)));
    default:
      return cut(String(value));
  }
}

/** What is to be done with a promise that stands where what it gives is taken: the end of a message. */
export function awaitIt(value: unknown): string {
  return value instanceof Promise ? "; await it" : "";
}

/** Whether a value is an object of no class. */
export function isPlain(value: object): boolean {
  return kindOf(value) === "object";
}

function kindOf(value: object): string {
  if (Array.isArray(value)) return "array";
  const name: unknown = value.constructor?.name;
  if (typeof name !== "string" || name === "" || name === "Object") return "object";
  return value instanceof TypedArrayBase && !ArrayBuffer.isView(value) ? `proxy of a ${name}` : name;
}

function withArticle(noun: string): string {
  return /^[aeiou]/i.test(noun) && !/^(uint|ur[il])/i.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** A record by its keys, `{ inputs, targets }`, where these are what is wrong with it; anything else as a message names it. */
export function keysInWords(value: unknown): string {
  if (typeof value !== "object" || value === null || !isPlain(value)) return inWords(value);
  return `{ ${visible(cut(Object.keys(value).join(", ")))} }`;
}
