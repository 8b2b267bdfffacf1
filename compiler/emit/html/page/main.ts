import type { PageData } from "../pageData.js";
import { addressOf, itemCalled, readAddress } from "./address.js";
import { byId } from "./elements.js";
import { Search } from "./search.js";
import { showLegend } from "./showLegend.js";
import { showPasses } from "./showPasses.js";
import { startPictures } from "./startPictures.js";
import { startSheet } from "./startSheet.js";
import { startTabs } from "./tabs.js";
import { startTheme } from "./theme.js";
import { Viewer } from "./viewer.js";

const data = JSON.parse(byId("data").textContent!) as PageData;

const context = document.createElement("canvas").getContext("2d")!;
const family = getComputedStyle(document.body).fontFamily;
const measure = (text: string, bold: boolean) => {
  context.font = bold ? `600 13px ${family}` : `11px ${family}`;
  return context.measureText(text).width;
};
const viewer = new Viewer(data, measure, () => {
  const { view, stage, hidden, selected } = viewer;
  history.replaceState(null, "", addressOf({ view: view.id, stage, hidden }, selected));
});

const search = new Search(
  () => viewer.hierarchy,
  (item) => viewer.show(item),
);

startTheme();
/** The stage that an address has asked for. */
let asked: number | undefined;
const chooseTab = startTabs(data.views, data.first, (view) => {
  viewer.open(view);
  if (asked !== undefined && view.stages) void viewer.showStage(asked);
  search.renew();
  showLegend(view, viewer);
  showPasses(view, viewer);
});
/** Goes where the address says. */
function followAddress(): void {
  const { view, selected, stage, hidden } = readAddress(location.hash);
  viewer.hide(new Set(hidden));
  asked = stage;
  chooseTab(view);
  asked = undefined;
  const item = itemCalled(selected, viewer.hierarchy);
  if (item) viewer.show(item);
}
followAddress();
addEventListener("hashchange", followAddress);
startSheet();
startPictures(
  () => viewer.scene,
  () => `${data.title.split(" ")[0]}-${viewer.view.id}`,
);
const actions: Record<string, () => void | Promise<void>> = {
  fit: () => viewer.fit(),
  "zoom-in": () => viewer.zoom(1.25),
  "zoom-out": () => viewer.zoom(0.8),
  expand: () => viewer.expandAll(true),
  collapse: () => viewer.expandAll(false),
  clear: () => viewer.clear(),
};
for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);

const keys: Record<string, () => void> = {
  "/": () => search.focus(),
  f: () => viewer.fit(),
  "+": () => viewer.zoom(1.25),
  "-": () => viewer.zoom(0.8),
  Escape: () => viewer.clear(),
};
addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  const action = typing || event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
