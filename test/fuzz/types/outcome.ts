import * as language from "../../../compiler/language.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { isTensor } from "../../../src/ir/node.js";
import type { AnyTensor } from "../../../src/ir/tensor.js";
import { bodyOf, type Program } from "./program.js";

/** What a program gives: a tensor, or several in a list or by name. As far as the types tell: `"?"` is a size that they don't. */
export type Result =
  | { readonly shape: readonly (number | string)[] | "any rank"; readonly dtype: string }
  | readonly Result[]
  | { readonly fields: Readonly<Record<string, Result>> }
  | { readonly text: string };

/** What became of a program: accepted, with what it gives, or refused, with what is said. */
export interface Outcome {
  readonly result?: Result;
  readonly messages: readonly string[];
}

/** Builds what the program says; nothing is computed. What else than a refusal is thrown is our own mistake. */
export function run(program: Program): Outcome {
  try {
    const build = new Function("language", `with (language) { ${bodyOf(program)} }`);
    return { result: resultOf(build(language)), messages: [] };
  } catch (error) {
    if (error instanceof ShapewrightError && error.code !== "SW_INTERNAL") return { messages: [error.message] };
    throw new Error(`${program.op} fails instead of refusing: ${error}`, { cause: error });
  }
}

function resultOf(value: unknown): Result {
  if (isTensor(value)) {
    const { shape, dtype } = value as AnyTensor;
    return { shape, dtype };
  }
  if (Array.isArray(value)) return value.map(resultOf);
  if (typeof value !== "object" || value === null) return { text: typeof value };
  return { fields: Object.fromEntries(Object.entries(value).map(([name, field]) => [name, resultOf(field)])) };
}
