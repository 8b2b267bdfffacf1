import { html } from "../../../compiler/emit/html/page/elements.js";

/** A colour of the style sheet, as it is in this theme. */
export function colorOf(name: string): string {
  const probe = html("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
