import { readFileSync } from "node:fs";
import { codeFrameColumns } from "@babel/code-frame";
import { structuredPatch } from "diff";
import { applyEdits } from "../apply-edits.js";
import type { Chain, Explained, Finding, Fix } from "../finding.js";
import { type Report, shownPath, titleOf } from "./report.js";
import { wrapped } from "./wrapped.js";

/** How text is laid out. */
export interface Layout {
  /** Colours a text, or leaves it as it is. */
  style(style: "bold" | "red" | "green" | "cyan" | "dim", text: string): string;
  /** Whether `style` colours. */
  readonly colored: boolean;
  /** How many columns there are. */
  readonly width: number;
}

/** For people: each mistake with its code, what is wrong, the shapes that led there, and what to write instead. */
export function formatText(report: Report, layout: Layout): string {
  const sections = report.findings.map((finding) => section(finding, report, layout));
  return [...sections, summary(report, layout)].join("\n\n");
}

function summary({ findings, files }: Report, { style }: Layout): string {
  const checked = counted(files.length, "file");
  if (findings.length === 0) return style("green", `${checked}: no mistakes`);
  const wrong = new Set(findings.map(({ place }) => place.file)).size;
  return style("red", `${checked}: ${counted(findings.length, "mistake")}${files.length > 1 ? ` in ${wrong}` : ""}`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function section(finding: Finding, report: Report, layout: Layout): string {
  const { place, explained, message } = finding;
  const { style } = layout;
  const where = `${shownPath(report, place.file)}:${place.line}:${place.column}`;
  const rule = explained ? style("dim", ` (${finding.rule})`) : "";
  const head = `${style("bold", where)}  ${style("red", titleOf(finding))}${rule}`;
  const parts = [head, frame(finding, layout)];
  if (explained)
    parts.push(paragraph(explained.what, layout), ...chains(explained), fixPart(explained.fix, report, layout));
  else parts.push(...message.split("\n").map((line) => paragraph(line, layout)));
  return parts.filter((part) => part !== "").join("\n\n");
  function chains({ chains }: Explained): string[] {
    return chains.length === 0 ? [] : [chainTable(chains, layout)];
  }
}

function frame({ place }: Finding, { colored }: Layout): string {
  if (place.file === "") return "";
  const { line, column, endLine, endColumn } = place;
  // Only where it begins, when it is long: a frame of a whole object would hide what is around it.
  const end = endLine - line > 4 ? { line, column: column + 1 } : { line: endLine, column: endColumn };
  return codeFrameColumns(
    readFileSync(place.file, "utf8"),
    { start: { line, column }, end },
    {
      linesAbove: 2,
      linesBelow: 1,
      highlightCode: colored,
      forceColor: colored,
    },
  );
}

function paragraph(text: string, { width }: Layout): string {
  return wrapped(text, width - 2)
    .map((line) => `  ${line}`)
    .join("\n");
}

/** Every value on the way with its shape, in two columns. */
function chainTable(chains: readonly Chain[], { style, width }: Layout): string {
  const longest = Math.max(...chains.flatMap(({ steps }) => steps.map(({ name }) => name.length)));
  const column = Math.min(longest, width - 30);
  const title = (chain: Chain) => style("dim", `  The shapes of ${chain.of}:`);
  const table = chains.map((chain) => {
    const rows = chain.steps.map(({ name, shape }, i) => {
      const arrow = i === 0 ? " " : "→";
      return `  ${style("dim", arrow)} ${name.padEnd(column)}  ${style("cyan", shape ?? "?")}`;
    });
    return [title(chain), ...rows].join("\n");
  });
  return table.join("\n");
}

function fixPart({ words, edits }: Fix, report: Report, layout: Layout): string {
  const { style, width } = layout;
  const text = wrapped(`Fix: ${words}`, width - 2).map((line) => `  ${style("green", line)}`);
  const files = [...new Set(edits.map(({ file }) => file))];
  const diffs = files.map((file) => {
    const before = readFileSync(file, "utf8");
    const after = applyEdits(
      before,
      edits.filter((edit) => edit.file === file),
    );
    const { hunks } = structuredPatch(file, file, before, after, "", "", { context: 0 });
    const lines = hunks.flatMap(({ oldStart, newStart, lines }) => {
      let [old, added] = [oldStart, newStart];
      return lines.flatMap((line) => {
        if (line.startsWith("-")) return [style("red", `  - ${String(old++).padStart(3)} | ${line.slice(1)}`)];
        return line.startsWith("+") ? [style("green", `  + ${String(added++).padStart(3)} | ${line.slice(1)}`)] : [];
      });
    });
    return [...(file === report.files[0] && files.length === 1 ? [] : []), ...lines].join("\n");
  });
  return [text.join("\n"), ...diffs].join("\n\n");
}
