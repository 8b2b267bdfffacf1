import { expect, test } from "vitest";
import { guarded, publicFunctions } from "./guardArguments.js";

test("public functions and methods are guarded by the most that they declare, in the lines in which they stood", () => {
  const guard = (takes: number, name: string, ...names: string[]) =>
    ` if (arguments.length > ${takes}) refuseExtra$("${name}", ${JSON.stringify(names)}, arguments);`;
  const lines = [
    ["export function f(x: number, options: O = {}): number {", guard(2, "f", "x", "options")],
    ["  return own(x); }"],
    ["export function own(x: number) { return x; }"],
    ["export function g(a: A): void; export function g(a: A, b?: B): void;"],
    ["export function g(a: unknown, b?: unknown): void {", guard(2, "g", "a", "b"), " }"],
    ["export function any(...given: unknown[]) { return given; }"],
    ["export async function none() {", guard(0, "none"), " }"],
    ["export class C { #own(x: number) {} get size() { return 0; }"],
    ["  map<E>(change: (x: E) => E) {", guard(1, "map", "change"), " } }"],
    ["export const made = opFunction(() => 1);"],
  ];
  const code = lines.map(([begin, , end = ""]) => begin + end).join("\n");
  const functions = publicFunctions(code, new Set(["f", "g", "any", "none", "C", "made"]));
  const expected = lines.map((line) => line.join("")).join("\n");
  expect(guarded(code, functions, "./refuseExtra.ts")).toBe(
    `import { refuseExtra as refuseExtra$ } from "./refuseExtra.ts"; ${expected}`,
  );
});
