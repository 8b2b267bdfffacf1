import { readFileSync } from "node:fs";
import type { PackageManager } from "./packageManager.js";

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
  /** What it is installed and run with. */
  readonly manager: PackageManager;
}

/** The text of every file of a new project, by its path in there. */
export function templateFiles({ name, shapewright, manager }: ProjectOptions): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, source] of Object.entries(sources)) {
    files.set(path, readFileSync(new URL(`template/${source}`, import.meta.url), "utf8"));
  }
  const manifest = JSON.parse(files.get("package.json")!);
  manifest.name = name;
  manifest.dependencies.shapewright = shapewright;
  // What corepack brings, which takes an older one unless this says so.
  if (manager.version !== undefined && manager.name === "yarn") {
    manifest.packageManager = `${manager.name}@${manager.version}`;
  }
  files.set("package.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  for (const [path, text] of settings[manager.name] ?? []) files.set(path, text);
  files.set("README.md", inWordsOf(manager, files.get("README.md")!.replace("NAME", name)));
  files.set(".github/workflows/ci.yml", workflowOf(manager, files.get(".github/workflows/ci.yml")!));
  return files;
}

/** Files of a package manager's own, without which the project would not run. */
const settings: { readonly [Name in PackageManager["name"]]?: readonly (readonly [string, string])[] } = {
  // TypeScript and its tools read packages from folders. A lock file of its own makes it no part of a project around it.
  yarn: [
    [".yarnrc.yml", "nodeLinker: node-modules\n"],
    ["yarn.lock", ""],
  ],
  // Its binary is a package of its own, so that there is nothing to build.
  pnpm: [["pnpm-workspace.yaml", "allowBuilds:\n  esbuild: false\n"]],
};

/** A text of the template, which speaks of npm, with another manager's commands. */
function inWordsOf({ run, beforeOptions, execute }: PackageManager, text: string): string {
  return text
    .replaceAll(/\bnpm run (\S+) -- /g, `npm run $1${beforeOptions}`)
    .replaceAll(/\bnpm run\b/g, run)
    .replaceAll(/\bnpx /g, `${execute} `);
}

function workflowOf(manager: PackageManager, text: string): string {
  const { name, setup, cleanInstall } = manager;
  const brought = setup.map((step) => `      ${step}\n`).join("");
  const withSetup = text.replace(/(?= {6}- uses: actions\/setup-node)/, () => brought);
  const cached =
    name === "bun" ? withSetup.replace(/\n *cache: npm/, "") : withSetup.replace("cache: npm", `cache: ${name}`);
  return inWordsOf(manager, cached.replace("npm ci", cleanInstall));
}
