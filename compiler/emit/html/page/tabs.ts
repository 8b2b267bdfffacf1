import type { PageView } from "../pageData.js";
import { byId, html } from "./elements.js";

/** A tab for each graph. The address says which is open: `page.html#train`. */
export function startTabs(views: readonly PageView[], first: string, open: (view: PageView) => void): void {
  const list = byId("tabs");
  const tabs = views.map((view) =>
    html("button", { type: "button", role: "tab", id: `tab-${view.id}`, "aria-controls": "panel" }, view.title),
  );
  const choose = (index: number) => {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
    });
    byId("panel").setAttribute("aria-labelledby", tabs[index]!.id);
    history.replaceState(null, "", `#${views[index]!.id}`);
    open(views[index]!);
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => choose(index));
    tab.addEventListener("keydown", ({ key }) => {
      const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
      if (step === 0) return;
      const next = (index + step + tabs.length) % tabs.length;
      tabs[next]!.focus();
      choose(next);
    });
  });
  list.replaceChildren(...tabs);
  const indexOf = (wanted: string) => views.findIndex(({ id }) => id === wanted);
  const named = indexOf(location.hash.slice(1));
  choose(named < 0 ? indexOf(first) : named);
}
