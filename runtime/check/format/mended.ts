import type { Mended } from "../mend.js";
import { type Report, shownPath, titleOf } from "./report.js";
import { counted, diffLines, formatText, type Layout } from "./text.js";

/** For people: what was changed, or would be, and what is left, with what of that is theirs to decide. */
export function formatMended({ made }: Mended, left: Report, isWritten: boolean, layout: Layout): string {
  const { style } = layout;
  const sections = made.map(({ finding, lines }) => {
    const { file, line, column } = finding.place;
    const head = `${style("bold", `${shownPath(left, file)}:${line}:${column}`)}  ${titleOf(finding)}`;
    return [head, ...diffLines(lines, layout)].join("\n");
  });
  const files = new Set(made.flatMap(({ lines }) => lines.map(({ file }) => file))).size;
  const done = isWritten ? "mended" : "would be mended; nothing is written";
  const count = style("green", `${counted(made.length, "mistake")} in ${counted(files, "file")} ${done}`);
  const open = left.findings.filter(({ explained }) => explained?.others).length;
  const which =
    open === 1 ? "1 mistake has several fixes, which mean" : `${open} mistakes have several fixes each, which mean`;
  const parts = made.length > 0 ? [...sections, count] : [];
  const decide = open > 0 ? [style("bold", `${which} different things: --fix leaves the choice to you`)] : [];
  return [...parts, formatText(left, layout), ...decide].join("\n\n");
}
