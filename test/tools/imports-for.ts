import { join } from "node:path";

/** What this package's modules export, by what is written between an import's quotes. */
export type Exported = ReadonlyMap<string, readonly string[]>;

const sources = {
  shapewright: "compiler/language.ts",
  "shapewright/runtime": "runtime/index.ts",
  "shapewright/data": "runtime/datasets/index.ts",
  "shapewright/compiler": "compiler/index.ts",
};

const types = ["Constraint", "Dim", "Initializer", "NdArray", "Regularizer", "Shape", "Tensor"];

/** All values that are exported, and some types. */
export async function exported(root: string): Promise<Exported> {
  const all = new Map<string, readonly string[]>();
  for (const [module, file] of Object.entries(sources)) all.set(module, Object.keys(await import(join(root, file))));
  return withoutDoubles(all);
}

/** The same and some types, each name once: one that several modules have is the first's. */
function withoutDoubles(all: Exported): Exported {
  const taken = new Set<string>();
  return new Map(
    [...all].map(([module, names]) => {
      const own = (module === "shapewright" ? [...types, ...names] : names).filter((name) => !taken.has(name));
      for (const name of own) taken.add(name);
      return [module, own];
    }),
  );
}

/** The imports of what a program uses and neither declares nor imports, on one line. */
export function importsFor(code: string, exported: Exported): string {
  const words = new Set(code.match(/\b\w+\b/g));
  const declares = (name: string) =>
    new RegExp(`(const|let|function) ([[{][^}\\]]*\\b)?${name}\\b|import \\{[^}]*\\b${name}\\b`).test(code);
  return [...exported]
    .map(([module, names]) => ({ module, used: names.filter((name) => words.has(name) && !declares(name)) }))
    .map(({ module, used }) => `import { ${used.join(", ")} } from "${module}";`)
    .join(" ");
}
