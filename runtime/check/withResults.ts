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
 * Findings with several fixes, each with the shape that it leads to, as the types tell it of the mended code. Left out are those after which
 * more is wrong there than after another, or as much as before; fixes in words alone cannot be tried, and stay. All stay where none mends, and
 * where too many would have to be tried.
 */
export function withResults(opened: readonly OpenedProgram[], findings: readonly Finding[]): Finding[] {
  let left = most;
  return findings.map((finding) => {
    const { explained } = finding;
    const program = opened.find(({ files }) => files.includes(finding.place.file));
    if (!explained?.others || !program) return finding;
    const { fix: likeliest, others: further, ...own } = explained;
    const all = [likeliest, ...further];
    if (left < all.length) return finding;
    left -= all.length;
    const results = all.map((one): Result | undefined =>
      one.edits.length === 0 ? { fix: one } : tried(program, finding, one),
    );
    const least = Math.min(...results.flatMap((result) => result?.wrong ?? []));
    const [fix, ...others] = results.flatMap((result) =>
      result && (result.wrong ?? least) === least ? result.fix : [],
    );
    const isMended = fix && least < Number.POSITIVE_INFINITY;
    return isMended ? { ...finding, explained: { ...own, fix, ...(others.length > 0 && { others }) } } : finding;
  });
}

/** A fix with what it gives. */
interface Result {
  readonly fix: Fix;
  /** How much is wrong there still. Absent of what cannot be tried. */
  readonly wrong?: number;
}

/** What a fix leads to; undefined where as much is wrong as before. */
function tried(opened: OpenedProgram, { place }: Finding, fix: Fix): Result | undefined {
  const before = opened.program.getSourceFile(place.file)!;
  const reading: Reading = { checker: opened.program.getTypeChecker(), sequentialShapes: () => [] };
  const call = siteOf(reading, before, place.start, place.end - place.start)?.call;
  if (!call) return undefined;
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
  const wrongBefore = errorsWithin(opened.program, before, call.getStart(), call.end);
  const wrong = errorsWithin(program, source, start, end);
  if (wrong >= wrongBefore || program.getSyntacticDiagnostics(source).length > 0) return undefined;
  const gives = resultOf(program.getTypeChecker(), nodeAt(source, start, end));
  return { fix: gives === undefined ? fix : { ...fix, gives }, wrong };
}

/** How much is wrong in a part of a file. */
function errorsWithin(program: ts.Program, source: ts.SourceFile, from: number, to: number): number {
  const isWithin = ({ start }: ts.Diagnostic) => start !== undefined && start >= from && start < to;
  const errors = program.getSemanticDiagnostics(source).filter(isWithin);
  return errors.filter(({ category }) => category === ts.DiagnosticCategory.Error).length;
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
