import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { array, compile, dense, input, meanSquaredError, model, sgd } from "../../compiler/language.js";
import { watchRuns } from "../../runtime/cli/watch.js";
import { open } from "../../runtime/index.js";
import { ticks } from "../../runtime/watch/page/words.js";
import { chromiumPath, startChromium } from "../support/chromium.js";
import { recordingTerminal } from "../support/recordingTerminal.js";
import { deferred } from "./client.js";
import { logOf } from "./logs.js";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

test("the numbers along an axis are written alike", () => {
  expect(ticks([0, 0.0005, 0.001, 0.0015])).toEqual(["0", "0.0005", "0.001", "0.0015"]);
  expect(ticks([0, 0.00005, 0.0001])).toEqual(["0", "5.00e-5", "1.00e-4"]);
  expect(ticks([1e-9, null, 1])).toEqual(["1.00e-9", "", "1"]);
  expect(ticks([0, 500, 1000])).toEqual(["0", "500", "1,000"]);
});

// Left out where there is no Chromium; test/support/chromium.ts says how to have that be an error.
describe.skipIf(chromiumPath === undefined)("the page in Chromium", () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  /** What the page has complained of, or asked of another than its server. */
  let complaints: string[];
  let origin: string | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "shapewright-"));
    mkdirSync(join(folder, "runs"));
    for (const [i, name] of ["adam", "sgd"].entries()) {
      writeFileSync(
        join(folder, "runs", `${name}.jsonl`),
        // A rate that falls to 1e-33.
        logOf({ seed: i, optimizer: name, epochs: 5, ...(i === 1 && { version: 2, decay: 1e-6 }) }),
      );
    }
    await watchRuns(join(folder, "runs"), { html: join(folder, "runs.html") }, recordingTerminal());
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    [complaints, origin] = [[], undefined];
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // Training at full speed, and other tests, may leave a browser little of two processors.
    page.setDefaultTimeout(60_000);
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      const url = request.url();
      if (!/^(file|data):/.test(url) && (origin === undefined || !url.startsWith(origin))) complaints.push(url);
    });
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const openFile = () => page.goto(pathToFileURL(join(folder, "runs.html")).href);
  const titles = () => page.locator("#charts figure:visible h2").allTextContents();
  const status = (words: string) => page.locator("#status", { hasText: words }).waitFor();

  test("a page of logs: the curves of all runs, and what happened in the last", async () => {
    await openFile();
    await status("Stopped after 500 steps, 50 s");
    expect(await titles()).toEqual(["loss", "accuracy", "learning rate", "throughput steps/s", "throughput samples/s"]);
    expect(await page.locator("#report-loss .values").innerText()).toMatch(
      /^adam smoothed 0\.\d+ · adam val_loss 0\.\d+ · sgd smoothed 0\.\d+ · sgd val_loss 0\.\d+$/,
    );
    expect(await page.locator("#report-loss [role=img]").getAttribute("aria-label")).toMatch(
      /^loss: adam smoothed 0\.\d+/,
    );
    expect(await page.locator("#events li").allInnerTexts()).toEqual([
      "50 s earlyStopping: val_loss has not become better",
      "20 s Saved a checkpoint: runs/a-step-200.safetensors",
      "0 s fit begins",
    ]);
    expect(await page.locator("#epochs th[scope=col]").allInnerTexts()).toEqual([
      "epoch",
      "loss",
      "accuracy",
      "val_loss",
      "val_accuracy",
    ]);
    expect(await page.locator("#epochs tbody tr").count()).toBe(5);
    expect(await page.locator("#acts").isVisible()).toBe(false);
    expect(await page.locator("#export").isVisible()).toBe(false);
    expect(await page.locator("#matrices h2").allInnerTexts()).toEqual(["val_confusionMatrix epoch 5"]);
    expect(await page.locator("#matrices tbody tr").allInnerTexts()).toEqual(["0\t45\t5", "1\t2\t48"]);
    // Something is drawn.
    const drawn = await page.evaluate<number>(`(() => {
      const canvas = document.querySelector("#report-loss canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    })()`);
    expect(drawn).toBeGreaterThan(20);
  });

  test("what steps did, seen from within: layers, values over time, dead relus, the worst samples", async () => {
    await openFile();
    await page.locator("#samples li").first().waitFor();
    const rows = async (id: string) =>
      (await page.locator(`#${id} tbody tr`).allInnerTexts()).map((text) => text.trim().replaceAll("\n", ""));
    expect(await page.locator("#layers h2").innerText()).toBe("Layers step 410");
    // ‖w‖ is 10, ‖g‖ 2; the update's part of ‖w‖ by far too large in the third row, and nothing in the fourth.
    expect(await rows("weights")).toEqual([
      "hidden/kernel\t0.001\thealthy\t\t10\t2\t0.2",
      "hidden/bias\t0.05\t\t\t10\t2\t0.2",
      "last/kernel\t0.15\t⚠ fast\t\t10\t2\t0.2",
      "still/kernel\t0\tnot moved\t\t10\t2\t0.2",
    ]);
    expect(await page.locator("#omitted").innerText()).toBe("3 smaller weights are left out.");
    expect(await rows("relus")).toEqual(["hidden\t6.3\u00a0%", "last\t91\u00a0%\t⚠ mostly dead"]);
    const courses = page.locator("#weights [role=img], #relus [role=img]");
    expect(await courses.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")))).toEqual([
      "update/weight of hidden/kernel: from 0.001 to 0.001",
      "update/weight of hidden/bias: from 0.05 to 0.05",
      "update/weight of last/kernel: from 0.15 to 0.15",
      "update/weight of still/kernel: from 0 to 0",
      "dead units of hidden: from 6.3\u00a0% to 6.3\u00a0%",
      "dead units of last: from 51\u00a0% to 91\u00a0%",
    ]);
    const panels = () => page.locator("#histograms [role=img]").evaluateAll((all) => all.map((one) => one.ariaLabel));
    expect(await panels()).toEqual([
      "hidden/kernel [5, 2] over 5 steps: nine of ten values are within ±0.125",
      "gradient of hidden/kernel over 5 steps: nine of ten values are within ±0.001953; 2 infinite or NaN",
    ]);
    await page.getByRole("button", { name: "last/kernel" }).click();
    await expect.poll(panels).toContainEqual(expect.stringMatching(/^last\/kernel \[2, 5\] over 5 steps/));
    expect(await page.getByRole("button", { name: "last/kernel" }).getAttribute("aria-pressed")).toBe("true");
    expect(await page.locator("#samples li").allInnerTexts()).toEqual([
      "loss 4.5\ntarget 3\npredicted 5 (90\u00a0%), 3 (10\u00a0%), 1 (<\u00a00.1\u00a0%)",
      "1, 0.25, –, … (1,000 numbers)\nloss –\ntarget 1\npredicted –",
    ]);
    // The image's pixels are those of the log.
    const red = await page.evaluate<number[]>(`(() => {
      const canvas = document.querySelector("#samples canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, 2, 2);
      return [0, 4, 8, 12].map((i) => data[i]);
    })()`);
    expect(red).toEqual([0, 0x40, 0x80, 0xff]);
  });

  test("a log of an older version opens, without what it does not know", async () => {
    await watchRuns(join(folder, "runs", "adam.jsonl"), { html: join(folder, "older.html") }, recordingTerminal());
    await page.goto(pathToFileURL(join(folder, "older.html")).href);
    await status("Stopped after 500 steps, 50 s");
    expect(await page.locator("#inside").isVisible()).toBe(false);
  });

  test("runs are chosen, curves smoothed, values under the pointer told", async () => {
    await openFile();
    await page.getByLabel("Logarithmic").check();
    await page.locator("#learning-rate .values", { hasText: "sgd 1.00e-33" }).waitFor();
    await page.getByRole("checkbox", { name: "sgd" }).uncheck();
    const values = page.locator("#report-loss .values");
    await values.filter({ hasNotText: "sgd" }).waitFor();
    const before = await values.innerText();
    await page.locator("#smoothing").fill("0");
    await expect.poll(() => values.innerText()).not.toBe(before);
    expect(await page.locator("#smoothed").innerText()).toBe("0");
    await page.getByLabel("Against").selectOption("epochs");
    await page.locator("#report-loss .u-over").hover();
    await expect.poll(() => values.innerText()).toMatch(/^epochs 2\.\d+ · 0\.\d+/);
  });

  test.each(["light", "dark"] as const)(
    "axe finds nothing, in %s colours, on a desktop and on a phone",
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await openFile();
        await status("Stopped");
        await page.locator("#report-loss canvas").waitFor();
        await page.locator("#samples canvas").waitFor();
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        // What a debugger evaluates, the page's own rules do not keep out.
        await page.evaluate(`${readFileSync(axe, "utf8")}\n0`);
        const { violations } = await page.evaluate<{ violations: { id: string }[] }>("axe.run()");
        expect(violations.map(({ id }) => id)).toEqual([]);
      }
    },
  );

  test("the table of epochs is scrolled to its end where it is narrow, beside the epochs' numbers", async () => {
    await page.setViewportSize({ width: 280, height: 800 });
    await openFile();
    const placeOf = (cell: string) =>
      page.evaluate<{ left: number; right: number }>(
        `document.querySelector("#epochs ${cell}").getBoundingClientRect()`,
      );
    const [table, epoch, last] = ["", "tbody tr th", "tbody tr td:last-child"];
    const edge = await placeOf(table);
    expect((await placeOf(last)).right).toBeGreaterThan(edge.right + 1);
    await page.evaluate(`document.querySelector("#epochs").scrollTo({ left: 1000 })`);
    expect((await placeOf(last)).right).toBeLessThan(edge.right + 1);
    expect((await placeOf(epoch)).left).toBeCloseTo(edge.left, 0);
  });

  test("training that is under way: it comes live, is paused, saved, exported, goes on, is stopped, and stays to be seen", async () => {
    const line = compile(
      model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1 })),
      { optimizer: sgd(), loss: meanSquaredError() },
    );
    using session = await open(line, { backend: "reference" });
    const { promise: begun, resolve: begin } = deferred<void>();
    const { promise: listening, resolve: onListening } = deferred<string>();
    const one = array(new Float32Array([1]), [1, 1]);
    const fitted = session.fit({ x: one }, one, {
      verbose: "silent",
      epochs: 1e6,
      callbacks: [{ onTrainBegin: () => begun }],
      watch: { log: join(folder, "live.jsonl"), onListening },
    });
    const url = await listening;
    origin = new URL(url).origin;
    await page.goto(url);
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    begin();
    await status("Training: epoch ");
    await button("Pause").click();
    await status("Paused: epoch ");
    await button("Save").click();
    await page.locator("#events", { hasText: "Saved a checkpoint: " }).waitFor();
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export" }).click();
    const exported = join(folder, "exported.html");
    await (await downloading).saveAs(exported);
    await button("Go on").click();
    await status("Training: epoch ");
    await button("Stop").click();
    expect((await fitted).stopped).toBe("watch: stopped on the page");
    await status("Stopped after ");
    await page.locator("#acts").waitFor({ state: "hidden" });
    expect(await titles()).toEqual(["loss", "learning rate", "throughput steps/s", "throughput samples/s"]);
    await page.goto(pathToFileURL(exported).href);
    await status("Paused: epoch ");
    expect(await page.locator("#events li").first().innerText()).toContain("Saved a checkpoint: ");
  });
});
