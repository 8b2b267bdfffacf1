import { byId, html } from "./elements.js";
import { pngPicture, svgPicture } from "./picture.js";
import type { Scene } from "./scene.js";

/**
 * The buttons that take the drawing elsewhere: as a file, or to paste.
 *
 * @param name what files are called, without their ending
 */
export function startPictures(scene: () => Scene, name: () => string): void {
  const said = byId("copied");
  const actions: Record<string, () => Promise<void>> = {
    svg: async () => save(new Blob([svgPicture(scene())], { type: "image/svg+xml" }), `${name()}.svg`),
    png: async () => save(await pngPicture(scene()), `${name()}.png`),
    copy: async () => {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": pngPicture(scene()) })]);
      said.textContent = "Copied";
    },
  };
  for (const [id, action] of Object.entries(actions)) {
    byId(id).addEventListener("click", () => {
      said.textContent = "";
      action().catch((error: Error) => {
        said.textContent = `Not done: ${error.message}`;
      });
    });
  }
}

function save(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob);
  html("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
