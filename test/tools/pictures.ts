/**
 * Makes the pictures of README in Chromium: of a mistake in an editor, of training that is watched, and of a model's graph.
 *
 *     npm run pictures               all of them
 *     npm run pictures -- red-line   one: red-line, training or graph
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import {
  accuracy,
  compile,
  confusionMatrix,
  cosineDecay,
  dense,
  flatten,
  input,
  model,
  type Optimizer,
  relu,
  rmsprop,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { loadMnist } from "../../examples/data/mnist.js";
import { drawGraph } from "../../runtime/cli/graph.js";
import { type Callback, open, type WatchOptions } from "../../runtime/index.js";
import { bundleForBrowser, startChromium } from "../support/chromium.js";
import { recordingTerminal } from "../support/recordingTerminal.js";
import { redLine, source } from "./red-line.js";

const out = resolve(import.meta.dirname, "../../docs/pictures");
const pictures: Readonly<Record<string, (browser: Browser) => Promise<void>>> = {
  "red-line": pictureOfRedLine,
  training: pictureOfTraining,
  graph: pictureOfGraph,
};
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(pictures);
const editorStyle = `
  body { margin: 0; background: #fff; }
  body.dark { background: #282c34; }
  .cm-editor { font-size: 15px; padding: 10px 0; outline: none !important; }
  .cm-activeLine, .cm-activeLineGutter { background: none !important; }
  .cm-tooltip.cm-tooltip-hover { font: 13px/1.5 ui-monospace, monospace; max-width: 720px; border: 1px solid #ccc; }
  .dark .cm-tooltip.cm-tooltip-hover { color: #d7dae0; background: #21252b; border-color: #4b5263; }
  .cm-tooltip.cm-tooltip-hover { margin-top: 5px; }
  .cm-lintRange-error { background: none !important; text-decoration: wavy underline #e51400 1.5px; text-underline-offset: 3px; }
  .cm-diagnosticText { white-space: pre-wrap; }`;
/** What runs in the page: an editor with a mistake underlined, and what is said of it where the mouse rests on it. */
const editor = `
  import { javascript } from "@codemirror/lang-javascript";
  import { setDiagnostics } from "@codemirror/lint";
  import { oneDark } from "@codemirror/theme-one-dark";
  import { tooltips } from "@codemirror/view";
  import { basicSetup, EditorView } from "codemirror";
  // What is said stands below its line, so that the code above can be read.
  const tooltipSpace = (view) => ({ left: 0, top: view.coordsAtPos(view.state.doc.length).top, right: innerWidth, bottom: innerHeight });
  const extensions = [basicSetup, javascript({ typescript: true }), tooltips({ tooltipSpace }), ...(shown.dark ? [oneDark] : [])];
  const view = new EditorView({ doc: shown.source.trimEnd(), extensions, parent: document.body });
  view.dispatch(setDiagnostics(view.state, [shown.diagnostic]));`;
const epochs = 8;
const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
const browser = await startChromium();
try {
  for (const picture of chosen) await pictures[picture]!(browser);
  console.log(`Wrote ${out}`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

/** Shows a shape mistake in an editor, with TypeScript's own message, light and dark. */
async function pictureOfRedLine(browser: Browser): Promise<void> {
  const { from, message } = await redLine();
  const diagnostic = { from, to: from + 1, severity: "error", message };
  const script = await bundleForBrowser(editor);
  for (const dark of [false, true]) {
    const page = await browser.newPage({ viewport: { width: 860, height: 300 }, deviceScaleFactor: 2 });
    const shown = JSON.stringify({ source, diagnostic, dark });
    await page.setContent(
      `<body class="${dark ? "dark" : "light"}"><style>${editorStyle}</style><script>const shown = ${shown};</script>`,
    );
    await page.addScriptTag({ content: script, type: "module" });
    await page.locator(".cm-lintRange-error").hover();
    await page.locator(".cm-tooltip-lint").waitFor();
    await page.screenshot({ path: join(out, `red-line${dark ? "-dark" : ""}.png`), animations: "disabled" });
    await page.close();
  }
}

/** Trains twice, and takes the page of the second while it goes on: its curves, and below them its layers. */
async function pictureOfTraining(browser: Browser): Promise<void> {
  const { train, test } = loadMnist({ imageShape: [28, 28, 1] });
  const digits = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) => {
    const hidden = dense(flatten(image), { units: 512, activation: relu, name: "hidden" });
    return dense(hidden, { units: 10, name: "digits" });
  });
  const run = async (optimizer: Optimizer, watch: WatchOptions, callbacks: Callback[]) => {
    const loss = sparseCategoricalCrossentropy({ fromLogits: true });
    using session = await open(compile(digits, { optimizer, loss, metrics: [accuracy(), confusionMatrix()] }));
    const validationData = [{ image: test.images }, test.labels] as const;
    const options = { epochs, batchSize: 128, validationData, watch, callbacks };
    await session.fit({ image: train.images }, train.labels, options);
  };
  const page = await newPage(browser);
  const rate = cosineDecay(1e-3, { decaySteps: epochs * 469 });
  await run(sgd({ learningRate: 0.1 }), { log: join(folder, "sgd.jsonl"), page: false }, []);
  // Before the last epoch, while it goes on.
  const beforeLast: Callback = {
    async onEpochBegin({ epoch }) {
      if (epoch < epochs) return;
      const row = page.locator("#epochs tbody tr").nth(epochs - 2);
      await row.waitFor();
      await page.screenshot({ path: join(out, "watch.png") });
      await page.locator("#inside").screenshot({ path: join(out, "layers.png") });
    },
  };
  const watch = { log: join(folder, "rmsprop.jsonl"), onListening: (url: string) => page.goto(url) };
  await run(rmsprop({ learningRate: rate }), watch, [beforeLast]);
}

/** Draws the graphs of an example, and takes what is trained, with a layer opened. */
async function pictureOfGraph(browser: Browser): Promise<void> {
  const html = join(folder, "graph.html");
  await drawGraph("examples/03-mnist-convnet.ts", { html }, recordingTerminal());
  const page = await newPage(browser);
  await page.goto(pathToFileURL(html).href);
  const layer = page.locator('[data-id][aria-label^="conv2d_1,"]').first();
  await layer.click({ position: { x: 30, y: 12 } });
  await page
    .locator('[data-id][aria-label^="convolution,"]')
    .first()
    .click({ position: { x: 30, y: 12 } });
  await page.getByRole("button", { name: "Fit" }).click();
  await page.screenshot({ path: join(out, "graph.png"), animations: "disabled" });
}

function newPage(browser: Browser): Promise<Page> {
  return browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
}
