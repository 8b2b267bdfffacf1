import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { formatHtml } from "../../runtime/check/format/html.js";
import { chromiumPath, startChromium } from "../support/chromium.js";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const folder = mkdtempSync(join(tmpdir(), "shapewright-page-"));
afterAll(() => rmSync(folder, { recursive: true }));

// A mistake as check finds them, in a line of code that is longer than a phone is wide.
const file = join(folder, "model.ts");
const line =
  'export const y = sequential(image, conv2d({ filters: 8, kernelSize: 3 }), flatten(), dense({ units: 10 }), "<b>&");';
const place = { file, start: 17, end: 27, line: 1, column: 18, endLine: 1, endColumn: 28 };
const arithmetic = "height (16 − 2)/2 + 1 = 8, width 16/1 = 16";
const steps = [
  { name: "image", shape: "[batch, 16, 16, 4]" },
  { name: "conv2d(filters: 8)", shape: "[batch, 8, 16, 8]", arithmetic },
  { name: "flatten()", shape: "[batch, 1024]" },
  { name: "dense(units: 512)", shape: "[batch, 512]" },
  { name: "mask", shape: "[batch, time, 4]" },
  { name: "relu<T>()", wrong: true },
];
const fix = { words: "Write a layer:", edits: [{ file, start: 0, end: 6, text: "const" }], gives: "[batch, 10]" };
const explained = {
  title: "Not a layer",
  what: "This is a text & no layer.",
  chains: [{ label: "the output", steps }],
  fix,
};
const findings = [
  { rule: "no-layer", place, message: "", explained },
  { rule: "no-layer", place, message: "", explained: { ...explained, others: [fix] } },
  { rule: "TS2304", place, message: "Cannot find name '<x>'." },
];

test("a page shows each mistake with its chain to scale, on a phone too, in light and dark", async ({ skip }) => {
  writeFileSync(file, `${line}\n`);
  const page = formatHtml({ findings, files: [file], root: folder });
  expect(page).toContain("<title>check: 3 mistakes in 1 file – Shapewright</title>");
  expect(page).toContain("relu&lt;T&gt;()");
  expect(page).toContain("Cannot find name '&lt;x&gt;'.");
  expect(page).not.toMatch(/<b>|<script|https?:/);
  skip(chromiumPath === undefined, "there is no Chromium");
  const path = join(folder, "mistakes.html");
  writeFileSync(path, page);
  const browser = await startChromium();
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      const shown = await browser.newPage({ viewport: { width: 390, height: 800 }, colorScheme, bypassCSP: true });
      await shown.goto(pathToFileURL(path).href);
      expect(await shown.evaluate("document.documentElement.scrollWidth")).toBe(390);
      const sizes = await shown
        .locator("#mistake-1 rect.face")
        .evaluateAll((faces) => faces.map((face) => ["width", "height"].map((key) => Number(face.getAttribute(key)))));
      // Images by one scale; vectors by another, of which one is half of the other.
      expect(sizes.slice(0, 4)).toEqual([
        [88, 88],
        [88, 44],
        [132, 14],
        [66, 14],
      ]);
      expect(await shown.locator("#mistake-1 .how").allTextContents()).toEqual([arithmetic]);
      expect(await shown.locator("#mistake-2 section strong").allTextContents()).toEqual(["Fix:", "Or:"]);
      await shown.addScriptTag({ path: axe });
      const found = "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))";
      expect(await shown.evaluate(found)).toEqual([]);
      await shown.close();
    }
  } finally {
    await browser.close();
  }
}, 60_000);
