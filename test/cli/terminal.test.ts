import { expect, test } from "vitest";
import { folded } from "../../runtime/cli/terminal.js";

test("on a terminal, lines that are too long are broken between words, shapes stay whole, and indents are kept", () => {
  const text =
    "shapewright: dense takes a tensor of [batch, 28, 28]\n  at a/very/long/path of/the/file/that/is/there.ts:3:4";
  expect(folded(text, { isTTY: true, columns: 40 })).toBe(
    [
      "shapewright: dense takes a tensor of",
      "[batch, 28, 28]",
      "  at a/very/long/path",
      "  of/the/file/that/is/there.ts:3:4",
    ].join("\n"),
  );
  expect(folded(text, { columns: 40 })).toBe(text);
});
