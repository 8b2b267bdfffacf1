import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openProjects } from "../../runtime/lsp/openProjects.js";

const root = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-projects-")));
afterAll(() => rmSync(root, { recursive: true }));

/** Makes a project of two files, of which one imports the other, with a package of the name beside it. */
function project(name: string): { readonly main: string; readonly other: string } {
  const folder = join(root, name);
  mkdirSync(join(folder, "node_modules/shapewright"), { recursive: true });
  writeFileSync(join(folder, "node_modules/shapewright/index.d.ts"), "export {};\n");
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { noLib: true, types: [], module: "preserve" } }),
  );
  writeFileSync(join(folder, "other.ts"), "export const x = 1;\n");
  writeFileSync(join(folder, "main.ts"), 'import { x } from "./other"; export const y = x;\n');
  return { main: join(folder, "main.ts"), other: join(folder, "other.ts") };
}

test("an edit makes a new program of those alone that hold the file, and a project is let go with its last file", () => {
  const [a, b] = [project("a"), project("b")];
  const texts = new Map([a.main, b.main].map((file) => [file, 'import { x } from "./other"; export const y = x;\n']));
  const projects = openProjects(texts);
  const programOf = (file: string) => projects.opened(file)!.program;
  const [first, second] = [programOf(a.main), programOf(b.main)];
  projects.edited(a.main, false);
  expect(programOf(b.main)).toBe(second);
  expect(programOf(a.main)).not.toBe(first);
  // What one imports is of its program, too; and what is opened may be what another looked for.
  texts.set(a.other, "export const x = 2;\n");
  const before = [programOf(a.main), programOf(b.main)];
  projects.edited(a.other, false);
  expect([programOf(a.main) === before[0], programOf(b.main) === before[1]]).toEqual([false, true]);
  projects.edited(a.other, true);
  expect(programOf(b.main)).not.toBe(before[1]);
  // What was read of the disk is kept as long as a file of the project is open.
  const kept = [programOf(b.main).getSourceFile(b.other), programOf(a.main).getSourceFile(a.other)];
  texts.delete(b.main);
  projects.closed();
  texts.set(b.main, "export {}; import './other';\n");
  expect(programOf(b.main).getSourceFile(b.other)).not.toBe(kept[0]);
  expect(programOf(a.main).getSourceFile(a.other)).toBe(kept[1]);
});
