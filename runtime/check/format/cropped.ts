/** A window onto long lines: as many columns as there is room for, so that a range of them is seen. */
export interface Crop {
  readonly from: number;
  readonly width: number;
}

/** How much is shown behind what must be seen. */
const margin = 20;

/**
 * The window to show lines through.
 *
 * @param longest the length of the longest line
 * @param range the columns, from 0, that must be seen; its beginning, where it is too long
 */
export function cropFor(longest: number, range: { from: number; to: number }, width: number): Crop {
  if (longest <= width || range.to < width) return { from: 0, width };
  // Enough to show the end, and a little behind it, but never so much that the beginning is lost.
  const from = Math.min(longest - width, range.to + margin - width, range.from - 1);
  return { from: Math.max(0, from), width };
}

/** A line through a window, with `…` where it goes on. */
export function cropped(line: string, { from, width }: Crop): string {
  const head = from > 0 && line.length > 0 ? `…${line.slice(from + 1)}` : line.slice(from);
  return head.length > width ? `${head.slice(0, width - 1)}…` : head;
}
