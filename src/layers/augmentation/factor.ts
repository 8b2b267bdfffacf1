import { oneOrTwo } from "../../ir/oneOrTwo.js";
import { bitCount, listOf, type OptionRule } from "../../ir/options.js";
import type { Bounds } from "./drawn.js";

/** How much is changed: up to so much in both directions, or between two bounds. */
export type Factor = number | Bounds;

/** How many of 8 bits are kept, or two such numbers. */
export const aBitCount: OptionRule = oneOrTwo(bitCount);

/** Two values of a kind. */
export function aPair({ takes, accepts }: OptionRule): OptionRule {
  const list = listOf({ takes, accepts });
  return {
    takes: `two numbers of which each is ${takes}`,
    accepts: (value) => list.accepts(value) && (value as readonly unknown[]).length === 2,
  };
}

/** The bounds of a factor: of a number, it below and above 0, but not below the least that there is. */
export function boundsOf(factor: Factor, least = -1): Bounds {
  const [low, high] = typeof factor === "number" ? [-Math.abs(factor), Math.abs(factor)] : factor;
  return [Math.max(Math.min(low, high), least), Math.max(low, high)];
}
