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
import { writeProject } from "../../runtime/cli/init/writeProject.js";
import { init } from "../../runtime/cli/init.js";
import { CommandError } from "../../runtime/files/command-error.js";
import { recordingTerminal } from "../support/recordingTerminal.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const options = { install: false, shapewright: "^0.1.0" };

function run(where: string, more: { readonly name?: string } = {}) {
  const terminal = recordingTerminal();
  init(where, { ...options, ...more }, terminal);
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
  expect(Object.keys(scripts)).toEqual(["check", "build", "test:types", "train", "doctor"]);
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
