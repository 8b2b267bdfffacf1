import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import * as language from "../../compiler/language.js";
import { warningCodes } from "../../compiler/warnings/warning.js";
import * as runtime from "../../runtime/index.js";
import { nativeProblemCodes } from "../../runtime/native/problems.js";
import { errorCodes } from "../../src/ir/errors.js";

const text = readFileSync(join(resolve(import.meta.dirname, "../.."), "docs/errors.md"), "utf8");
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

const sections = [...text.matchAll(/^###? (SW_\w+)\n([\s\S]*?)(?=^##|(?![\s\S]))/gm)].map(([, code, body]) => ({
  code: code!,
  body: body!,
}));

test("every code stands on the page of errors, and no other", () => {
  expect(sections.map(({ code }) => code)).toEqual([...Object.keys(errorCodes), ...Object.keys(warningCodes)]);
  // Nothing that a user writes brings a mistake of ours about.
  expect(sections.filter(({ body }) => !body.includes("```js")).map(({ code }) => code)).toEqual(["SW_INTERNAL"]);
  const rows = [...text.matchAll(/^\| `(SW_NATIVE_\w+)`/gm)].map(([, code]) => code);
  expect(rows).toEqual(nativeProblemCodes);
});

test.each(sections.filter(({ body }) => body.includes("```js")))(
  "$code: its program says what stands under it",
  async ({ code, body }) => {
    const [, program, said] = /```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)\n```/.exec(body)!;
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const outcome = await programOf(program!)().then(
      () => ({ code: undefined, message: undefined }),
      (error: { code: string; message: string }) => ({ code: error.code, message: error.message }),
    );
    if (!code.startsWith("SW_WARN_")) expect(outcome).toEqual({ code, message: said });
    else expect({ ...outcome, warnings: warn.mock.calls.map(String) }).toEqual({ warnings: [`shapewright: ${said}`] });
  },
);
