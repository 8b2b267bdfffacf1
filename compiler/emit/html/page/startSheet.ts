import { byId } from "./elements.js";

/** How much of the details a narrow window shows, from below: their heading, half of the window, or nearly all of it. */
const heights = ["peek", "half", "full"] as const;

/** The handle of the sheet that details are on in a narrow window: a click or a drag makes it higher or lower. */
export function startSheet(): void {
  const handle = byId("sheet");
  const sheet = handle.parentElement!;
  const show = (height: (typeof heights)[number]) => {
    sheet.setAttribute("data-sheet", height);
    handle.setAttribute("aria-expanded", String(height !== "peek"));
  };
  const shown = () => heights.indexOf(sheet.getAttribute("data-sheet") as (typeof heights)[number]);
  let start: number | undefined;
  let dragged = false;
  handle.addEventListener("pointerdown", ({ clientY, pointerId }) => {
    start = clientY;
    dragged = false;
    handle.setPointerCapture(pointerId);
  });
  handle.addEventListener("pointermove", ({ clientY }) => {
    if (start === undefined || Math.abs(clientY - start) < 30) return;
    dragged = true;
    show(heights[Math.min(2, Math.max(0, shown() + (clientY < start ? 1 : -1)))]!);
    start = clientY;
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    handle.addEventListener(end, () => {
      start = undefined;
    });
  }
  handle.addEventListener("click", () => {
    if (!dragged) show(shown() === 0 ? "half" : "peek");
    dragged = false;
  });
  show("half");
}
