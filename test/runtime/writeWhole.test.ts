import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
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
