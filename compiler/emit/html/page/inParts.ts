/** No longer than this at once, so that the page answers. */
const moment = 12;

/**
 * Takes steps, and lets the page draw and answer between them where they take longer than a moment.
 *
 * @param isWanted is asked after such a pause: if not, the rest is left
 */
export async function inParts(steps: Iterable<unknown>, isWanted: () => boolean): Promise<void> {
  let begun = performance.now();
  for (const _ of steps) {
    if (performance.now() - begun < moment) continue;
    await new Promise((go) => setTimeout(go));
    if (!isWanted()) return;
    begun = performance.now();
  }
}
