import { applyEdits } from "./apply-edits.js";
import { findingsOf } from "./diagnose.js";
import type { Edit, Finding } from "./finding.js";
import { type ChangedLine, changedLines } from "./format/changed-lines.js";
import { reading } from "./format/reading-texts.js";
import { type OpenedProgram, openPrograms, withTexts } from "./open-program.js";
import { withResults } from "./withResults.js";

/** A mistake that was mended, with the lines that changed. */
export interface Made {
  readonly finding: Finding;
  readonly lines: readonly ChangedLine[];
}

/** What becomes of files whose mistakes are mended. Nothing is written. */
export interface Mended {
  /** The texts of the files that changed. */
  readonly texts: ReadonlyMap<string, string>;
  /** The texts that the files had when they were checked. */
  readonly former: ReadonlyMap<string, string>;
  readonly made: readonly Made[];
  /** What is wrong in the texts, in the order of the files; with what the fixes lead to where there are several. */
  readonly left: readonly Finding[];
}

/** Files as they are, or would be, and what is wrong in them. */
interface State {
  readonly texts: ReadonlyMap<string, string>;
  readonly opened: readonly OpenedProgram[];
  readonly findings: readonly Finding[];
}

/** How many mistakes may come to light behind one, each mended in turn, before there have to be fewer than before. */
const deepest = 3;

/**
 * Makes the changes that explanations propose, as often as there are any, and only those after which there are fewer mistakes: a
 * mistake that comes to light where another was is mended with it, or both are left. Left is, too, what several fixes mend: they mean different
 * things, of which people choose.
 *
 * @param files absolute paths; no others are changed
 */
export function mend(files: readonly string[]): Mended {
  const opened = openPrograms(files);
  const look = (opened: readonly OpenedProgram[], texts: ReadonlyMap<string, string>): State => ({
    texts,
    opened,
    findings: findingsOf(opened, files),
  });
  const check = (texts: ReadonlyMap<string, string>) =>
    look(
      opened.map((program) => withTexts(program, texts)),
      texts,
    );
  const made: Made[] = [];
  const hopeless = new Set<string>();
  const former = new Map(
    opened.flatMap(({ program, files }) => files.map((file) => [file, program.getSourceFile(file)!.text])),
  );
  let state = look(opened, new Map());
  while (true) {
    const keys = numberedKeys(state.findings);
    const mendable = (findings: readonly Finding[]) =>
      disjoint(findings.filter((finding, i) => isMendable(finding, files) && !hopeless.has(keys[i]!)));
    let next = mendable(state.findings);
    if (next.length === 0) {
      // To try several fixes takes long: what is to be tried is what nothing else has mended.
      state = { ...state, findings: withResults(state.opened, state.findings) };
      next = mendable(state.findings);
    }
    if (next.length === 0) return { texts: state.texts, former, made, left: state.findings };
    // All at once, which is quick, and mostly right; if not, one after the other.
    const together = next.length > 1 ? check(applied(state.texts, next)) : undefined;
    if (together && hasFewer(together, state, next.length)) {
      made.push(...next.map((finding) => madeOf(finding, state.texts)));
      state = together;
      continue;
    }
    const one = attempt(state, next[0]!, files, check, deepest);
    if (one) {
      made.push(...one.made);
      state = one.state;
    } else hopeless.add(keys[state.findings.indexOf(next[0]!)]!);
  }
}

/** Whether so many mistakes are gone, and none came to light by that. */
function hasFewer({ findings }: State, before: State, count: number): boolean {
  const known = new Set(before.findings.map(keyOf));
  return findings.length <= before.findings.length - count && findings.every((finding) => known.has(keyOf(finding)));
}

/** Mends one mistake, and those that come to light by that, if there are fewer then. */
function attempt(
  state: State,
  finding: Finding,
  files: readonly string[],
  check: (texts: ReadonlyMap<string, string>) => State,
  depth: number,
): { readonly state: State; readonly made: readonly Made[] } | undefined {
  const after = check(applied(state.texts, [finding]));
  const made = [madeOf(finding, state.texts)];
  if (after.findings.length < state.findings.length) return { state: after, made };
  if (depth === 0 || after.findings.length > state.findings.length) return undefined;
  const known = new Set(state.findings.map(keyOf));
  const further = after.findings.filter((next) => !known.has(keyOf(next)));
  const revealed = withResults(after.opened, further).find((next) => isMendable(next, files));
  const mended = revealed && attempt(after, revealed, files, check, depth - 1);
  return mended && { state: mended.state, made: [...made, ...mended.made] };
}

/** Whether there is one fix, which is no guess. */
function isMendable({ explained }: Finding, files: readonly string[]): boolean {
  const { edits, isGuess = false } = explained?.fix ?? { edits: [] };
  return edits.length > 0 && !explained?.others && !isGuess && edits.every(({ file }) => files.includes(file));
}

/** What makes a mistake the same after lines before it have moved. */
function keyOf({ rule, message, place }: Finding): string {
  return JSON.stringify([rule, message, place.file, place.endColumn - place.column]);
}

/** What tells a mistake from those that are the same: its number among them. Those before one that is hopeless are hopeless, too, and so stay. */
function numberedKeys(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const key = keyOf(finding);
    const number = (counts.get(key) ?? 0) + 1;
    counts.set(key, number);
    return `${key} ${number}`;
  });
}

/** As many mistakes as can be mended side by side. */
function disjoint(findings: readonly Finding[]): Finding[] {
  const taken: Edit[] = [];
  return findings.filter(({ explained }) => {
    const edits = explained!.fix.edits;
    if (edits.some((edit) => taken.some((other) => meet(edit, other)))) return false;
    taken.push(...edits);
    return true;
  });
}

/** Whether two edits are of one place. Names are added to an import beside each other; one that is taken away stands alone. */
function meet(a: Edit, b: Edit): boolean {
  if (a.file !== b.file) return false;
  if (a.imports && b.imports) return false;
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

function applied(texts: ReadonlyMap<string, string>, findings: readonly Finding[]): Map<string, string> {
  const edits = findings.flatMap(({ explained }) => explained!.fix.edits);
  const read = reading({ texts });
  const files = [...new Set(edits.map((edit) => edit.file))];
  const own = (file: string) => once(edits.filter((edit) => edit.file === file));
  return new Map([...texts, ...files.map((file) => [file, applyEdits(read(file), own(file))] as const)]);
}

/** A name that two mistakes lack is imported once. */
function once(edits: readonly Edit[]): Edit[] {
  return edits.filter((edit, i) => !edit.imports || edits.findIndex(({ imports }) => imports === edit.imports) === i);
}

function madeOf(finding: Finding, texts: ReadonlyMap<string, string>): Made {
  return { finding, lines: changedLines(finding.explained!.fix.edits, reading({ texts })) };
}
