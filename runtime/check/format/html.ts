import { readFileSync } from "node:fs";
import { escapeText, pageHead } from "../../../compiler/emit/html/pageHead.js";
import type { Chain, Explained, Finding, Fix } from "../finding.js";
import { boxes } from "./boxes.js";
import { changedLines } from "./changed-lines.js";
import { frame } from "./frame.js";
import { reading } from "./reading-texts.js";
import { fixWords, type Report, shownPath, titleOf } from "./report.js";
import { summary } from "./text.js";

const policy = ["default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"];
const plain = { style: (_: unknown, text: string) => text, colored: false, width: 100 };

/** A page that shows mistakes, in one file: nothing is fetched, and nothing runs. Each with its chain as boxes, to scale. */
export function formatHtml(report: Report): string {
  const { findings } = report;
  const title = `check: ${summary(report, plain)}`;
  const listed = findings.map(
    (finding, i) =>
      `<li><a href="#mistake-${i + 1}">${escapeText(titleOf(finding))}</a> <small>${escapeText(placeOf(finding, report))}</small></li>`,
  );
  return `${pageHead({ title, policy, style: sheet("../../../compiler/emit/html/page/shared.css") + sheet("../page/page.css") })}
<body>
<header><h1>${escapeText(title)}</h1></header>
<main>
${findings.length > 1 ? `<nav aria-label="Mistakes"><ol>${listed.join("")}</ol></nav>\n` : ""}${findings.map((finding, i) => article(finding, i + 1, report)).join("\n")}
</main>
</body>
</html>
`;
}

function sheet(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

function placeOf({ place }: Finding, report: Report): string {
  return place.file === "" ? "" : `${shownPath(report, place.file)}:${place.line}:${place.column}`;
}

function article(finding: Finding, number: number, report: Report): string {
  const { place, explained, message, rule } = finding;
  const code = place.file === "" ? "" : block("Code", frame(place, reading(report)(place.file), plain));
  return `<article id="mistake-${number}">
<h2>${escapeText(titleOf(finding))}</h2>
<p><small>${escapeText(placeOf(finding, report))}${explained ? ` (${rule})` : ""}</small></p>
${code}
${explained ? explanation(explained, report) : `<p>${escapeText(message)}</p>`}
</article>`;
}

function explanation({ what, chains, fix, others = [] }: Explained, report: Report): string {
  const fixes = [fix, ...others].map((one, i) => fixPart(i === 0 ? "Fix" : "Or", one, report));
  const note = chains.some(({ steps }) => steps.some(({ shape }) => shape !== undefined))
    ? `<p class="note">The boxes of a chain are to scale: heights and widths by one, channels by another. The batch axis is not drawn.</p>`
    : "";
  return `<p>${escapeText(what)}</p>\n${chains.map(chainPart).join("\n")}${note}\n${fixes.join("\n")}`;
}

function chainPart({ label, steps }: Chain): string {
  const draw = boxes(steps);
  const items = steps.map((step) => {
    const { name, shape, arithmetic, wrong } = step;
    const shown = shape === undefined ? "" : `<code class="shape">${escapeText(shape)}</code>`;
    const how = arithmetic === undefined ? "" : `<span class="how">${escapeText(arithmetic)}</span>`;
    return `<li${wrong ? ' class="refused"' : ""}>${draw(step)}<code>${wrong ? "✗ " : ""}${escapeText(name)}</code>${shown}${how}</li>`;
  });
  const caption = label === undefined ? "" : `<figcaption>${escapeText(label)}</figcaption>`;
  return `<figure>${caption}<ol class="chain">${items.join("")}</ol></figure>`;
}

function fixPart(head: string, fix: Fix, report: Report): string {
  const lines = changedLines(fix.edits, reading(report)).map(({ sign, number, text }) => {
    const kind = sign === "+" ? "ins" : "del";
    return `<${kind}>${sign} ${String(number ?? "").padStart(3)} | ${escapeText(text)}</${kind}>`;
  });
  const diff = lines.length > 0 ? `<pre tabindex="0" role="group" aria-label="Change">${lines.join("\n")}</pre>` : "";
  const gives = fix.gives === undefined ? "" : `<p>→ <code class="shape">${escapeText(fix.gives)}</code></p>`;
  return `<section><p><strong>${head}:</strong> ${escapeText(fixWords(fix))}</p>${diff}${gives}</section>`;
}

function block(label: string, text: string): string {
  return `<pre tabindex="0" role="group" aria-label="${label}">${escapeText(text)}</pre>`;
}
