import { readdirSync } from "node:fs";
import { join } from "node:path";
import { prepared } from "./doc-prelude.js";
import { errorSections, isWarning } from "./errorSections.js";
import { pageExamples } from "./examples-in.js";
import { guide } from "./guide.js";
import { exported, importsFor } from "./imports-for.js";

/** A program of README or docs, as a module in TypeScript. */
export interface DocProgram {
  /** Where a reader finds it. */
  readonly place: string;
  readonly code: string;
  /** What it prints as its page says, and the error that it ends with. */
  readonly prints: readonly string[];
}

/** All that README, the guides and the page of errors show and tests can run. The prelude is to stand beside it, as `prelude.mjs`. */
export async function docPrograms(root: string): Promise<DocProgram[]> {
  const names = new Map([...(await exported(root)), ["./prelude.mjs", prepared]]);
  const guides = readdirSync(join(root, "docs/guides"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => guide(root, `docs/guides/${file}`))
    .filter(({ run }) => run.trim() !== "");
  const examples = ["README.md", "docs/errors.md"].flatMap((file) => pageExamples(root, file));
  return [
    ...guides.map(({ file, run, prints }) => ({ place: file, code: run, prints })),
    ...examples
      .filter(({ isRun }) => isRun)
      .map(({ place, code }) => ({ place, code: `${importsFor(code, names)}\n${code}`, prints: [] })),
    ...errorSections(root).flatMap(({ code, example }) => {
      if (example === undefined) return [];
      const { program, said } = example;
      return isWarning(code)
        ? { place: code, code: `console.warn = console.log;\n${program}`, prints: [`shapewright: ${said}`] }
        : { place: code, code: program, prints: [`${code}: ${said}`] };
    }),
  ];
}
