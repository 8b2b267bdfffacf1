import { byId, html } from "../../../compiler/emit/html/page/elements.js";
import { beginOfBin, lastBin } from "../octaves.js";
import type { Histogram, StepStatistics } from "../records.js";
import { colorOf } from "./colorOf.js";
import { drawnOn } from "./drawnOn.js";
import { digits } from "./words.js";

const height = 190;
/** What is left of the drawing, for the axis' numbers. */
const left = 58;

/** The histograms of a weight and of its gradient over time: a column for each step that was looked at. */
export function drawHistograms(statistics: readonly StepStatistics[], name: string): void {
  const found = statistics.flatMap(({ steps, weights }) => {
    const weight = weights.find((one) => one.name === name);
    return weight ? [{ steps, values: weight.histogram, gradients: weight.gradientHistogram }] : [];
  });
  const shape = statistics.at(-1)!.weights.find((one) => one.name === name)?.shape ?? [];
  const steps = found.map((one) => one.steps);
  byId("histograms").replaceChildren(
    panel(
      `${name} [${shape.join(", ")}]`,
      steps,
      found.map(({ values }) => values),
    ),
    panel(
      `gradient of ${name}`,
      steps,
      found.map(({ gradients }) => gradients),
    ),
  );
}

function panel(title: string, steps: readonly number[], histograms: readonly Histogram[]): HTMLElement {
  const last = histograms.at(-1);
  const words = last ? summary(last) : "";
  const width = widthOfColumn(byId("histograms").clientWidth);
  const label = `${title} over ${histograms.length} steps: ${words}`;
  return html(
    "div",
    { class: "histogram" },
    html("h3", {}, title),
    html("p", { class: "note" }, words),
    drawnOn(label, { width, height }, (context) => drawHeat(context, width, steps, histograms)),
    html(
      "p",
      { class: "note ends" },
      html("span", {}, `step ${steps[0]?.toLocaleString("en") ?? ""}`),
      html("span", {}, `step ${steps.at(-1)?.toLocaleString("en") ?? ""}`),
    ),
  );
}

/** How wide a drawing is where there is so much room: two stand beside one another if they can. */
function widthOfColumn(room: number): number {
  const [least, gap] = [380, 14];
  return Math.max(200, room >= 2 * least + gap ? (room - gap) / 2 : room);
}

/** What the last histogram says, in words. */
function summary(histogram: Histogram): string {
  const { notFinite = 0 } = histogram;
  const total = totalOf(histogram);
  const bound = reach(histogram, 0.9);
  const most =
    total === 0
      ? "no finite values"
      : bound === 0
        ? "nine of ten values are 0"
        : `nine of ten values are within ±${digits(bound)}`;
  return notFinite > 0 ? `${most}; ${notFinite} infinite or NaN` : most;
}

function totalOf({ counts }: Histogram): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** How many values there are in a bin. */
function countIn({ first, counts }: Histogram, bin: number): number {
  return counts[bin - first] ?? 0;
}

/** The least bound, a power of 2, within which a share of the values lies. */
function reach(histogram: Histogram, share: number): number {
  const total = totalOf(histogram);
  let within = countIn(histogram, 0);
  for (let bin = 1; bin <= lastBin; bin++) {
    if (within >= share * total) return beginOfBin(bin === 1 ? 0 : bin);
    within += countIn(histogram, bin) + countIn(histogram, -bin);
  }
  return beginOfBin(lastBin + 1);
}

/** The bins that are shown: up to the largest that any value falls into, and down to where a hundredth of them is smaller. */
function shownBins(histograms: readonly Histogram[]): { readonly from: number; readonly to: number } {
  const all = histograms.filter((one) => totalOf(one) > 0);
  const sizes = all.flatMap(({ first, counts }) => [Math.abs(first), Math.abs(first + counts.length - 1)]);
  const to = Math.max(1, ...sizes);
  const smallest = all.map((histogram) => {
    let below = countIn(histogram, 0);
    for (let bin = 1; bin <= to; bin++) {
      below += countIn(histogram, bin) + countIn(histogram, -bin);
      if (below > totalOf(histogram) / 100 && below > countIn(histogram, 0)) return bin;
    }
    return to;
  });
  return { from: Math.max(1, Math.min(to, ...smallest)), to };
}

function drawHeat(
  context: CanvasRenderingContext2D,
  width: number,
  steps: readonly number[],
  histograms: readonly Histogram[],
): void {
  const { from, to } = shownBins(histograms);
  const side = to - from + 1;
  const rows = 2 * side + 1;
  const row = height / rows;
  const [begin, end] = [steps[0] ?? 0, steps.at(-1) ?? 0];
  const average = (end - begin) / Math.max(1, steps.length - 1);
  // The last column is as wide as one is on average: nothing is known of what came after it.
  const across = (step: number) => left + ((width - left) * (step - begin)) / Math.max(1, end - begin + average);
  context.fillStyle = colorOf("--accent");
  for (const [i, histogram] of histograms.entries()) {
    const total = totalOf(histogram);
    const x = across(steps[i]!);
    const next = across(steps[i + 1] ?? end + Math.max(1, average));
    const fill = (place: number, count: number) => {
      if (count === 0) return;
      context.globalAlpha = Math.min(1, 0.08 + 1.3 * Math.sqrt(count / total));
      context.fillRect(x, place * row, Math.max(1, next - x), row);
    };
    let small = countIn(histogram, 0);
    for (let bin = 1; bin < from; bin++) small += countIn(histogram, bin) + countIn(histogram, -bin);
    fill(side, small);
    for (let bin = from; bin <= to; bin++) {
      fill(to - bin, countIn(histogram, bin));
      fill(side + 1 + bin - from, countIn(histogram, -bin));
    }
  }
  context.globalAlpha = 1;
  context.fillStyle = colorOf("--muted");
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "right";
  const write = (text: string, y: number) => context.fillText(text, left - 6, Math.min(height - 3, Math.max(10, y)));
  write("0", height / 2 + 4);
  const middle = Math.round((from + to) / 2);
  for (const sign of [1, -1]) {
    write(digits(sign * beginOfBin(to + 1)), sign > 0 ? 0 : height);
    // Where it begins on the side of 0, with room to 0 and to the end.
    const inner = (to - middle + 1) * row;
    if (side > 3) write(digits(sign * beginOfBin(middle)), (sign > 0 ? inner : height - inner) + 4);
  }
}
