import { change, inBytes, inPrefixes, inThousands } from "../../../compiler/units.js";
import { wrapped } from "../../check/format/wrapped.js";
import { type Column, table } from "../table.js";
import type { Terminal } from "../terminal.js";
import type { Figures, GraphReport } from "./report.js";

const columns: readonly { readonly heading: string; readonly of: keyof Figures; show(value: number): string }[] = [
  { heading: "nodes", of: "nodes", show: inThousands },
  { heading: "kernels", of: "kernels", show: inThousands },
  { heading: "FLOPs", of: "flops", show: inPrefixes },
  { heading: "bytes", of: "bytes", show: inBytes },
  { heading: "peak", of: "peakBytes", show: inBytes },
];

/** What a person calls each graph. */
const titles = { train: "train: one step", evaluate: "evaluate: one batch", predict: "predict: one batch" };

/** One graph's table: what there was, what each pass left (a dot where it changed nothing), and the change in all. */
export function reportAsTable(name: keyof typeof titles, report: GraphReport, terminal: Terminal): string[] {
  const { style, columns: width } = terminal;
  const { before, after, passes, idle } = report;
  const headings: Column[] = [
    { heading: titles[name], align: "left" },
    ...columns.map(({ heading }) => ({ heading, align: "right" as const })),
  ];
  const rows = [
    ["before any pass", ...columns.map(({ of, show }) => show(before[of]))],
    ...passes.map((row) => [
      row.pass,
      ...columns.map(({ of, show }) => (row.after[of] === row.before[of] ? "·" : show(row.after[of]))),
    ]),
    ["after all passes", ...columns.map(({ of, show }) => show(after[of]))],
    ["change", ...columns.map(({ of }) => change(before[of], after[of]))],
  ];
  const lines = table(headings, rows, terminal, (cell, row) => {
    if (row === -1 || row === rows.length - 2) return style("bold", cell);
    return cell.trim() === "·" ? style("dim", cell) : cell;
  });
  if (idle.length === 0) return lines;
  return [...lines, ...wrapped(`nothing to do for ${idle.join(", ")}`, width).map((line) => style("dim", line))];
}
