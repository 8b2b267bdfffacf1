import { codeFrameColumns } from "@babel/code-frame";
import type { Place } from "../finding.js";
import { cropFor, cropped } from "./cropped.js";

/** What ends a line to TypeScript, and to what prints the frame. */
const lineEnds = /\r\n|[\n\r\u2028\u2029]/;
const linesAbove = 2;
const linesBelow = 1;

/** The lines around a place, with the place marked; as much of them as there is room for. */
export function frame(
  { line, column, endLine, endColumn }: Place,
  text: string,
  { width, colored }: { readonly width: number; readonly colored: boolean },
): string {
  const lines = text.split(lineEnds);
  // Of what goes over many lines, only the beginning is marked: else it would be all that is seen.
  const long = endLine - line > 4;
  const [lastLine, end] = long ? [line, lines[line - 1]!.length + 1] : [endLine, endColumn];
  const shown = lines.slice(Math.max(0, line - 1 - linesAbove), lastLine + linesBelow);
  const gutter = `> ${lastLine + linesBelow} | `.length;
  const longest = Math.max(...shown.map(({ length }) => length));
  const range = { from: column - 1, to: lastLine === line ? end - 1 : column };
  const crop = cropFor(longest, range, width - gutter);
  const code = lines.map((text) => cropped(text, crop)).join("\n");
  const inside = (place: number) => Math.min(Math.max(1, place - crop.from), crop.width + 1);
  const location = { start: { line, column: inside(column) }, end: { line: lastLine, column: inside(end) } };
  return codeFrameColumns(code, location, { linesAbove, linesBelow, highlightCode: colored, forceColor: colored });
}
