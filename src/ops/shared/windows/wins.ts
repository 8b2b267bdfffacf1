/** Whether a number takes the place of another as the largest of a window: of equal ones, or of NaNs, the first stays. */
export function wins(value: number, largest: number): boolean {
  return value > largest || (Number.isNaN(value) && !Number.isNaN(largest));
}
