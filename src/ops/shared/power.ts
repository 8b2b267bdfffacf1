/** aᵇ by IEEE 754, of which JavaScript's differs: 1 to any power is 1, and so is -1 to ±∞. */
export function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY) ? 1 : a ** b;
}
