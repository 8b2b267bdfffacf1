import type { Chain, Explained, Finding, Fix, Step } from "../finding.js";
import { type ChangedLine, changedLines } from "./changed-lines.js";
import { cropFor, cropped } from "./cropped.js";
import { frame } from "./frame.js";
import { reading } from "./reading-texts.js";
import { fixWords, type Report, shownPath, titleOf } from "./report.js";
import { wrapped } from "./wrapped.js";

/** How text is laid out. */
export interface Layout {
  /** Colours a text, or leaves it as it is. */
  style(style: "bold" | "red" | "green" | "cyan" | "dim", text: string): string;
  /** Whether `style` colours. */
  readonly colored: boolean;
  /** How many columns there are. */
  readonly width: number;
  /** Whether changes are shown with whole lines, however long, for those who take them from there. */
  readonly whole?: boolean;
}

/** For people: each mistake with its code, what is wrong, the shapes that led there, and what to write instead. */
export function formatText(report: Report, layout: Layout): string {
  const sections = report.findings.map((finding) => section(finding, report, layout));
  return [...sections, summary(report, layout)].join("\n\n");
}

/** How many mistakes there are, and in how many files. */
export function summary({ findings, files }: Report, { style }: Layout): string {
  if (findings.length === 0) return style("green", `${counted(files.length, "file")}: no mistakes`);
  const wrong = new Set(findings.map(({ place }) => place.file)).size;
  const of = wrong < files.length ? ` of ${files.length}` : "";
  return style(
    "red",
    `${counted(findings.length, "mistake")} in ${wrong}${of} ${wrong + of === "1" ? "file" : "files"}`,
  );
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function section(finding: Finding, report: Report, layout: Layout): string {
  const { place, explained, message, rule } = finding;
  const { style, width } = layout;
  const where = place.file === "" ? "" : `${shownPath(report, place.file)}:${place.line}:${place.column}`;
  const id = explained ? style("dim", ` (${rule})`) : "";
  const title = `${style("red", titleOf(finding))}${id}`;
  const long = `${where}  ${titleOf(finding)} (${rule})`.length > width;
  const head = where === "" ? title : `${style("bold", where)}${long ? "\n" : "  "}${title}`;
  const code = place.file === "" ? [] : [frame(place, reading(report)(place.file), layout)];
  const text = explained ? explanation(explained, place.file, report, layout) : [paragraph(message, layout)];
  return [head, ...code, ...text].join("\n\n");
}

function explanation(explained: Explained, file: string, report: Report, layout: Layout): string[] {
  const { what, chains, fix, others = [] } = explained;
  const table = chains.length === 0 ? [] : [chainTable(chains, layout)];
  const parts = [fix, ...others].flatMap((one, i) => fixParts(i === 0 ? "Fix" : "Or", one, file, report, layout));
  return [paragraph(what, layout), ...table, ...parts];
}

function paragraph(text: string, { width }: Layout): string {
  const lines = text.split("\n").flatMap((line) => {
    const indent = " ".repeat(2 + line.length - line.trimStart().length);
    return wrapped(line, width - indent.length).map((part) => `${indent}${part}`);
  });
  return lines.join("\n");
}

/** How many steps of a chain are shown: its beginning, and what led to the mistake. */
const [firstSteps, lastSteps] = [2, 10];

/** The steps of a chain, without the middle of a long one. */
function elided(steps: readonly Step[]): readonly Step[] {
  const left = steps.length - firstSteps - lastSteps;
  if (left < 2) return steps;
  return [...steps.slice(0, firstSteps), { name: `… ${left} more …`, shape: "" }, ...steps.slice(-lastSteps)];
}

/** Every value on the way with its shape, in two columns; then what it is to the mistake, where that needs saying. */
function chainTable(chains: readonly Chain[], { style, width }: Layout): string {
  const shown = chains.map((chain) => ({ ...chain, steps: elided(chain.steps) }));
  const steps = shown.flatMap((chain) => chain.steps);
  const shapes = Math.max(...steps.map(({ shape = "?" }) => shape.length));
  const labels = Math.max(0, ...chains.map(({ label }) => (label === undefined ? 0 : label.length + 2)));
  const names = Math.max(...steps.map(({ name }) => name.length));
  const column = Math.max(16, Math.min(names, width - 6 - shapes - labels));
  const table = shown.flatMap(({ label, steps }) =>
    steps.map(({ name, shape = "?", wrong }, i) => {
      const short = cropped(name, { from: 0, width: column });
      if (wrong) return `  ${style("red", `✗ ${short}`)}`;
      if (shape === "") return `  ${style("dim", `  ${name}`)}`;
      const row = `  ${style("dim", i === 0 ? " " : "→")} ${short.padEnd(column)}  ${style("cyan", shape)}`;
      const said = label !== undefined && i === steps.length - 1;
      return said ? `${row}${" ".repeat(shapes - shape.length)}  ${style("dim", label)}` : row;
    }),
  );
  return table.join("\n");
}

/** The words, and the lines that change, as a diff. Those of another file than the mistake's stand under its name. */
function fixParts(head: string, fix: Fix, file: string, report: Report, layout: Layout): string[] {
  const { style, width } = layout;
  const words = wrapped(`${head}: ${fixWords(fix)}`, width - 2).map((line) => `  ${style("green", line)}`);
  const changed = changedLines(fix.edits, reading(report));
  const files = [...new Set(changed.map((line) => line.file))];
  const diffs = files.map((name) => {
    const lines = diffLines(
      changed.filter((line) => line.file === name),
      layout,
    );
    return (name === file ? lines : [style("dim", `  ${shownPath(report, name)}`), ...lines]).join("\n");
  });
  const gives = fix.gives === undefined ? [] : [`  ${style("dim", "→")} ${style("cyan", fix.gives)}`];
  return [words.join("\n"), [...diffs, ...gives].join("\n")].filter((part) => part !== "");
}

/** A line that changes stands beside what it becomes, both cut alike, so that the change is seen. */
export function diffLines(lines: readonly ChangedLine[], { style, width, whole }: Layout): string[] {
  if (whole) return lines.map(({ sign, number, text }) => `  ${sign} ${String(number ?? "").padStart(3)} | ${text}`);
  return lines.map(({ sign, number, text }, i) => {
    const other = sign === "-" ? lines[i + 1] : lines[i - 1];
    const pair = other && other.sign !== sign ? other.text : text;
    const gutter = `  ${sign} ${String(number ?? "").padStart(3)} | `;
    const crop = cropFor(Math.max(text.length, pair.length), difference(text, pair), width - gutter.length);
    return style(sign === "-" ? "red" : "green", `${gutter}${cropped(text, crop)}`);
  });
}

/** The columns in which the longer of two lines differs from the other. */
function difference(a: string, b: string): { from: number; to: number } {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let behind = 0;
  while (behind < Math.min(a.length, b.length) - from && a.at(-1 - behind) === b.at(-1 - behind)) behind++;
  return { from, to: Math.max(a.length, b.length) - behind };
}
