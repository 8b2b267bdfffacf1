import { structuredPatch } from "diff";
import { applyEdits } from "../apply-edits.js";
import type { Edit } from "../finding.js";
import type { ReadText } from "./reading-texts.js";

/** A line that edits take away or bring. */
export interface ChangedLine {
  readonly file: string;
  readonly sign: "-" | "+";
  /** Its number, in the file before for "-", after for "+"; none for an import. */
  readonly number?: number;
  readonly text: string;
}

/**
 * The lines that edits change. An import that they make longer is told as `import { flatten } from "shapewright";`, which
 * says more than both of the long lines.
 */
export function changedLines(edits: readonly Edit[], read: ReadText): ChangedLine[] {
  const files = [...new Set(edits.map(({ file }) => file))];
  return files.flatMap((file) => {
    const own = edits.filter((edit) => edit.file === file);
    const added = own.filter(({ imports }) => imports);
    const moduleOf = ({ from = "shapewright" }: Edit) => from;
    const imported = [...new Set(added.map(moduleOf))].map((module): ChangedLine => {
      const names = added.filter((edit) => moduleOf(edit) === module).map(({ imports }) => imports);
      return { file, sign: "+", text: `import { ${names.sort().join(", ")} } from "${module}";` };
    });
    return [
      ...linesOf(
        file,
        own.filter(({ imports }) => imports === undefined),
        read(file),
      ),
      ...imported,
    ];
  });
}

function linesOf(file: string, edits: readonly Edit[], before: string): ChangedLine[] {
  const { hunks } = structuredPatch("", "", before, applyEdits(before, edits), "", "", { context: 0 });
  return hunks.flatMap(({ oldStart, newStart, lines }) => {
    const next = { "-": oldStart, "+": newStart };
    return lines.flatMap((line) => {
      const sign = line[0];
      return sign === "-" || sign === "+" ? [{ file, sign, number: next[sign]++, text: line.slice(1) }] : [];
    });
  });
}
