import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { drawGraph } from "../../runtime/cli/graph.js";
import { chromiumPath, startChromium } from "../support/chromium.js";
import { recordingTerminal } from "../support/recordingTerminal.js";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

// Left out where there is no Chromium; test/support/chromium.ts says how to have that be an error.
describe.skipIf(chromiumPath === undefined)("the page in Chromium", () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  /** What the page has complained of or asked the network for. */
  let complaints: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "shapewright-"));
    for (const [name, file] of Object.entries({
      convnet: "03-mnist-convnet",
      lstm: "05-recurrent",
      resnet: "models/resnet50",
      two: "06-two-outputs",
    })) {
      await drawGraph(`examples/${file}.ts`, { html: join(folder, `${name}.html`) }, recordingTerminal());
    }
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    complaints = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(10_000);
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
    });
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const open = (name: string, hash = "") => page.goto(pathToFileURL(join(folder, `${name}.html`)).href + hash);
  const box = (label: string) => page.locator(`[data-id][aria-label^="${label},"]`);
  const details = () => page.locator("#details");
  const click = (label: string) =>
    box(label)
      .first()
      .click({ position: { x: 30, y: 12 } });
  const expandAll = async () => {
    await page.getByRole("button", { name: "Expand all" }).click();
    await page.locator("#drawing:not([aria-busy])").waitFor();
  };
  /** The titles of all boxes. */
  const titles = () => page.locator(".box .title").allTextContents();

  test("opens with the model: its layers closed, shapes between them", async () => {
    await open("convnet");
    expect((await titles()).sort()).toEqual(
      ["image", "conv2d", "maxPooling2d", "conv2d_1", "maxPooling2d_1", "flatten", "dropout", "dense", "output"].sort(),
    );
    expect(await page.locator(".shape").allTextContents()).toContain("[batch, 13, 13, 32]");
    expect(await box("conv2d_1").getAttribute("aria-label")).toBe(
      "conv2d_1, convolution, add, relu, 5 nodes · 18,496 parameters · 143 MFLOP, layer",
    );
    expect(await page.locator("#legend").innerText()).toContain("forward pass");
    expect(await details().innerText()).toContain("34,826");
  });

  test("a layer opens and closes on a click, and shows what is in it", async () => {
    await open("convnet");
    await click("conv2d_1");
    expect(await box("conv2d_1").getAttribute("aria-expanded")).toBe("true");
    expect(await titles()).toEqual(expect.arrayContaining(["kernel", "bias", "add", "relu"]));
    expect(await page.locator(".mark").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining("maxPooling2d")]),
    );
    await click("conv2d_1");
    expect(await box("conv2d_1").getAttribute("aria-expanded")).toBe("false");
    expect(await titles()).not.toContain("kernel");
  });

  test("a node's details: shape, dtype, costs, inputs and users, with links to them", async () => {
    await open("convnet");
    await click("conv2d");
    await click("kernel");
    const text = await details().innerText();
    for (const part of ["conv2d/kernel", "[3, 3, 1, 32]", "float32", "288", "glorotUniform", "1 user"]) {
      expect(text).toContain(part);
    }
    await details().getByRole("button", { name: "convolution", exact: true }).last().click();
    expect(await details().locator("h2").innerText()).toBe("convolution");
    const conv = await details().innerText();
    for (const part of ["forward pass", "2 inputs", "image", "[batch, 26, 26, 32]", "padding", "valid"]) {
      expect(conv).toContain(part);
    }
    await page.getByRole("button", { name: "← The whole graph" }).click();
    expect(await details().locator("h2").innerText()).toBe("Model");
  });

  test("an op with several results: a short word on its line, all shapes and one dtype in its details", async () => {
    await open("lstm", "#differentiated");
    expect((await page.locator("#theme").boundingBox())!.y).toBeLessThan(20);
    expect(await box("scan").getAttribute("aria-label")).toMatch(/^scan, broadcastTo, concat, dot, …, \d+ nodes/);
    await expandAll();
    expect(await page.locator(".shape").allTextContents()).toContain("4 results");
    await page.locator("#search").fill("split body forward");
    await page.keyboard.press("Enter");
    const text = await details().innerText();
    expect(text).toContain("[batch, 24], [batch, 24], [batch, 24], [batch, 24]");
    expect(text).toMatch(/Dtype\s+float32\n/);
  });

  test("tabs: by click, by arrow keys, and from the address; each graph is left as it was", async () => {
    await open("convnet", "#train");
    const chosen = () => page.locator('[role="tab"][aria-selected="true"]').innerText();
    expect(await chosen()).toBe("Training, optimised");
    await page.getByRole("button", { name: "Fit" }).click();
    await click("dense");
    expect(await titles()).toContain("kernel update");
    await click("kernel update");
    expect(await titles()).toEqual(expect.arrayContaining(["kernel/firstMoment", "kernel/secondMoment", "applyAdam"]));
    expect(await page.locator(".line.gradient").count()).toBeGreaterThan(0);
    await page.getByRole("tab", { name: "Training, optimised" }).press("ArrowLeft");
    expect(await chosen()).toBe("Training, differentiated");
    expect(page.url()).toContain("#differentiated");
    expect(await titles()).not.toContain("applyAdam");
    await page.getByRole("tab", { name: "Training, optimised" }).click();
    expect(await titles()).toContain("applyAdam");
  });

  test("search: finds, opens what is around, and goes there", async () => {
    await open("resnet", "#differentiated");
    await page.keyboard.press("/");
    await page.keyboard.type("conv4_block3_2 kernel");
    expect(await page.locator("#found").innerText()).toBe("3 found");
    await page.keyboard.press("Enter");
    expect(await details().locator("h2").innerText()).toBe("kernel");
    expect(await details().innerText()).toContain("589,824");
    expect(await titles()).toEqual(expect.arrayContaining(["conv4_block3", "conv4_block3_2"]));
    const selected = await page.locator(".box.selected").boundingBox();
    const frame = await page.locator("#drawing").boundingBox();
    expect(selected!.x).toBeGreaterThan(frame!.x);
    expect(selected!.x + selected!.width).toBeLessThan(frame!.x + frame!.width);
    await page.locator("#search").fill("no such thing");
    expect(await page.locator("#found").innerText()).toBe("0 found");
    expect(await page.locator("#results").isHidden()).toBe(true);
  });

  test("search: what is found is said of the graph that is shown", async () => {
    await open("convnet");
    await page.locator("#search").fill("adam");
    expect(await page.locator("#found").innerText()).toBe("0 found");
    await page.getByRole("tab", { name: "Training, optimised" }).click();
    expect(await page.locator("#found").innerText()).toMatch(/^[1-9]\d* found$/);
    expect(await page.locator("#results").isHidden()).toBe(true);
    await page.locator("#search").focus();
    const found = Number.parseInt(await page.locator("#found").innerText(), 10);
    expect(await page.locator("#results > .result").count()).toBe(found);
  });

  test("the slider goes over the passes: what each adds and removes is marked, and nothing else moves", async () => {
    await open("convnet", "#passes");
    const slider = page.getByRole("slider", { name: "Pass" });
    expect(await page.locator("#pass-name").innerText()).toBe("Before any pass");
    await expandAll();
    const places = () =>
      page.evaluate<string>(
        `[...document.querySelectorAll("[data-id]")].map((one) => one.dataset.id + one.getAttribute("transform")).join()`,
      );
    const before = await places();
    expect(await page.locator(".box:is(.added, .removed, .moved)").count()).toBe(0);
    const said = async (name: string) => {
      for (let i = 0; i < 20; i++) {
        if ((await page.locator("#pass-name").innerText()).includes(name)) return;
        await page.getByRole("button", { name: "The next pass" }).click();
      }
    };
    await said("fuseReluGradient");
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/^\d of \d: fuseReluGradient {2}\+2 −4$/);
    expect(await page.locator(".box.added").count()).toBe(2);
    expect(await page.locator(".box.removed .title").allTextContents()).toEqual(
      expect.arrayContaining(["d_conv2d_1_is_greater"]),
    );
    expect(await details().innerText()).toMatch(/fuseReluGradient[\s\S]*2 added[\s\S]*4 removed/);
    expect(await places()).toBe(before);
    await slider.press("End");
    // What is gone is out of sight, and out of the way.
    expect(await page.locator(".box.absent").first().isVisible()).toBe(false);
    expect(await places()).toBe(before);
    await page.getByRole("tab", { name: "Model" }).click();
    expect(await slider.isVisible()).toBe(false);
  });

  test("a large network is closed to its blocks, and opens to all of its nodes", async () => {
    await open("resnet", "#train");
    const boxes = page.locator(".box");
    expect(await boxes.count()).toBe(19);
    // The page draws and answers meanwhile.
    await page.evaluate(`{
      window.seen = new Set();
      const look = () => void window.seen.add(document.querySelectorAll(".box").length) || requestAnimationFrame(look);
      look();
    }`);
    await expandAll();
    expect(await page.evaluate<number>("window.seen.size")).toBeGreaterThan(4);
    expect(await boxes.count()).toBeGreaterThan(600);
    // Shapes and costs would be too small to be read.
    expect(await page.locator(".box .detail").first().isVisible()).toBe(false);
    await page.getByRole("button", { name: "Collapse all" }).click();
    expect(await boxes.count()).toBe(19);
  });

  test("the keyboard alone: to the drawing, along it, into a layer, and out", async () => {
    await open("convnet");
    const focused = () => page.evaluate<string>(`document.activeElement?.getAttribute("aria-label") ?? ""`);
    await page.locator("#theme").focus();
    await page.keyboard.press("Tab");
    expect(await focused()).toMatch(/^image,/);
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toMatch(/^conv2d,/);
    await page.keyboard.press("Enter");
    expect(await box("conv2d").first().getAttribute("aria-expanded")).toBe("true");
    expect(await focused()).toMatch(/^conv2d,/);
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toMatch(/^(kernel|bias),/);
    await page.keyboard.press("Escape");
    expect(await details().locator("h2").innerText()).toBe("Model");
  });

  test("one count of layers on every graph, each with its output's shape, and inputs' roles", async () => {
    await open("convnet");
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      const text = await details().innerText();
      expect(text).toContain("7 layers");
      expect(text).toMatch(/maxPooling2d_1\s+\[batch, 5, 5, 64\]/);
    }
    await open("convnet", "#train");
    expect(await details().innerText()).toMatch(/Beside the layers[\s\S]*loss/);
    expect(await box("image").getAttribute("aria-label")).toContain("input of the model");
    expect(await box("target").getAttribute("aria-label")).toContain("int32[batch] · target");
    expect(await box("optimizer/steps").getAttribute("aria-label")).toContain("of the optimizer");
  });

  test("the batch's size is set on the page: shapes and costs follow, on every graph", async () => {
    await open("convnet");
    expect(await details().innerText()).toMatch(/Operations\s+159 MFLOP/);
    await details().getByRole("spinbutton", { name: "batch" }).fill("64");
    await page.keyboard.press("Enter");
    // Twice as many as for 32.
    expect(await details().innerText()).toMatch(/Operations\s+318 MFLOP/);
    expect(await details().innerText()).toMatch(/maxPooling2d_1\s+\[64, 5, 5, 64\]/);
    expect(await page.locator(".shape").allTextContents()).toContain("[64, 13, 13, 32]");
    await page.getByRole("tab", { name: "Training, optimised" }).click();
    expect(await box("target").getAttribute("aria-label")).toContain("int32[64]");
    await details().getByRole("spinbutton", { name: "batch" }).fill("");
    await page.keyboard.press("Enter");
    expect(await box("target").getAttribute("aria-label")).toContain("int32[batch]");
  });

  test("the legend leaves out a part of the graph, and shows it again", async () => {
    await open("convnet", "#train");
    await page.getByRole("button", { name: "Fit" }).click();
    await click("dense");
    const before = (await titles()).sort();
    expect(before).toContain("d_dense_bias");
    const backward = page.locator("#legend").getByRole("button", { name: "backward pass" });
    await backward.click();
    expect(await backward.getAttribute("aria-pressed")).toBe("false");
    expect(await titles()).toContain("kernel");
    expect(await titles()).not.toContain("d_dense_bias");
    expect(await page.locator(".line.gradient").count()).toBe(0);
    expect(await details().locator("h3").first().innerText()).toMatch(/^\d+ of \d+ nodes$/i);
    await backward.click();
    expect((await titles()).sort()).toEqual(before);
  });

  test("the forward pass alone, with gradients, with updates; the address keeps it, and the slider's stage", async () => {
    await open("convnet", "#train");
    const extent = page.getByRole("group", { name: "How much of the training step" });
    const pressed = () => extent.locator('[aria-pressed="true"]').allTextContents();
    expect(await pressed()).toEqual(["+ Updates"]);
    await extent.getByRole("button", { name: "Forward" }).click();
    expect(page.url()).toMatch(/#train\?hide=backward,update$/);
    await expandAll();
    const forward = await titles();
    expect(forward).toEqual(expect.arrayContaining(["kernel", "affineConvolution", "loss", "accuracy"]));
    // With what only updates read: the count of steps is dropout's, too.
    expect(forward).toContain("optimizer/steps");
    expect(forward.filter((title) => /^d_|Moment|learningRate|update/.test(title))).toEqual([]);
    await extent.getByRole("button", { name: "+ Gradients" }).click();
    expect(await pressed()).toEqual(["+ Gradients"]);
    expect(await titles()).toContain("d_dense_bias");
    expect((await titles()).filter((title) => /Moment|learningRate|update/.test(title))).toEqual([]);
    await page.locator("#legend").getByRole("button", { name: "variable" }).click();
    expect(page.url()).toMatch(/#train\?hide=variable,update$/);

    await page.evaluate(`location.hash = "#passes?hide=backward,update&pass=2/conv2d_1"`);
    await page.waitForFunction(`document.querySelector("#details h2").textContent === "conv2d_1"`);
    expect(await pressed()).toEqual(["Forward"]);
    expect(await page.locator("#pass").inputValue()).toBe("2");
    await page.getByRole("button", { name: "The pass before" }).click();
    expect(page.url()).toMatch(/#passes\?hide=backward,update&pass=1\/conv2d_1$/);
    await page.getByRole("tab", { name: "Model" }).click();
    expect(await extent.isVisible()).toBe(false);
  });

  test("what things cost is told of all, whatever the legend leaves out", async () => {
    await open("convnet", "#train");
    const told = async () => {
      await click("conv2d_1");
      const facts = await details().locator("dl").innerText();
      await page.locator("#clear").click();
      const whole = await details().innerText();
      return { whole, facts, label: await box("conv2d_1").first().getAttribute("aria-label") };
    };
    const before = await told();
    // 3 · 3 · 32 · 64 weights, and a bias for each of 64.
    expect(before.whole).toMatch(/conv2d_1\s+\[batch, 11, 11, 64\]\s+18,496\s/);
    for (const kind of ["variable", "backward pass"]) {
      await page.locator("#legend").getByRole("button", { name: kind }).click();
      expect(await told()).toEqual(before);
    }
  });

  test("the address says what is selected, and goes there", async () => {
    await open("convnet", "#train/conv2d_1/kernel");
    expect(await details().locator("h2").innerText()).toBe("kernel");
    await details().getByRole("button", { name: "conv2d_1", exact: true }).click();
    expect(page.url()).toMatch(/#train\/conv2d_1$/);
    await page.evaluate(`location.hash = "#evaluate/dense"`);
    await page.waitForFunction(`document.querySelector("#details h2").textContent === "dense"`);
    expect(await page.getByRole("tab", { selected: true }).innerText()).toBe("Evaluation");
    await page.evaluate(`location.hash = "#model/no%such"`);
    await page.waitForFunction(`document.querySelector("#details h2").textContent === "Model"`);
  });

  test("what is selected lights up, with its lines and the boxes at their other ends", async () => {
    await open("convnet", "#model/maxPooling2d");
    expect(await page.locator(".box.near .title").allTextContents()).toEqual(["conv2d", "conv2d_1"]);
    expect(await page.locator(".line.selected").count()).toBe(2);
  });

  test("a backward box has the name and the formula that generated code has", async () => {
    await open("convnet", "#train");
    await page.locator("#search").fill("d_dense_bias");
    await page.keyboard.press("Enter");
    expect(await details().innerText()).toMatch(/Formula\s+Σ d_dense over axis 0\s/);
    expect(await details().innerText()).toMatch(/Gradient of\s+bias/);
  });

  test("a layer and its nodes say the user's line; of a page of this machine, it opens in the editor", async () => {
    await open("convnet", "#train/conv2d_1");
    const link = details().locator("a");
    expect(await link.innerText()).toBe("examples/03-mnist-convnet.ts:32:5");
    expect(await link.getAttribute("href")).toBe(
      `vscode://file${pathToFileURL("examples/03-mnist-convnet.ts").pathname}:32:5`,
    );
  });

  test("the drawing stays in sight wherever it is dragged to", async () => {
    await open("convnet");
    for (let i = 0; i < 3; i++) {
      await page.mouse.move(100, 700);
      await page.mouse.down();
      await page.mouse.move(900, 100, { steps: 3 });
      await page.mouse.up();
    }
    const frame = (await page.locator("#drawing").boundingBox())!;
    const drawn = (await page.locator("#content").boundingBox())!;
    expect(drawn.x).toBeLessThan(frame.x + frame.width - 40);
    expect(drawn.y + drawn.height).toBeGreaterThan(frame.y + 40);
  });

  test("axe finds nothing: closed and open, in light and dark, on a desktop and on a phone", async () => {
    for (const [width, colorScheme, name] of [
      [1280, "light", "resnet"],
      [390, "dark", "convnet"],
    ] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await open(name, name === "resnet" ? "#passes" : "#train");
      if (name === "resnet") await page.getByRole("slider", { name: "Pass" }).press("End");
      if (name === "convnet") await click("conv2d");
      await page.evaluate(`${readFileSync(axe, "utf8")}\n0`);
      const found = "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))";
      expect(await page.evaluate(found)).toEqual([]);
    }
  });

  test("zoom, fit, and drag", async () => {
    await open("convnet");
    const transform = () => page.locator("#content").getAttribute("transform");
    const start = await transform();
    await page.getByRole("button", { name: "Zoom in" }).click();
    expect(await transform()).not.toBe(start);
    await page.getByRole("button", { name: "Fit" }).click();
    const fitted = await transform();
    await page.mouse.move(60, 400);
    await page.mouse.down();
    await page.mouse.move(160, 450, { steps: 3 });
    await page.mouse.up();
    const [x, y] = [fitted, await transform()].map((text) => text!.match(/-?[\d.]+/g)!.map(Number));
    expect(y![0]! - x![0]!).toBeCloseTo(100, 0);
    expect(y![1]! - x![1]!).toBeCloseTo(50, 0);
  });

  test("light and dark: as the system is, or as chosen; text stands out from what is behind it", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await open("convnet", "#train");
    /** The largest of red, green and blue, of the text and of what is behind it. */
    const lightness = async () => {
      const style = "getComputedStyle(document.body)";
      const colors = await page.evaluate<string[]>(`[${style}.color, ${style}.backgroundColor]`);
      return colors.map((color) => Math.max(...color.match(/\d+/g)!.slice(0, 3).map(Number)));
    };
    const [darkText, darkPage] = await lightness();
    expect(darkText! - darkPage!).toBeGreaterThan(150);
    await page.locator("#theme").click();
    const [lightText, lightPage] = await lightness();
    expect(lightPage! - lightText!).toBeGreaterThan(150);
  });

  test("the drawing as SVG and PNG: all of it, with its colours in it", async () => {
    await open("convnet", "#model");
    const saved = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name, exact: true }).click(),
      ]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const svg = await saved("SVG");
    expect(svg.name).toBe("program-model.svg");
    const text = svg.bytes.toString();
    expect([...text.matchAll(/font-weight="600"[^>]*>([^<]+)</g)].map(([, title]) => title)).toEqual(
      "image conv2d maxPooling2d conv2d_1 maxPooling2d_1 flatten dropout dense output".split(" "),
    );
    expect(text).not.toMatch(/var\(|light-dark|class=/);
    const png = await saved("PNG");
    expect(png.name).toBe("program-model.png");
    const [width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(text)!.slice(1).map(Number);
    expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([2 * width!, 2 * height!]);
  });

  test("a narrow window: the details are a sheet from below, of three heights", async () => {
    await page.setViewportSize({ width: 390, height: 780 });
    await open("convnet");
    const sheet = page.locator("aside");
    const height = async () => {
      await page.evaluate(
        `Promise.all(document.querySelector("aside").getAnimations().map((one) => one.finished)).then(() => {})`,
      );
      return (await sheet.boundingBox())!.height;
    };
    const half = await height();
    await page.locator("#sheet").click();
    expect(await height()).toBeLessThan(80);
    await page.locator("#sheet").click();
    expect(await height()).toBe(half);
    const { x, y } = (await page.locator("#sheet").boundingBox())!;
    await page.mouse.move(x + 100, y + 10);
    await page.mouse.down();
    await page.mouse.move(x + 100, y - 60, { steps: 2 });
    await page.mouse.up();
    expect(await height()).toBeGreaterThan(1.5 * half);
    await page.locator("#search").fill("conv");
    const results = (await page.locator("#results").boundingBox())!;
    expect(results.x).toBeGreaterThanOrEqual(0);
    expect(results.x + results.width).toBeLessThanOrEqual(390);
  });

  test("a narrow window", async () => {
    await page.setViewportSize({ width: 390, height: 780 });
    await open("convnet");
    // No box lies behind the tools.
    const [frame, tools] = [await page.locator("#drawing").boundingBox(), await page.locator("#tools").boundingBox()];
    expect(frame!.y + frame!.height).toBeLessThanOrEqual(tools!.y);
    await click("conv2d");
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(390);
    expect(await details().isVisible()).toBe(true);
  });

  test.each([400, 1280])(
    "a graph that is wider than a window of %i pixels opens whole from side to side",
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await open("two", "#train");
      const frame = (await page.locator("#drawing").boundingBox())!;
      const boxes = await page.locator(".box").all();
      expect(boxes.length).toBeGreaterThan(10);
      for (const one of boxes) {
        const { x, width } = (await one.boundingBox())!;
        expect(x).toBeGreaterThanOrEqual(frame.x);
        expect(x + width).toBeLessThanOrEqual(frame.x + frame.width);
      }
    },
  );
});
