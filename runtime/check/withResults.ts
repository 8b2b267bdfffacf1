import { ts } from "ts-morph";
import { applyEdits } from "./apply-edits.js";
import type { Edit, Finding, Fix } from "./finding.js";
import { type OpenedProgram, withTexts } from "./open-program.js";
import { provenanceOf, sessionOf } from "./origins.js";
import type { Reading } from "./reading.js";
import { describe } from "./shapes.js";
import { nodeAt, siteOf } from "./site.js";

/** How many fixes are tried: each is a second look at a file. */
const most = 24;

/**
 * Findings with several fixes, each with the shape that it leads to, as the types tell it of the mended code. Of the further ones those that
 * leave the mistake, or make another in its place, are left out.
 */
export function withResults(opened: readonly OpenedProgram[], findings: readonly Finding[]): Finding[] {
  let left = most;
  return findings.map((finding) => {
    const { explained } = finding;
    const program = opened.find(({ files }) => files.includes(finding.place.file));
    if (!explained?.others || !program) return finding;
    const { others: all, ...own } = explained;
    if (left < all.length + 1) return { ...finding, explained: own };
    left -= all.length + 1;
    const [first, ...further] = [own.fix, ...all].map((fix) => tried(program, finding, fix));
    const others = further.flatMap(({ fix, isMended }) => (isMended ? [fix] : []));
    const fix = others.length > 0 ? first!.fix : own.fix;
    return { ...finding, explained: { ...own, fix, ...(others.length > 0 && { others }) } };
  });
}

/** A fix with what it gives, and whether nothing is wrong there any more. */
function tried(opened: OpenedProgram, { place }: Finding, fix: Fix): { readonly fix: Fix; readonly isMended: boolean } {
  const before = opened.program.getSourceFile(place.file)!;
  const reading: Reading = { checker: opened.program.getTypeChecker(), sequentialShapes: () => [] };
  const call = siteOf(reading, before, place.start, place.end - place.start)?.call;
  if (!call || fix.edits.length === 0) return { fix, isMended: false };
  const files = [...new Set(fix.edits.map(({ file }) => file))];
  const texts = files.map((file) => {
    const own = fix.edits.filter((edit) => edit.file === file);
    return [file, applyEdits(opened.program.getSourceFile(file)!.text, own)] as const;
  });
  const { program } = withTexts(opened, new Map(texts));
  const source = program.getSourceFile(place.file)!;
  const [start, end] = movedRange(
    call,
    fix.edits.filter(({ file }) => file === place.file),
  );
  const wrong = program
    .getSemanticDiagnostics(source)
    .some((error) => error.category === ts.DiagnosticCategory.Error && error.start! < end && error.start! >= start);
  const isMended = !wrong && program.getSyntacticDiagnostics(source).length === 0;
  const gives = resultOf(program.getTypeChecker(), nodeAt(source, start, end));
  return { fix: gives === undefined ? fix : { ...fix, gives }, isMended };
}

/** Where a call is once edits are made; what is put around it belongs to it. */
function movedRange(call: ts.CallExpression, edits: readonly Edit[]): [start: number, end: number] {
  const [from, to] = [call.getStart(), call.end];
  const longer = (own: readonly Edit[]) =>
    own.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
  return [
    from + longer(edits.filter(({ start }) => start < from)),
    to + longer(edits.filter(({ start }) => start <= to)),
  ];
}

/** The shape of what an expression gives: of a call of a session, what its model gives. */
function resultOf(checker: ts.TypeChecker, node: ts.Node | undefined): string | undefined {
  if (!node || !ts.isCallExpression(node)) return undefined;
  const own = describe(checker, node);
  if (own !== undefined) return own;
  const { output } = provenanceOf(checker, sessionOf(node));
  return output && describe(checker, output);
}
