/** Whether a number is finite, and would not be as float32: 1e39 would become infinite. */
export function overflowsFloat32(value: unknown): value is number {
  return Number.isFinite(value) && !Number.isFinite(Math.fround(value as number));
}

/** Says so, after what the number is of. */
export function overflow(value: number): string {
  return `is ${value}, which float32 does not hold (-3.4e38 to 3.4e38)`;
}
