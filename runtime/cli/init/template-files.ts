import { readFileSync } from "node:fs";

/** The project as it was made, and where each of its files is kept here. */
const sources: Readonly<Record<string, string>> = {
  // Under their own names, npm, TypeScript and git would heed these here: a package in the package.
  "package.json": "_package.json",
  "tsconfig.json": "_tsconfig.json",
  ".gitignore": "_gitignore",
  ".github/workflows/ci.yml": "workflows/ci.yml",
  "README.md": "README.md",
  "src/model.ts": "src/model.ts",
  "src/spirals.ts": "src/spirals.ts",
  "src/train.ts": "src/train.ts",
  "test-d/model.test-d.ts": "test-d/model.test-d.ts",
};

/** What a new project is told apart by. */
export interface ProjectOptions {
  /** The name of its package. */
  readonly name: string;
  /** What its package.json says of Shapewright: a version, or where to find it. */
  readonly shapewright: string;
}

/** The text of every file of a new project, by its path in there. */
export function templateFiles({ name, shapewright }: ProjectOptions): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, source] of Object.entries(sources)) {
    files.set(path, readFileSync(new URL(`template/${source}`, import.meta.url), "utf8"));
  }
  const manifest = JSON.parse(files.get("package.json")!);
  manifest.name = name;
  manifest.dependencies.shapewright = shapewright;
  files.set("package.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  files.set("README.md", files.get("README.md")!.replace("NAME", name));
  return files;
}
