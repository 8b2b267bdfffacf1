/** A number in as many digits as are shown. What is infinite or NaN is null, as JSON has it. */
export function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : null;
}
