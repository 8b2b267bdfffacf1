import { expect, test } from "vitest";
import { markPure } from "./markPure.js";

test("constants of which only the value is asked say so to bundlers, and all else stays as it is", () => {
  const lines = [
    [
      "const one = made({ n: 1, later: () => made() });",
      "const one = /* @__PURE__ */ made({ n: 1, later: () => made() });",
    ],
    ["const two = made(one.n);", "const two = /* @__PURE__ */ (() => (made(one.n)))();"],
    ["const three = { ...one }, four = 4;", "const three = /* @__PURE__ */ (() => ({ ...one }))(), four = 4;"],
    ["function f$1() { return made(); }", "function f$1() { return made(); }"],
    ['__name(f$1, "f");', '/* @__PURE__ */ __name(f$1, "f");'],
    ["var Kind = class { static all = made(); };", "var Kind = class { static all = made(); };"],
    ["const waited = await made();", "const waited = await made();"],
    ["made();", "made();"],
  ];
  const text = (which: number) => lines.map((line) => line[which]).join("\n");
  expect(markPure(text(0))).toBe(text(1));
});
