import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ownSpec } from "../../runtime/cli/init/ownSpec.js";
import { packageManager } from "../../runtime/cli/init/packageManager.js";
import { writeProject } from "../../runtime/cli/init/writeProject.js";
import { init } from "../../runtime/cli/init.js";
import { CommandError } from "../../runtime/files/command-error.js";
import { ownFolder } from "../../runtime/files/ownFolder.js";
import { recordingTerminal } from "../support/recordingTerminal.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const options = { install: false, shapewright: "^0.1.0" };

function run(where: string, more: { readonly name?: string } = {}, userAgent = "") {
  const terminal = recordingTerminal();
  init(where, { ...options, ...more }, terminal, packageManager(userAgent));
  return terminal;
}

function failure(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof CommandError) return `${error.exitCode}: ${error.message}`.replaceAll(folder, "~");
    throw error;
  }
  throw new Error("it did not fail");
}

const filesIn = (where: string) =>
  readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(where.length + 1))
    .sort();

test("makes a project, and says what to do next", () => {
  const where = join(folder, "My Net");
  const { results, messages } = run(where);
  const files = [
    ".github/workflows/ci.yml",
    ".gitignore",
    "README.md",
    "package.json",
    "src/model.ts",
    "src/spirals.ts",
    "src/train.ts",
    "test-d/model.test-d.ts",
    "tsconfig.json",
  ];
  expect(filesIn(where)).toEqual(files);
  expect(results.toSorted()).toEqual(files.map((file) => join(where, file)));
  expect(messages.join("\n")).toMatch(/^\nNext:\n {2}cd .*\n {2}npm install\n {2}npm run build\n {2}npm run train$/);
  const { name, type, dependencies, scripts } = JSON.parse(readFileSync(join(where, "package.json"), "utf8"));
  expect({ name, type, dependencies }).toEqual({
    name: "my-net",
    type: "module",
    dependencies: { shapewright: "^0.1.0" },
  });
  expect(Object.keys(scripts)).toEqual(["check", "build", "test", "test:types", "train", "doctor"]);
  expect(readFileSync(join(where, "README.md"), "utf8")).toMatch(/^# my-net\n/);
});

test("writes beside what is there, and overwrites nothing", () => {
  writeFileSync(join(folder, "notes.txt"), "mine");
  writeFileSync(join(folder, "README.md"), "mine");
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src", "model.ts"), "mine");
  const before = filesIn(folder);
  expect(failure(() => run(folder, { name: "net" }))).toBe(
    "1: ~ has README.md, src/model.ts already. Nothing was written: move them away, or name another folder",
  );
  expect(filesIn(folder)).toEqual(before);
  rmSync(join(folder, "README.md"));
  rmSync(join(folder, "src", "model.ts"));
  run(folder, { name: "net" });
  expect(readFileSync(join(folder, "notes.txt"), "utf8")).toBe("mine");
});

test("a name that npm would not take is refused before anything is written", () => {
  const where = join(folder, "net");
  expect(failure(() => run(where, { name: "My Net" }))).toBe(
    '2: "My Net" cannot be a package\'s name: write --name with small letters, digits and hyphens',
  );
  expect(existsSync(where)).toBe(false);
  run(where, { name: "@me/net" });
  expect(JSON.parse(readFileSync(join(where, "package.json"), "utf8")).name).toBe("@me/net");
});

test("a link that leads nowhere is there, and stays", () => {
  symlinkSync(join(folder, "nowhere"), join(folder, "tsconfig.json"));
  expect(failure(() => run(folder, { name: "spirals" }))).toBe(
    "1: ~ has tsconfig.json already. Nothing was written: move it away, or name another folder",
  );
  expect(readdirSync(folder)).toEqual(["tsconfig.json"]);
});

test("the folder is a word to the shell, whatever it is called", () => {
  const { messages } = run(join(folder, "it's mine"));
  expect(messages.join("\n")).toContain("it'\\''s mine'\n  npm install");
  expect(failure(() => run(""))).toBe('2: "" is not the path of a folder; write one, such as my-model');
});

test("all of the files or none: what was written is taken away when one cannot be", () => {
  writeFileSync(join(folder, "src"), "a file where a folder is to be");
  const files = new Map([
    ["new/a.txt", "a"],
    ["b.txt", "b"],
    ["src/model.ts", "c"],
  ]);
  expect(failure(() => writeProject(folder, files))).toMatch(/^1: ~ cannot be written to: E(EXIST|NOTDIR)/);
  expect(filesIn(folder)).toEqual(["src"]);
  expect(existsSync(join(folder, "new"))).toBe(false);
});

test.each([
  [
    "pnpm/10.12.1 npm/? node/v22.0.0 linux x64",
    "pnpm",
    "pnpm install --frozen-lockfile",
    "pnpm run check --format github",
  ],
  ["yarn/4.9.2 npm/? node/v22.0.0 linux x64", "yarn", "yarn install --immutable", "yarn run check --format github"],
  ["bun/1.2.0 npm/? node/v22.0.0 linux x64", "bun", "bun install --frozen-lockfile", "bun run check --format github"],
  ["npm/11.1.0 node/v22.0.0 linux x64 workspaces/false", "npm", "npm ci", "npm run check -- --format github"],
])("speaks of the package manager that called it: %s", (userAgent, name, installing, checking) => {
  const where = join(folder, "net");
  const { messages } = run(where, {}, userAgent);
  expect(messages.join("\n")).toContain(`\n  ${name} install\n  ${name} run build\n  ${name} run train`);
  const workflow = readFileSync(join(where, ".github/workflows/ci.yml"), "utf8");
  const steps = [...workflow.matchAll(/- run: (.*)/g)].map(([, command]) => command);
  expect(steps).toContain(installing);
  expect(steps).toContain(checking);
  const readme = readFileSync(join(where, "README.md"), "utf8");
  expect(readme).toContain(`\n${name} run train`);
  if (name !== "npm") expect(readme + workflow).not.toMatch(/\bnp(m|x) /);
  const manifest = JSON.parse(readFileSync(join(where, "package.json"), "utf8"));
  const pinned = { yarn: "yarn@4.9.2" } as Record<string, string>;
  expect(manifest.packageManager).toBe(pinned[name]);
});

test("a project depends on the very package whose command made it, where that came from a file", () => {
  const own = join(folder, "cache", "node_modules", "shapewright");
  mkdirSync(own, { recursive: true });
  const manifest = join(folder, "cache", "package.json");
  const depending = (spec: string) => writeFileSync(manifest, JSON.stringify({ dependencies: { shapewright: spec } }));
  for (const spec of ["file:../packed.tgz", "../packed.tgz", join(folder, "packed.tgz")]) {
    depending(spec);
    expect(ownSpec(own)).toBe(`file:${join(folder, "packed.tgz")}`);
  }
  depending("^0.1.0");
  expect(ownSpec(own)).toBe("^0.1.0");
  // Installed for all of a user's projects, it stands in no project.
  rmSync(manifest);
  expect(ownSpec(own)).toBe("^0.1.0");
  // In the repository, what `npm run package` makes.
  expect(failure(() => ownSpec(folder))).toBe(
    `1: this is Shapewright's repository, and a project takes a package: run "npm run package" in ~ first, which makes shapewright-0.1.0.tgz`,
  );
  writeFileSync(join(folder, "shapewright-0.1.0.tgz"), "");
  expect(ownSpec(folder)).toBe(`file:${join(folder, "shapewright-0.1.0.tgz")}`);
});

test("above what is no package, its folder is not looked for for ever", () => {
  const file = join(folder, "alone");
  expect(() => ownFolder(file)).toThrow(
    new CommandError(`there is no package.json of Shapewright's above ${file}; install the package whole`, 1),
  );
});
