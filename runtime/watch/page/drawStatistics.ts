import { byId } from "../../../compiler/emit/html/page/elements.js";
import { colorOf } from "./colorOf.js";
import { drawHistograms } from "./histograms.js";
import { drawLayers } from "./layers.js";
import { drawRelus } from "./relus.js";
import type { Run } from "./run.js";
import { drawSamples } from "./samples.js";

/** What was drawn last: nothing is drawn anew of what has not changed. */
let drawn = "";

/** The weight that is looked at closer: the first matrix, until another is chosen. */
let chosen: string | undefined;

/**
 * What steps of a run did, seen from within: nothing of one whose log says nothing of it.
 *
 * @param again draws the page again
 */
export function drawStatistics({ name: run, statistics }: Run, again: () => void): void {
  const last = statistics.at(-1);
  byId("inside").hidden = last === undefined;
  if (last === undefined) return;
  const weight =
    last.weights.find(({ name }) => name === chosen) ??
    last.weights.find(({ shape }) => shape.length > 1) ??
    last.weights[0];
  const name = weight?.name ?? "";
  const state = JSON.stringify([run, statistics.length, name, innerWidth, colorOf("--text")]);
  if (state === drawn) return;
  drawn = state;
  drawLayers(statistics, name, (next) => {
    chosen = next;
    again();
  });
  drawHistograms(statistics, name);
  drawRelus(statistics);
  drawSamples(statistics);
}
