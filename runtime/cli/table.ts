import { visible } from "../../src/ir/checkName.js";
import type { Terminal } from "./terminal.js";

/** A column of a table: its heading, and which side its cells lie on. */
export interface Column {
  readonly heading: string;
  readonly align: "left" | "right";
}

/** Lines of totals: what is counted, and two measures of it. */
export function totalsTable(rows: readonly (readonly string[])[]): string[] {
  const plain = (["left", "right", "right"] as const).map((align) => ({ heading: "", align }));
  return lines(plain, rows, (cell) => cell, Number.POSITIVE_INFINITY).slice(1);
}

/**
 * Lines of a table whose columns are as wide as their widest cell, two spaces apart. Where a terminal is narrower, a name in the first
 * column that is too long has a line of its own, so that nothing breaks in the middle of a word.
 *
 * @param styled changes a cell once it has its width: `row` counts from 0, and is -1 for the headings, which are bold unless said otherwise
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { style, piped, columns: width }: Pick<Terminal, "style" | "piped" | "columns">,
  styled: (cell: string, row: number) => string = (cell, row) => (row === -1 ? style("bold", cell) : cell),
): string[] {
  return lines(columns, rows, styled, piped ? Number.POSITIVE_INFINITY : width);
}

/** A name of no more than this never has a line of its own. */
const shortName = 12;

function lines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  styled: (cell: string, row: number) => string,
  width: number,
): string[] {
  // A cell may hold what a user has named.
  const cells = [columns.map(({ heading }) => heading), ...rows].map((line) => line.map(visible));
  const widths = columns.map((_, i) => cells.reduce((most, line) => Math.max(most, line[i]!.length), 0));
  const all = widths.reduce((sum, one) => sum + one + 2, -2);
  const least = Math.min(widths[0]!, shortName);
  widths[0] = Math.max(least, Math.min(widths[0]!, widths[0]! - all + width));
  const pad = (cell: string, i: number) =>
    columns[i]!.align === "left" ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!);
  return cells.flatMap((line, row) => {
    const isLong = line[0]!.length > widths[0]!;
    const shown = (isLong ? ["", ...line.slice(1)] : line).map((cell, i) => styled(pad(cell, i), row - 1));
    return [...(isLong ? [line[0]!] : []), shown.join("  ").trimEnd()];
  });
}
