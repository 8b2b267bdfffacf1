import type { PageView } from "../pageData.js";
import { byId } from "./elements.js";
import { countsText } from "./labels.js";
import type { Counts } from "./moment.js";

/** What the slider can ask for. */
export interface PassActions {
  readonly stage: number;
  readonly changes: Counts;
  showStage(stage: number): Promise<void>;
}

/** The slider over the passes, where a graph is shown pass by pass. */
export function showPasses({ stages }: PageView, actions: PassActions): void {
  byId("passes").hidden = stages === undefined;
  if (!stages) return;
  const slider = byId<HTMLInputElement>("pass");
  const [back, next] = ["pass-back", "pass-next"].map((id) => byId<HTMLButtonElement>(id));
  const last = stages.length - 1;
  const go = (stage: number) => {
    void actions.showStage(stage);
    tell();
  };
  const tell = () => {
    const { stage } = actions;
    const counts = countsText(actions.changes);
    const text = stage === 0 ? stages[0]!.title : `${stage} of ${last}: ${stages[stage]!.title}  ${counts}`;
    slider.value = String(stage);
    slider.setAttribute("aria-valuetext", text);
    byId("pass-name").textContent = text;
    back!.disabled = stage === 0;
    next!.disabled = stage === last;
  };
  slider.max = String(last);
  slider.oninput = () => go(Number(slider.value));
  back!.onclick = () => go(actions.stage - 1);
  next!.onclick = () => go(actions.stage + 1);
  tell();
}
