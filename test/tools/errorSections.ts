import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What `docs/errors.md` says of one code of an error or a warning. */
export interface ErrorSection {
  readonly code: string;
  /** What brings it about, and what it says then; of a mistake of ours there is no such program. */
  readonly example?: { readonly program: string; readonly said: string };
}

/** The codes on the page, in its order. */
export function errorSections(root: string): ErrorSection[] {
  const text = readFileSync(join(root, "docs/errors.md"), "utf8");
  return [...text.matchAll(/^###? (SW_\w+)\n([\s\S]*?)(?=^##|(?![\s\S]))/gm)].map(([, code, body]) => {
    const [, program, said] = /```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)\n```/.exec(body!) ?? [];
    return { code: code!, ...(program !== undefined && { example: { program, said: said! } }) };
  });
}

/** Whether a code is a warning's. */
export function isWarning(code: string): boolean {
  return code.startsWith("SW_WARN_");
}
