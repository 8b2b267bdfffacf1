import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Plugin } from "rolldown";
import { parseAst } from "rolldown/parseAst";

/** What users import from; what `shapewright/compiler` has, the compiler itself calls all the time. */
const entries = ["compiler/language.ts", "runtime/index.ts", "runtime/datasets/index.ts"];

type Syntax = any;

/** A public function, or a method of a class beside it, whose body begins at a place in the code. */
export interface PublicFunction {
  readonly name: string;
  /** Its parameters' names. */
  readonly takes: readonly string[];
  readonly bodyAt: number;
}

/**
 * Lets the functions that users import, and the methods of classes, refuse more arguments than they declare, of which JavaScript says
 * nothing: a line at the beginning of each of 400 functions, which nobody has to write or to read. Arguments are counted by the declarations.
 */
export function guardArguments(root: string): Plugin {
  const modules = publicNames(root);
  const guard = join(root, "src/ir/refuseExtra.ts");
  return {
    name: "guard-arguments",
    transform(code, id) {
      const functions = publicFunctions(code, modules.get(resolve(id)) ?? new Set());
      return functions.length === 0 ? undefined : { code: guarded(code, functions, guard), map: null };
    },
  };
}

/** The names that users import, by the modules that declare them. */
export function publicNames(root: string): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  const read = (path: string): void => {
    for (const statement of parse(readFileSync(path, "utf8"))) {
      if (!statement.source) continue;
      const from = resolve(dirname(path), statement.source.value.replace(/js$/, "ts"));
      if (statement.type === "ExportAllDeclaration") read(from);
      for (const { local } of statement.specifiers ?? [])
        names.set(from, (names.get(from) ?? new Set()).add(local.name));
    }
  };
  for (const entry of entries) read(join(root, entry));
  return names;
}

/** The functions and methods of some names that a module declares with a number of parameters. */
export function publicFunctions(code: string, names: ReadonlySet<string>): PublicFunction[] {
  if (names.size === 0) return [];
  const declarations = parse(code).flatMap(({ declaration }) => {
    const isPublic = names.has(declaration?.id?.name) || declaration?.type === "ClassDeclaration";
    return isPublic ? [declaration] : [];
  });
  const signatures = declarations.flatMap((declared) =>
    declared.type === "ClassDeclaration"
      ? declared.body.body.filter(isMethod).map(({ key, value }: Syntax) => ({ name: key.name, declared: value }))
      : "params" in declared
        ? [{ name: declared.id.name, declared }]
        : [],
  );
  return signatures.flatMap(({ name, declared }) => {
    if (!declared.body) return [];
    // Overloads say what users may give.
    const overloads = signatures.filter((other) => other.name === name && !other.declared.body);
    const all = (overloads.length > 0 ? overloads : [{ declared }]).map((one) => one.declared.params as Syntax[]);
    const params = all.reduce((most, one) => (one.length > most.length ? one : most));
    if (params.at(-1)?.type === "RestElement") return [];
    const takes = params.map((param) => (param.left ?? param).name);
    return [{ name, takes, bodyAt: declared.body.start + 1 }];
  });
}

function isMethod({ type, kind, key, computed }: Syntax): boolean {
  return /MethodDefinition$/.test(type) && kind === "method" && key.type === "Identifier" && !computed;
}

/** All of it in the lines in which it stood. */
export function guarded(code: string, functions: readonly PublicFunction[], guard: string): string {
  let text = `import { refuseExtra as refuseExtra$ } from ${JSON.stringify(guard)}; `;
  let at = 0;
  for (const { name, takes, bodyAt } of functions) {
    const check = `if (arguments.length > ${takes.length}) refuseExtra$("${name}", ${JSON.stringify(takes)}, arguments);`;
    text += `${code.slice(at, bodyAt)} ${check}`;
    at = bodyAt;
  }
  return text + code.slice(at);
}

function parse(code: string): Syntax[] {
  return parseAst(code, { lang: "ts" }).body;
}
