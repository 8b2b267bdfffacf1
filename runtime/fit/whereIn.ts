/** Where training is after some steps of an epoch, counted from 0. */
export function whereIn(epoch: number, steps: number): string {
  if (steps > 0) return `after step ${steps} of epoch ${epoch + 1}`;
  return epoch > 0 ? `after epoch ${epoch}` : "before the first step";
}
