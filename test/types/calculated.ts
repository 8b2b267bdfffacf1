import fc from "fast-check";
import { addDims, ceilDivideDims, floorDivideDims, multiplyDims, subtractDims } from "../../src/types/arithmetic.js";
import type { Dim } from "../../src/types/dim.js";

const rules = {
  plus: [addDims, (a: number, b: number) => a + b],
  minus: [subtractDims, (a: number, b: number) => a - b],
  times: [multiplyDims, (a: number, b: number) => a * b],
  floor: [floorDivideDims, (a: number, b: number) => Math.floor(a / b)],
  ceil: [ceilDivideDims, (a: number, b: number) => Math.ceil(a / b)],
} as const;

/** A calculation with sizes: a number, a name, or two calculations put together. Divisors are numbers above zero, or names. */
export type Calculated = Dim | readonly [left: Calculated, rule: keyof typeof rules, right: Calculated];

/** Random calculations with the names a, b and c. */
export const calculated: fc.Arbitrary<Calculated> = fc.letrec<{ size: Dim; calculation: Calculated }>((tie) => {
  const name = fc.constantFrom("a", "b", "c");
  return {
    size: fc.oneof(name, fc.integer({ min: 1, max: 12 })),
    calculation: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      tie("size"),
      fc.tuple(tie("calculation"), fc.constantFrom("plus", "minus", "times"), tie("calculation")),
      fc.tuple(tie("calculation"), fc.constantFrom("floor", "ceil"), tie("size")),
    ) as fc.Arbitrary<Calculated>,
  };
}).calculation;

/** Its result as a size. */
export function dimOf(calculation: Calculated): Dim {
  if (typeof calculation !== "object") return calculation;
  const [left, rule, right] = calculation;
  return rules[rule][0](dimOf(left), dimOf(right));
}

/** Its result where the names have values. */
export function resultOf(calculation: Calculated, names: Readonly<Record<string, number>>): number {
  if (typeof calculation === "number") return calculation;
  if (typeof calculation === "string") return names[calculation]!;
  const [left, rule, right] = calculation;
  return rules[rule][1](resultOf(left, names), resultOf(right, names));
}
