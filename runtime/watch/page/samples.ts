import { byId, html } from "../../../compiler/emit/html/page/elements.js";
import type { ShownValue, StepStatistics, WorstSample } from "../records.js";
import { inPercent } from "./relus.js";
import { digits } from "./words.js";

/** The samples with the greatest loss of the last step that was looked at. */
export function drawSamples(statistics: readonly StepStatistics[]): void {
  const { samples, steps } = statistics.at(-1)!;
  byId("worst").hidden = samples.length === 0;
  byId("samples-step").textContent = ` step ${steps.toLocaleString("en")}`;
  byId("samples").replaceChildren(...samples.map((sample) => html("li", {}, ...partsOf(sample))));
}

function partsOf({ loss, inputs, outputs }: WorstSample): (Node | string)[] {
  const entries = Object.entries(inputs);
  const named = (name: string, all: readonly unknown[]) => (all.length > 1 ? `${name}: ` : "");
  const shown = entries.map(([name, value]) => html("div", { class: "input" }, named(name, entries), viewOf(value)));
  const answers = Object.entries(outputs).map(([name, { target, prediction }], _, all) =>
    html(
      "div",
      {},
      named(name, all),
      html("span", { class: "target" }, "target ", inText(target)),
      html("br"),
      html("span", { class: "prediction" }, "predicted ", inText(prediction)),
    ),
  );
  return [...shown, html("strong", {}, `loss ${digits(loss)}`), ...answers];
}

function viewOf(value: ShownValue): Node | string {
  return "image" in value ? pictureOf(value) : inText(value);
}

function inText(value: ShownValue): string {
  if ("image" in value) return "an image";
  if ("classes" in value)
    return value.classes
      .map(([number, probability]) =>
        probability === null || value.classes.length === 1 ? String(number) : `${number} (${inPercent(probability)})`,
      )
      .join(", ");
  const { numbers, count } = value;
  const more = count > numbers.length ? `, … (${count.toLocaleString("en")} numbers)` : "";
  return `${numbers.map(digits).join(", ")}${more}`;
}

/** An image as it is, a pixel for each of its own; the style sheet makes it larger. */
function pictureOf({ image, height, width, channels }: Extract<ShownValue, { image: string }>): HTMLElement {
  const canvas = html("canvas", { role: "img", "aria-label": `image, ${height} × ${width}`, width, height });
  const bytes = Uint8Array.from(atob(image), (letter) => letter.charCodeAt(0));
  const pixels = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let color = 0; color < 3; color++) {
      pixels.data[4 * i + color] = bytes[channels === 3 ? 3 * i + color : i]!;
    }
    pixels.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d")!.putImageData(pixels, 0, 0);
  return canvas;
}
