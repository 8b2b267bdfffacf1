import { byId } from "../../../compiler/emit/html/page/elements.js";
import { startTheme } from "../../../compiler/emit/html/page/theme.js";
import type { Act, Entry, WatchData } from "../records.js";
import { Chart, type View } from "./chart.js";
import { type Against, axes, quantitiesOf } from "./curves.js";
import { drawStatistics } from "./drawStatistics.js";
import { drawEpochs, drawEvents } from "./log.js";
import { drawMatrices } from "./matrices.js";
import { lastOf, type Run, Runs } from "./run.js";
import { RunList } from "./runList.js";
import { partOf, stateOf, statusOf } from "./status.js";

const data = JSON.parse(byId("data").textContent!) as WatchData;
const runs = new Runs();
const list = new RunList(plan);
const charts = new Map<string, Chart>();
let isConnected = !data.isLive;

const smoothing = byId<HTMLInputElement>("smoothing");
const log = byId<HTMLInputElement>("log");
const against = byId<HTMLSelectElement>("against");

/** Draws soon: what comes meanwhile is drawn with it. */
let isPlanned = false;
function plan(): void {
  if (isPlanned) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    draw();
  });
}

function draw(): void {
  const { all } = runs;
  const shown = list.shown(all);
  byId("smoothed").textContent = smoothing.value;
  const view: View = {
    against: axes.find((axis) => axis === against.value) ?? ("steps" satisfies Against),
    smoothing: Number(smoothing.value),
    isLog: log.checked,
  };
  for (const quantity of quantitiesOf(shown.map(({ run }) => run))) {
    const chart = charts.get(quantity.id) ?? new Chart(quantity);
    if (!charts.has(quantity.id)) insert(quantity.id, chart);
    chart.draw(shown, view);
  }
  list.draw(all);
  const main = data.controlled === null ? all.at(-1) : runs.get(data.controlled);
  if (!main) return;
  const state = stateOf(main);
  byId("title").textContent = main.name;
  document.title = `${main.name} – Shapewright`;
  byId("status").textContent = statusOf(main, isSilent(main));
  byId("status").dataset.state = state;
  const progress = byId<HTMLProgressElement>("progress");
  [progress.hidden, progress.value] = [false, main.end?.how === "done" ? 1 : partOf(main)];
  byId("acts").hidden = data.controlled === null || state === "ended" || !isConnected;
  byId("pause").textContent = state === "paused" || state === "pausing" ? "Go on" : "Pause";
  byId("export").hidden = !data.isLive || !isConnected;
  drawEvents(main);
  drawEpochs(main);
  drawMatrices(main);
  drawStatistics(main, plan);
}

/** How long a run may say nothing, in milliseconds: a step may take long. */
const patience = 60_000;

/** Whether nothing is heard of a run that has not ended: its process may have been killed. */
function isSilent(run: Run): boolean {
  if (!isConnected) return true;
  const last = Date.parse(run.begun.at) + (lastOf(run)?.seconds ?? 0) * 1000;
  return data.controlled === null && stateOf(run) !== "paused" && Date.now() - last > patience;
}

/** Reports come before what is known of every run. */
function insert(id: string, chart: Chart): void {
  charts.set(id, chart);
  const first = id.startsWith("report-") ? charts.get("learning-rate")?.element : undefined;
  byId("charts").insertBefore(chart.element, first ?? null);
}

for (const control of [smoothing, log, against]) control.addEventListener("input", plan);
startTheme();
byId("theme").addEventListener("click", plan);
addEventListener("resize", plan);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", plan);

for (const entry of data.entries) runs.add(entry);
plan();
if (data.isLive) listen();

/** Takes what comes. A browser that is cut off asks again, for what it has not got yet. */
function listen(): void {
  const source = new EventSource("events");
  source.addEventListener("open", () => {
    isConnected = true;
    plan();
  });
  source.addEventListener("message", (message: MessageEvent<string>) => {
    for (const entry of JSON.parse(message.data) as Entry[]) runs.add(entry);
    plan();
  });
  source.addEventListener("error", () => {
    isConnected = false;
    // Its server has ended with it.
    if (runs.get(data.controlled)?.end) source.close();
    plan();
  });
}

const acts: Readonly<Record<string, () => Act>> = {
  pause: () => (byId("pause").textContent === "Pause" ? "pause" : "resume"),
  stop: () => "stop",
  save: () => "save",
};
for (const [id, act] of Object.entries(acts)) {
  byId(id).addEventListener("click", async () => {
    const answer = await fetch("act", { method: "POST", body: act() }).catch(() => undefined);
    if (!answer?.ok) byId("status").textContent = answer ? await answer.text() : "No word from it.";
  });
}
