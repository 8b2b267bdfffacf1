import { NotEvaluated } from "./notEvaluated.js";

/** How many elements a list may have that is made by its length. */
const mostElements = 100_000;

type Lengthy = { readonly length: number };

function notTooLong<T>(source: T): T {
  if ((source as Lengthy).length > mostElements) throw new NotEvaluated("a list is too long");
  return source;
}

const typedArrays = { Float32Array, Float64Array, Int32Array, Uint8Array } as const;

/** What code may use of JavaScript's own: nothing that reads or writes anything, is drawn, or makes functions of texts. */
export const globals: Readonly<Record<string, unknown>> = {
  undefined,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  Number: (value: unknown) => Number(value),
  String: (value: unknown) => String(value),
  Math: Object.fromEntries(
    Object.getOwnPropertyNames(Math).flatMap((name) =>
      name === "random" ? [] : [[name, Math[name as keyof Math]] as const],
    ),
  ),
  Array: {
    isArray: (value: unknown) => Array.isArray(value),
    from: (source: Lengthy, f: (value: unknown, index: number) => unknown = (value) => value) =>
      Array.from(notTooLong(source), f),
  },
  Object: {
    entries: (value: object) => Object.entries(value),
    fromEntries: (entries: [string, unknown][]) => Object.fromEntries(entries),
    keys: (value: object) => Object.keys(value),
    values: (value: object) => Object.values(value),
  },
  ...Object.fromEntries(
    Object.entries(typedArrays).map(([name, type]) => [
      name,
      {
        type: name,
        from: (source: Lengthy, f: (value: unknown, index: number) => unknown = (value) => value) =>
          type.from(Array.from(notTooLong(source), f) as number[]),
      },
    ]),
  ),
};

/** What makes lists of numbers, by what code has in its place; undefined for anything else. */
export function typedArrayOf(global: unknown): (typeof typedArrays)[keyof typeof typedArrays] | undefined {
  return Object.entries(typedArrays).find(([name]) => globals[name] === global)?.[1];
}
