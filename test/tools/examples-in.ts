import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Example {
  /** Where a reader finds it. */
  readonly place: string;
  readonly code: string;
}

/** An example on a page, which tests may run. */
export interface PageExample extends Example {
  /** Whether it is run: not what is marked so, nor what is to be refused. */
  readonly isRun: boolean;
}

/** The examples in docstrings of a file: from `@example` to the next tag or the comment's end. */
export function docstringExamples(root: string, file: string): Example[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/\* @example\n([\s\S]*?)(?=\n\s*\* @|\*\/)/g)].map(([, block]) => ({
    place: `${file}, an @example`,
    code: block!.replaceAll(/^\s*\* ?/gm, "").trim(),
  }));
}

/**
 * The programs on a page of Markdown. What stands in a comment before one, `<!-- given: … -->`, is at hand there without being shown. A
 * statement with a red line below it, `//  ~ …`, must be refused. What takes more than tests have is marked `<!-- not run, given: … -->`. A part of
 * a file, `<!-- of: path -->`, must stand in it, but for `…`.
 */
export function pageExamples(root: string, file: string): PageExample[] {
  const text = readFileSync(join(root, file), "utf8");
  const blocks = text.matchAll(/(?:<!-- (given|not run, given|of):\s([\s\S]*?) -->\n)?```ts\n([\s\S]*?)```/g);
  return [...blocks].flatMap(([whole, kind, before, code]) => {
    const line = text.slice(0, text.indexOf(whole)).split("\n").length;
    const place = `${file}:${line}, its program`;
    if (kind !== "of") {
      const refused = code!.replaceAll(/^(?=.*\n *\/\/ *~)/gm, "// @ts-expect-error\n");
      return { place, code: `${before ?? ""}\n${refused}`, isRun: kind !== "not run, given" && refused === code };
    }
    const parts = code!.split(/^ *\/\/ …\n/m);
    const absent = parts.filter((part) => !readFileSync(join(root, before!), "utf8").includes(part));
    if (absent.length > 0) throw new Error(`${place} is not in ${before}:\n${absent[0]}`);
    return [];
  });
}
