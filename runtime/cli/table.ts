import { visible } from "../../src/ir/checkName.js";

/** A column of a table: its heading, and which side its cells lie on. */
export interface Column {
  readonly heading: string;
  readonly align: "left" | "right";
}

/** Lines of totals: what is counted, and two measures of it. */
export function totalsTable(rows: readonly (readonly string[])[]): string[] {
  const plain = (["left", "right", "right"] as const).map((align) => ({ heading: "", align }));
  return table(plain, rows).slice(1);
}

/**
 * Lines of a table whose columns are as wide as their widest cell, two spaces apart.
 *
 * @param style changes a cell once it has its width: `row` counts from 0, and is -1 for the headings
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: (cell: string, row: number, column: number) => string = (cell) => cell,
): string[] {
  // A cell may hold what a user has named.
  const lines = [columns.map(({ heading }) => heading), ...rows].map((line) => line.map(visible));
  const widths = columns.map((_, i) => lines.reduce((most, line) => Math.max(most, line[i]!.length), 0));
  const pad = (cell: string, i: number) =>
    columns[i]!.align === "left" ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!);
  return lines.map((line, row) =>
    line
      .map((cell, i) => style(pad(cell, i), row - 1, i))
      .join("  ")
      .trimEnd(),
  );
}
