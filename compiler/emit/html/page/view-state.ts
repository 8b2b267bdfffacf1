import type { Kind } from "../../diagram/kinds.js";
import type { PageView } from "../pageData.js";
import { flowsOf } from "./flows.js";
import { type Hierarchy, hierarchyOf, type Item, totalsOf } from "./hierarchy.js";
import { Layouter, type Measure } from "./layout.js";
import { Moment } from "./moment.js";
import type { Scene } from "./scene.js";

/** What the page remembers of each graph while another is shown. */
export interface ViewState {
  readonly view: PageView;
  readonly hierarchy: Hierarchy;
  readonly layouter: Layouter;
  readonly expanded: Set<string>;
  /** What the largest layer takes, which the bars of all are drawn by. */
  readonly largestFlops: number;
  selected: Item | undefined;
  scene: Scene;
  /** Of a graph that is shown pass by pass, what is shown of it. */
  moment: Moment | undefined;
  camera?: { scale: number; x: number; y: number };
}

/** A graph as it is first shown, with all of its groups closed, and without some kinds of nodes. */
export function beginState(view: PageView, hidden: ReadonlySet<Kind>, measure: Measure): ViewState {
  const hierarchy = hierarchyOf(view.diagram, hidden);
  const layouter = new Layouter(flowsOf(hierarchy), measure);
  const expanded = new Set<string>();
  const scene = layouter.scene(hierarchy.root, expanded);
  const layers = hierarchy.root.children.filter((item) => item.type === "group");
  const largestFlops = Math.max(0, ...layers.map((layer) => totalsOf(layer.all).flops));
  const moment = view.stages && new Moment(hierarchy, 0);
  return { view, hierarchy, layouter, expanded, scene, largestFlops, selected: undefined, moment };
}
