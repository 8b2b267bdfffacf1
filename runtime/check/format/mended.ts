import type { Mended } from "../mend.js";
import { type Report, shownPath, titleOf } from "./report.js";
import { counted, diffLines, formatText, type Layout } from "./text.js";

/** For people: what was changed, or would be, and what is left. */
export function formatMended({ made }: Mended, left: Report, isWritten: boolean, layout: Layout): string {
  if (made.length === 0) return formatText(left, layout);
  const { style } = layout;
  const sections = made.map(({ finding, lines }) => {
    const { file, line, column } = finding.place;
    const head = `${style("bold", `${shownPath(left, file)}:${line}:${column}`)}  ${titleOf(finding)}`;
    return [head, ...diffLines(lines, layout)].join("\n");
  });
  const files = new Set(made.flatMap(({ lines }) => lines.map(({ file }) => file))).size;
  const done = isWritten ? "mended" : "would be mended; nothing is written";
  const count = style("green", `${counted(made.length, "mistake")} in ${counted(files, "file")} ${done}`);
  return [...sections, count, formatText(left, layout)].join("\n\n");
}
