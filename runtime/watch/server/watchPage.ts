import { createHash } from "node:crypto";
import { pageHead } from "../../../compiler/emit/html/pageHead.js";
import { bundledPage, type PageFiles } from "../../files/bundledPage.js";
import type { WatchData } from "../records.js";

let files: Promise<PageFiles> | undefined;

/** The page's script and style, bundled when they are first asked for. */
function pageFiles(): Promise<PageFiles> {
  files ??= bundledPage(new URL("../page/", import.meta.url));
  return files;
}

/**
 * The page that shows runs, in one file: it fetches nothing but what its own server says of runs that are under way.
 *
 * @param entries what the page begins with, each as JSON
 */
export async function watchPage(data: Omit<WatchData, "entries">, entries: readonly string[]): Promise<string> {
  const { script, style } = await pageFiles();
  const [closedScript, closedStyle] = [`\n${script}`, `\n${style}`];
  const carried = `{${JSON.stringify(data).slice(1, -1)},"entries":[${entries.join()}]}`;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(closedScript)}`,
    `style-src ${hashOf(closedStyle)}`,
    `connect-src ${data.isLive ? "'self'" : "'none'"}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `${pageHead({ title: "Training", policy, style, referrer: "no-referrer" })}
<body>
<header>
  <h1 id="title">Training</h1>
  <p id="status" role="status">No run yet</p>
  <div id="acts" role="group" aria-label="Training" hidden>
    <button id="pause" type="button">Pause</button>
    <button id="stop" type="button">Stop</button>
    <button id="save" type="button">Save</button>
  </div>
  <a id="export" class="button" href="export" download hidden>Export</a>
  <button id="theme" type="button" title="Change the colours">Auto</button>
  <progress id="progress" max="1" value="0" aria-label="Training" hidden></progress>
</header>
<section id="settings" aria-label="View">
  <label>Smoothing <input id="smoothing" type="range" min="0" max="0.99" step="0.01" value="0.6"> <output id="smoothed" for="smoothing">0.6</output></label>
  <label><input id="log" type="checkbox"> Logarithmic</label>
  <label>Against <select id="against"><option value="steps">steps</option><option value="epochs">epochs</option><option value="seconds">time</option></select></label>
</section>
<main>
  <div>
    <section id="charts" aria-label="Curves"></section>
    <section id="matrices" aria-label="Matrices" hidden></section>
${inside}
  </div>
  <aside>
    <h2>Runs</h2>
    <ul id="runs"></ul>
    <h2>Events</h2>
    <ol id="events" tabindex="0" aria-label="Events"></ol>
    <h2>Epochs</h2>
    <div id="epochs" tabindex="0" role="region" aria-label="Epochs"></div>
  </aside>
</main>
<script id="data" type="application/json">${carried.replaceAll("<", "\\u003c")}</script>
<script>${closedScript}</script>
</body>
</html>
`;
}

/** What steps are, seen from within, with words for who sees such numbers for the first time. */
const inside = `    <section id="inside" aria-label="Layers and samples" hidden>
      <figure id="layers" aria-labelledby="layers-title">
        <h2 id="layers-title">Layers<small id="layers-step"></small></h2>
        <p class="note">How long each weight w and its gradient g are as vectors, and how far the step moved the weight as a part of its length.
        About 0.001 is healthy, says <a href="https://cs231n.github.io/neural-networks-3/#ratio" rel="noreferrer">Stanford’s CS231n</a>: much
        less learns slowly, and a higher learning rate may do; much more may never settle, and a lower one may. The band behind the curves is
        from 0.0001 to 0.01.
        Biases and scales are told without a verdict.</p>
        <div id="weights" class="wide" tabindex="0" role="region" aria-label="Weights"></div>
        <p id="omitted" class="note"></p>
      </figure>
      <figure id="spread" aria-labelledby="spread-title">
        <h2 id="spread-title">Values over time</h2>
        <p class="note">Of the weight that is chosen among the layers: the stronger the colour, the more of its values lie there. Each band is twice as wide
        as the next towards 0, so that small values can be seen beside large ones. Weights that drift apart without end, and gradients that
        fade to 0 or grow, are what to look out for.</p>
        <div id="histograms"></div>
      </figure>
      <figure id="dead" aria-labelledby="dead-title">
        <h2 id="dead-title">Dead relus</h2>
        <p class="note">A unit whose relu is 0 for every sample of a batch passes no gradient on, and does not learn from it. Some are usual;
        where it is most of a layer, or ever more, steps are too large or the start was bad: a lower learning rate helps, or leakyRelu.</p>
        <div id="relus" class="wide" tabindex="0" role="region" aria-label="Relus"></div>
      </figure>
      <figure id="worst" aria-labelledby="worst-title">
        <h2 id="worst-title">Worst samples<small id="samples-step"></small></h2>
        <p class="note">Of the batch of that step those with the greatest loss, the worst first, with the model as it predicts. Here wrong labels
        show themselves, and what the model finds hard.</p>
        <ol id="samples"></ol>
      </figure>
    </section>`;

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
