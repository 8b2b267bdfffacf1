import { expect } from "vitest";

/** Expects numbers of an independent source, to within a share of the largest of them. */
export function expectNumbers(
  actual: ArrayLike<number>,
  wanted: readonly number[],
  name: string,
  tolerance = 2e-5,
): void {
  expect(actual.length, name).toBe(wanted.length);
  const scale = Math.max(...wanted.map(Math.abs));
  for (const [i, value] of wanted.entries()) {
    expect(Math.abs(actual[i]! - value), `${name}[${i}]: ${actual[i]}, not ${value}`).toBeLessThan(tolerance * scale);
  }
}
