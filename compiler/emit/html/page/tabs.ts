import type { PageView } from "../pageData.js";
import { byId, html } from "./elements.js";

/** A tab for each graph. */
export function startTabs(
  views: readonly PageView[],
  first: string,
  open: (view: PageView) => void,
): (id: string) => void {
  const list = byId("tabs");
  const tabs = views.map((view) =>
    html("button", { type: "button", role: "tab", id: `tab-${view.id}`, "aria-controls": "panel" }, view.title),
  );
  const choose = (index: number) => {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
    });
    tabs[index]!.scrollIntoView({ block: "nearest", inline: "nearest" });
    byId("panel").setAttribute("aria-labelledby", tabs[index]!.id);
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
  return (id) => {
    const indexOf = (wanted: string) => views.findIndex((view) => view.id === wanted);
    choose(indexOf(id) < 0 ? indexOf(first) : indexOf(id));
  };
}
