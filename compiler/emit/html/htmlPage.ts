import type { PageData } from "./pageData.js";
import { escapeText, pageHead } from "./pageHead.js";

const policy = ["default-src 'none'", "style-src 'unsafe-inline'", "script-src 'unsafe-inline'", "img-src data:"];

/**
 * A page that shows graphs, in one file: nothing is fetched.
 *
 * @param script the page's script, `page/main.ts` bundled
 * @param style its style sheet, `page/page.css`
 */
export function htmlPage(data: PageData, script: string, style: string): string {
  return `${pageHead({ title: data.title, policy, style })}
<body>
<header>
  <h1 title="${escapeText(data.title)}">${escapeText(data.title)}</h1>
  <div id="tabs" role="tablist" aria-label="Graphs"></div>
  <div class="search">
    <span id="found" role="status"></span>
    <input id="search" type="search" placeholder="Search (/)" aria-label="Search for a node or layer" role="combobox"
      aria-expanded="false" aria-controls="results" aria-autocomplete="list" autocomplete="off" spellcheck="false">
    <ul id="results" role="listbox" aria-label="Found" hidden></ul>
  </div>
  <button id="theme" type="button" title="Change the colours">Auto</button>
</header>
<main>
<div id="panel" role="tabpanel">
  <svg id="drawing" role="group" aria-label="The graph. Arrow keys go from box to box, Enter opens one." xmlns="http://www.w3.org/2000/svg">
    <defs>
      <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0.5L8 4L0 7.5z"/></marker>
      <marker id="gradient-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0.5L8 4L0 7.5z"/></marker>
    </defs>
    <g id="content"></g>
  </svg>
  <div id="shown">
    <div id="extent" role="group" aria-label="How much of the training step is shown" hidden></div>
    <ul id="legend" aria-label="Colours: what is shown"></ul>
  </div>
  <div id="passes" role="group" aria-label="Passes" hidden>
    <button id="pass-back" type="button" aria-label="The pass before">‹</button>
    <input id="pass" type="range" min="0" step="1" aria-label="Pass">
    <button id="pass-next" type="button" aria-label="The next pass">›</button>
    <output id="pass-name" for="pass"></output>
  </div>
  <div id="tools" role="toolbar" aria-label="View">
    <button id="zoom-in" type="button" aria-label="Zoom in" title="Zoom in (+)">+</button>
    <button id="zoom-out" type="button" aria-label="Zoom out" title="Zoom out (-)">−</button>
    <button id="fit" type="button" title="Show all (f)">Fit</button>
    <button id="expand" type="button">Expand all</button>
    <button id="collapse" type="button">Collapse all</button>
    <button id="copy" type="button" title="Copy the drawing as a picture">Copy</button>
    <button id="svg" type="button" title="Save the drawing as SVG">SVG</button>
    <button id="png" type="button" title="Save the drawing as PNG">PNG</button>
    <span id="copied" role="status"></span>
  </div>
  <svg id="minimap" aria-hidden="true" xmlns="http://www.w3.org/2000/svg"></svg>
</div>
</main>
<aside aria-label="Details" data-sheet="half">
  <button id="sheet" type="button" aria-controls="details" aria-expanded="true" aria-label="Details: more or less of them"></button>
  <button id="clear" type="button" hidden>← The whole graph</button>
  <div id="details" aria-live="polite"></div>
</aside>
<script id="data" type="application/json">${escapeJson(data)}</script>
<script>
${script}</script>
</body>
</html>
`;
}

/** JSON in which nothing ends the script element around it. */
function escapeJson(data: PageData): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
