import type { ts } from "ts-morph";
import { TextDocument } from "vscode-languageserver-textdocument";
import { findingsIn } from "../check/diagnose.js";
import type { Finding, Fix } from "../check/finding.js";
import type { OpenedProgram } from "../check/open-program.js";
import type { Reading } from "../check/reading.js";
import { sequentialShapesIn } from "../check/sequential-shapes.js";
import { withResults } from "../check/withResults.js";
import { pathOf, uriOf } from "./file-uri.js";
import { openProjects } from "./openProjects.js";

/** A file that is open in the editor, and what its program knows. */
export interface Opened {
  readonly path: string;
  readonly document: TextDocument;
  readonly source: ts.SourceFile;
  readonly program: ts.Program;
  readonly reading: Reading;
  /** What is wrong with shapes, dtypes and data; what else TypeScript finds, the editor shows by itself. */
  findings(): readonly Finding[];
  /** The same, one step of the look at it after another: who has something else to do, leaves off between them. */
  looking(): Generator<void, readonly Finding[]>;
  /** What mends a mistake, the likeliest first: of several, those that do, each with what it leads to. */
  fixes(finding: Finding): readonly Fix[];
}

/** What the server knows of the editor's files. */
export interface Workspace {
  /** Takes a text that was opened or changed. */
  write(document: TextDocument): void;
  close(uri: string): void;
  /** Says that files on the disk may be others. */
  touched(): void;
  /** A file by its address; undefined where there is nothing to say of it: no TypeScript file, or one of a project without Shapewright. */
  opened(uri: string): Opened | undefined;
  /** A file as it is open, or on the disk, by its path. */
  document(path: string): { readonly document: TextDocument; readonly isOpen: boolean } | undefined;
  /** The addresses of all files that are open. */
  uris(): readonly string[];
}

/** TypeScript's own files, and not its declarations: they are what others wrote. */
const source = /(?<!\.d)\.[cm]?tsx?$/;

export function workspaceOf(readFile: (path: string) => string | undefined): Workspace {
  const documents = new Map<string, TextDocument>();
  const texts = new Map<string, string>();
  const projects = openProjects(texts);
  const known = new WeakMap<ts.Program, Map<string, Opened>>();
  return {
    write(document) {
      const path = pathOf(document.uri);
      if (path === undefined || !source.test(path)) return;
      const isNew = !documents.has(path);
      documents.set(path, document);
      texts.set(path, document.getText());
      projects.edited(path, isNew);
    },
    close(uri) {
      const path = pathOf(uri);
      if (path === undefined || !documents.delete(path)) return;
      texts.delete(path);
      projects.closed();
    },
    touched: () => projects.touched(),
    opened(uri) {
      const path = pathOf(uri);
      const document = path === undefined ? undefined : documents.get(path);
      const program = document && projects.opened(path!);
      if (!program) return undefined;
      const files = known.get(program.program) ?? new Map<string, Opened>();
      known.set(program.program, files);
      const opened = files.get(path!) ?? openedOf(path!, document, program);
      files.set(path!, opened);
      return opened;
    },
    document(path) {
      const document = documents.get(path);
      if (document) return { document, isOpen: true };
      const text = readFile(path);
      return text === undefined
        ? undefined
        : { document: TextDocument.create(uriOf(path), "typescript", 0, text), isOpen: false };
    },
    uris: () => [...documents.values()].map(({ uri }) => uri),
  };
}

function openedOf(path: string, document: TextDocument, opened: OpenedProgram): Opened {
  const { program } = opened;
  let found: readonly Finding[] | undefined;
  // To try fixes is another look at the file for each, and an editor asks wherever the cursor goes.
  const tried = new Map<Finding, readonly Fix[]>();
  function* looking(): Generator<void, readonly Finding[]> {
    if (found) return found;
    const all: Finding[] = [];
    for (const finding of findingsIn(opened)) {
      if (finding.explained && finding.place.file === path) all.push(finding);
      yield;
    }
    found = all.sort((a, b) => a.place.start - b.place.start);
    return found;
  }
  return {
    path,
    document,
    source: program.getSourceFile(path)!,
    program,
    reading: { checker: program.getTypeChecker(), sequentialShapes: sequentialShapesIn(opened) },
    findings() {
      const steps = looking();
      for (;;) {
        const { done, value } = steps.next();
        if (done) return value;
      }
    },
    looking,
    fixes(finding) {
      const known = tried.get(finding);
      if (known) return known;
      const { fix, others = [] } = withResults([opened], [finding])[0]!.explained!;
      tried.set(finding, [fix, ...others]);
      return [fix, ...others];
    },
  };
}
