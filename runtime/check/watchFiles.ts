import { basename, resolve } from "node:path";
import { watch } from "chokidar";
import { ts } from "ts-morph";
import { CommandError } from "../files/command-error.js";
import { reasonOf } from "../files/writeWhole.js";
import { findingsOf } from "./diagnose.js";
import type { Report } from "./format/report.js";
import { type OpenedProgram, openPrograms, withTexts } from "./open-program.js";
import { sourceFiles } from "./source-files.js";
import { withResults } from "./withResults.js";

/** How long further changes are waited for, in milliseconds: who saves all files saves them one after the other. */
const together = 50;

const sources = /\.([cm]?tsx?|json)$/;

/**
 * Checks files, and again whenever one of them, or what they import, is saved, comes or goes. Ends only with the process, or by an error.
 *
 * @param show what is told of each check; or why there is nothing to check for now
 * @throws CommandError as `sourceFiles`, at first; and when the system lets no more files be watched
 */
export async function watchFiles(
  paths: readonly string[],
  root: string,
  show: (found: Report | CommandError) => void,
): Promise<never> {
  const given = new Set(paths.map((path) => resolve(path)));
  let opened: OpenedProgram[] = [];
  const check = (changed: ReadonlyMap<string, string> | undefined): Report => {
    const files = sourceFiles(paths);
    opened = changed ? opened.map((program) => withTexts(program, changed)) : openPrograms(files);
    return { findings: withResults(opened, findingsOf(opened, files)), files, root };
  };
  const first = check(undefined);
  // A folder is watched for what comes; what is hidden or installed changes nothing that is written here.
  const ignored = (path: string) => !given.has(path) && /^(node_modules$|\.)/.test(basename(path));
  const watcher = watch([...given, ...ownFiles(opened)], { ignored, ignoreInitial: true });
  return new Promise((_, reject) => {
    // What is saved before would be missed.
    watcher.on("ready", () => show(first));
    let pending = new Map<string, string>();
    let timer: NodeJS.Timeout | undefined;
    const again = () => {
      const events = pending;
      pending = new Map();
      try {
        const report = check(textsOf(events, opened));
        watcher.add(ownFiles(opened));
        show(report);
      } catch (error) {
        if (!(error instanceof CommandError)) return reject(error);
        show(error);
      }
    };
    watcher.on("all", (event, path) => {
      if (!sources.test(path)) return;
      pending.set(resolve(path), event);
      clearTimeout(timer);
      timer = setTimeout(again, together);
    });
    watcher.on("error", (error) => reject(new CommandError(`Files cannot be watched: ${reasonOf(error)}`)));
  });
}

/** The texts of files that have changed; undefined where others came or went, or a configuration changed: then all is opened anew. */
function textsOf(
  events: ReadonlyMap<string, string>,
  opened: readonly OpenedProgram[],
): ReadonlyMap<string, string> | undefined {
  const texts = new Map<string, string>();
  for (const [path, event] of events) {
    const known = opened.some(({ program }) => program.getSourceFile(path));
    const text = event === "change" && known ? ts.sys.readFile(path) : undefined;
    if (text === undefined) return undefined;
    texts.set(path, text);
  }
  return texts;
}

/** What is checked, what it imports, and what configures it, without what is installed. */
function ownFiles(opened: readonly OpenedProgram[]): string[] {
  return opened.flatMap(({ program }) => {
    const { configFilePath } = program.getCompilerOptions();
    const files = program.getSourceFiles().map(({ fileName }) => fileName);
    return [...files, ...(typeof configFilePath === "string" ? [configFilePath] : [])].filter(
      (file) => !file.includes("/node_modules/"),
    );
  });
}
