import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesWithoutType } from "../support/modelFiles.js";
import { shapewright } from "../support/shapewright.js";

/** A project whose package.json has no "type": its .ts and .js files are CommonJS modules. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(resolve(import.meta.dirname, "../.."), join(folder, "node_modules", "shapewright"));
  for (const [name, text] of Object.entries(filesWithoutType)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(Object.keys(filesWithoutType).filter((name) => /\.[cm]?[jt]s$/.test(name) && name !== "units.ts"))(
  "summary takes %s of a project without a type, and build too",
  (name) => {
    const file = join(folder, name);
    const { status, stdout, stderr } = shapewright("summary", file);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(`${file}#program, batch = 1\n`);
    if (name !== "model.ts" && name !== "model.js") return;
    const out = join(folder, `generated-${name}`);
    const built = shapewright("build", file, "--out", out);
    expect([built.status, built.stderr]).toEqual([0, ""]);
    expect(existsSync(join(out, "program.train.ts"))).toBe(true);
  },
  60_000,
);

test("an error of a CommonJS module is said with its file", () => {
  const file = join(folder, "wrong.ts");
  writeFileSync(file, "const a: any = null;\nexport const b = a.c;\n");
  expect(shapewright("summary", file)).toEqual({
    status: 1,
    stdout: "",
    stderr: `shapewright: ${file} could not be loaded: TypeError: Cannot read properties of null (reading 'c')\n  at ${relative("", file)}\n`,
  });
});

test("what a CommonJS module cannot do is said with what to do instead", () => {
  const file = join(folder, "waits.ts");
  writeFileSync(file, `await Promise.resolve();\n${filesWithoutType["model.ts"]}`);
  const { status, stderr } = shapewright("summary", file);
  expect(status).toBe(1);
  expect(stderr).toContain(`shapewright: ${file} could not be loaded`);
  expect(stderr).toContain(
    'A CommonJS module cannot wait at its top level: name the file .mts, or write "type": "module" in package.json',
  );
});
