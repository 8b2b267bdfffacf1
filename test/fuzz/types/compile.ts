import * as language from "../../../compiler/language.js";
import { type Compiler, declarationsOf } from "../../tools/compilers.js";
import { packagePaths } from "../../tools/declarations.js";
import type { Outcome } from "./outcome.js";
import { bodyOf, type Program, sourceOf } from "./program.js";
import { readType } from "./read-type.js";

/** What a compiler says of each of many programs, which are one file for it. */
export async function compile(compiler: Compiler, programs: readonly Program[]): Promise<Outcome[]> {
  const head = `import { ${namesIn(programs).join(", ")}, type Tensor } from "shapewright";\nexport type Unused = Tensor<[]>;`;
  const sources = programs.map((program, i) => sourceOf(program, `p${i}`));
  const firstLines: number[] = [];
  let line = head.split("\n").length + 1;
  for (const source of sources) {
    firstLines.push(line);
    line += source.split("\n").length;
  }
  const { diagnostics, declarations } = await declarationsOf(
    compiler,
    [head, ...sources, ""].join("\n"),
    await packagePaths(),
  );
  const messages = programs.map((): string[] => []);
  for (const { file, line, text } of diagnostics) {
    const place = firstLines.findLastIndex((first) => first <= line);
    if (file !== "programs.ts" || place < 0) throw new Error(`${file}:${line}: ${text}`);
    messages[place]!.push(text);
  }
  const types = new Map(
    declarations
      .split(/^export declare function /m)
      .slice(1)
      .map((text) => {
        const [, name, type] = /^(\w+)\(\): ([\s\S]*);\s*(?:export \{\};\s*)?$/.exec(text)!;
        return [name!, type!] as const;
      }),
  );
  return messages.map((messages, i) => {
    const type = types.get(`p${i}`);
    if (type === undefined) throw new Error(`${compiler} declares nothing for ${sources[i]}`);
    return { messages, result: readType(type) };
  });
}

/** The functions of the language that programs name. */
function namesIn(programs: readonly Program[]): string[] {
  const texts = programs.map((program) => bodyOf(program).replace(/"[^"]*"/g, ""));
  const named = new Set(texts.flatMap((text) => text.match(/(?<![.\w])[a-z]\w*\b(?!:)/gi) ?? []));
  return Object.keys(language).filter((name) => named.has(name));
}
