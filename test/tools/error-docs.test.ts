import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import * as language from "../../compiler/language.js";
import { warningCodes } from "../../compiler/warnings/warning.js";
import * as runtime from "../../runtime/index.js";
import { nativeProblemCodes } from "../../runtime/native/problems.js";
import { errorCodes } from "../../src/ir/errors.js";
import { errorSections, isWarning } from "./errorSections.js";

const root = resolve(import.meta.dirname, "../..");
const modules: Record<string, object> = { shapewright: language, "shapewright/runtime": runtime };

/** A program of the page as a function: its imports are taken of the sources. */
function programOf(code: string): () => Promise<unknown> {
  const body = code.replaceAll(
    /^import (\{[^}]*\}) from "([^"]+)";$/gm,
    (_, names, module) => `const ${names} = modules[${JSON.stringify(module)}];`,
  );
  return new Function("modules", `return (async () => {\n${body}\n})();`).bind(undefined, modules);
}

afterEach(() => vi.restoreAllMocks());

const sections = errorSections(root);

test("every code stands on the page of errors, and no other", () => {
  expect(sections.map(({ code }) => code)).toEqual([...Object.keys(errorCodes), ...Object.keys(warningCodes)]);
  // Nothing that a user writes brings a mistake of ours about.
  expect(sections.filter(({ example }) => !example).map(({ code }) => code)).toEqual(["SW_INTERNAL"]);
  const text = readFileSync(join(root, "docs/errors.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(SW_NATIVE_\w+)`/gm)].map(([, code]) => code);
  expect(rows).toEqual(nativeProblemCodes);
});

const examples = sections.flatMap(({ code, example }) => (example ? [{ code, ...example }] : []));

test.each(examples)("$code: its program says what stands under it", async ({ code, program, said }) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const outcome = await programOf(program)().then(
    () => ({ code: undefined, message: undefined }),
    (error: { code: string; message: string }) => ({ code: error.code, message: error.message }),
  );
  if (!isWarning(code)) expect(outcome).toEqual({ code, message: said });
  else expect({ ...outcome, warnings: warn.mock.calls.map(String) }).toEqual({ warnings: [`shapewright: ${said}`] });
});
