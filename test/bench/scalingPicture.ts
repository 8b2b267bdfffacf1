import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleForBrowser, chromiumPath, startChromium } from "../support/chromium.js";

/** A perceptron: so many layers of so many units each, and ten outputs. */
export interface Size {
  readonly batch: number;
  readonly width: number;
  readonly depth: number;
}

/** Milliseconds of a step, and of its matrix products by themselves. */
export interface ScalingPoint extends Size {
  readonly parameters: number;
  readonly step: number;
  readonly products: number;
}

/** A step's time against one quantity, by its name; the others stay. */
export type ScalingResult = Readonly<Record<"batch" | "width" | "depth" | "parameters", readonly ScalingPoint[]>>;

const out = resolve(import.meta.dirname, "../../docs/pictures");
const titles: Readonly<Record<keyof ScalingResult, string>> = {
  batch: "Samples a batch (4 layers of 256)",
  width: "Units a layer (4 layers, batch 64)",
  depth: "Layers (of 128, batch 64)",
  parameters: "Parameters (4 layers, batch 4)",
};
const style = `
  body { margin: 0; padding: 12px; display: grid; grid-template-columns: 1fr 1fr; gap: 12px; font: 14px system-ui, sans-serif;
    width: 960px; box-sizing: border-box; background: #fff; color: #1f2328; --grid: #d0d7de; --step: #0969da; --products: #bc4c00; }
  body.dark { background: #0d1117; color: #e6edf3; --grid: #30363d; --step: #58a6ff; --products: #f0883e; }
  h2 { font-size: 14px; margin: 0 0 4px; } .u-legend { font-size: 12px; }`;
/** What runs in the page: four charts, both axes logarithmic. */
const charts = `
  import uPlot from "uplot";
  const colour = (name) => getComputedStyle(document.body).getPropertyValue(name);
  for (const { title, data } of shown) {
    const box = document.createElement("figure");
    box.style.margin = 0;
    box.innerHTML = "<h2>" + title + "</h2>";
    document.body.append(box);
    const axis = { stroke: colour("color") || getComputedStyle(document.body).color, grid: { stroke: colour("--grid"), width: 1 } };
    const words = (value) => (value === null ? "" : value >= 1e6 ? value / 1e6 + "M" : value >= 1e3 ? value / 1e3 + "k" : String(value));
    const values = (_, splits) => splits.map(words);
    const line = (label, stroke) => ({ label, stroke: colour(stroke), width: 2, points: { show: true, size: 6 } });
    new uPlot({
      width: 460, height: 280, legend: { live: false },
      scales: { x: { time: false, distr: 3, log: 10, range: (_, least, most) => [10 ** Math.floor(Math.log10(least)), most] }, y: { distr: 3, log: 10 } },
      axes: [{ ...axis, values }, { ...axis, values, label: "ms a step", size: 60 }],
      series: [{}, line("step", "--step"), line("products alone", "--products")],
    }, data, box);
  }
  window.drawn = true;`;

/** Draws a step's time and its products' as docs/pictures/scaling.png, light and dark, where there is Chromium. */
export async function drawScaling(result: ScalingResult): Promise<void> {
  if (chromiumPath === undefined) return;
  const shown = Object.entries(result).map(([quantity, points]) => ({
    title: titles[quantity as keyof ScalingResult],
    data: [
      points.map((point) => point[quantity as keyof ScalingResult]),
      points.map(({ step }) => step),
      points.map(({ products }) => Math.max(products, 1e-3)),
    ],
  }));
  const browser = await startChromium();
  try {
    const script = await bundleForBrowser(charts);
    const uPlotStyle = readFileSync(fileURLToPath(import.meta.resolve("uplot/dist/uPlot.min.css")), "utf8");
    for (const dark of [false, true]) {
      const page = await browser.newPage({ viewport: { width: 960, height: 700 }, deviceScaleFactor: 2 });
      await page.setContent(
        `<body class="${dark ? "dark" : "light"}"><style>${uPlotStyle}${style}</style><script>const shown = ${JSON.stringify(shown)};</script>`,
      );
      await page.addScriptTag({ content: script, type: "module" });
      await page.waitForFunction("window.drawn");
      await page.screenshot({ path: resolve(out, `scaling${dark ? "-dark" : ""}.png`), fullPage: true });
    }
  } finally {
    await browser.close();
  }
}
