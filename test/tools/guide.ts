import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A page of docs/guides as a program, of which each line stands on the line that it has on the page. */
export interface Guide {
  readonly file: string;
  /** All of it, as TypeScript is to check it. */
  readonly whole: string;
  /** What of it is run: all but what is marked `<!-- not run -->`, and what is to be refused. */
  readonly run: string;
  /** What a reader sees of it, and may paste. */
  readonly shown: string;
  /** What a reader does not see. */
  readonly given: string;
  /** What it prints as the page says: what stands in a comment behind each `console.log(…);` at the beginning of a line. */
  readonly prints: readonly string[];
}

const blocks = /(?:(<!-- (?:given:|not run, given:|not run))([\s\S]*?)(-->\n))?(```ts\n)([\s\S]*?)```/g;
const redLine = /^ *\/\/ *~/m;

/**
 * The blocks of TypeScript on a guide's page are one program from top to bottom, with its imports, which a reader can follow and paste.
 * A comment before a block may give what is not shown, `<!-- given: … -->`, or say that it takes what tests have not, `<!-- not run -->`,
 * or both, `<!-- not run, given: … -->`. A statement with a red line below it, `//  ~ …`, must be refused.
 */
export function guide(root: string, file: string): Guide {
  const text = readFileSync(join(root, file), "utf8");
  let [whole, run, shown, hidden, end] = ["", "", "", "", 0];
  const prints: string[] = [];
  for (const match of text.matchAll(blocks)) {
    const [all, opening = "", given = "", closing = "", fence, code] = match;
    const between = blank(text.slice(end, match.index));
    const part = blank(opening) + given + blank(closing + fence) + code;
    const isRun = !opening.includes("not run") && !redLine.test(code!);
    whole += between + part;
    shown += code;
    hidden += given;
    run += between + (isRun ? part : blank(part));
    if (isRun) prints.push(...[...code!.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, said]) => said!));
    end = match.index + all.length;
  }
  // At the end of the line before, so that lines stay where they are.
  return {
    file,
    whole: whole.replaceAll(/$(?=\n.*\n *\/\/ *~)/gm, " // @ts-expect-error"),
    run,
    shown,
    given: hidden,
    prints,
  };
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, "");
}
