import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { unfinishedName } from "../../runtime/files/unfinished.js";
import { reasonOf, writeWhole } from "../../runtime/files/writeWhole.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a file is written with its folders, and replaced", () => {
  const path = join(folder, "a", "b", "file");
  writeWhole(path, "one");
  writeWhole(path, new Uint8Array([50]));
  expect(readFileSync(path, "utf8")).toBe("2");
  expect(readdirSync(join(folder, "a", "b"))).toEqual(["file"]);
});

test("where a link leads, and the link stays", () => {
  writeFileSync(join(folder, "file"), "one");
  symlinkSync(join(folder, "file"), join(folder, "link"));
  writeWhole(join(folder, "link"), "two");
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("two");
  expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
});

test("where a link leads to what is not there, it is made, with its folder; links in a circle are refused", () => {
  symlinkSync(join("runs", "file"), join(folder, "link"));
  symlinkSync("link", join(folder, "first"));
  writeWhole(join(folder, "first"), "one");
  expect(readFileSync(join(folder, "runs", "file"), "utf8")).toBe("one");
  expect(lstatSync(join(folder, "first")).isSymbolicLink()).toBe(true);
  symlinkSync("a", join(folder, "b"));
  symlinkSync("b", join(folder, "a"));
  expect(() => writeWhole(join(folder, "a"), "one")).toThrow(/^ELOOP: /);
  expect(readdirSync(folder).sort()).toEqual(["a", "b", "first", "link", "runs"]);
});

test("a relative link in a folder that is reached by a link leads on from where that folder is", () => {
  for (const name of ["home", "scratch/runs"]) mkdirSync(join(folder, name), { recursive: true });
  symlinkSync(join(folder, "scratch", "runs"), join(folder, "home", "runs"));
  for (const name of ["best.bin", "next.bin"]) {
    symlinkSync(join("..", name), join(folder, "scratch", "runs", name));
    if (name === "best.bin") writeFileSync(join(folder, "scratch", name), "old");
    writeWhole(join(folder, "home", "runs", name), "new");
    expect(readFileSync(join(folder, "scratch", name), "utf8")).toBe("new");
    expect(lstatSync(join(folder, "scratch", "runs", name)).isSymbolicLink()).toBe(true);
  }
  expect(readdirSync(join(folder, "home"))).toEqual(["runs"]);
});

test("where it cannot be put into its place, nothing is left", () => {
  mkdirSync(join(folder, "taken", "inside"), { recursive: true });
  let reason = "";
  try {
    writeWhole(join(folder, "taken"), "one");
  } catch (error) {
    reason = reasonOf(error);
  }
  expect(reason).toMatch(/^E[A-Z]+: [a-z ]+$/); // which of them differs between systems
  expect(readdirSync(folder)).toEqual(["taken"]);
});

test("what a process left that was killed while it wrote the file is removed, and nothing else", () => {
  const { pid: dead } = spawnSync(process.execPath, ["-e", ""]);
  const orphan = `.file-${hostname()}-${dead}-0123abcd`;
  const others = [
    unfinishedName("file"), // of a process that lives: this one
    `.file-another.host-${dead}-0123abcd`,
    `.other-${hostname()}-${dead}-0123abcd`,
    `.file-${hostname()}-${dead}-notes.txt`,
  ];
  for (const name of [orphan, ...others]) writeFileSync(join(folder, name), "");
  writeWhole(join(folder, "file"), "one");
  expect(existsSync(join(folder, orphan))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual([...others, "file"].sort());
});

test("a process that is killed while it writes leaves what the next one finds", () => {
  const script = `
    const { openSync, writeSync } = await import("node:fs");
    const { unfinishedName } = await import(${JSON.stringify(new URL("../../runtime/files/unfinished.ts", import.meta.url).href)});
    writeSync(openSync(process.argv[1] + "/" + unfinishedName("file"), "wx"), "half");
    process.kill(process.pid, "SIGKILL");`;
  const killed = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, folder]);
  expect(killed.signal).toBe("SIGKILL");
  expect(readdirSync(folder)).toHaveLength(1);
  writeWhole(join(folder, "file"), "one");
  expect(readdirSync(folder)).toEqual(["file"]);
});
