import { inWords } from "../src/ir/inWords.js";
import { kindOf } from "./kindOf.js";

const wanted = {
  model: { from: "model()", instead: "a program, which is compiled already: give it to open()" },
  program: { from: "compile()", instead: "a model: compile it first" },
} as const;

/** The message for something that is no model, or no program, if it is not. */
export function checkKind(op: string, value: unknown, kind: keyof typeof wanted): string | undefined {
  const found = kindOf(value);
  if (found === kind) return undefined;
  const { from, instead } = wanted[kind];
  return `${op}: takes what ${from} makes, but this is ${found ? instead : inWords(value)}`;
}
