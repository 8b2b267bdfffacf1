import { type Kind, kinds } from "../../diagram/kinds.js";
import type { PageData, PageView } from "../pageData.js";
import { atBatch, viewAtBatch } from "./atBatch.js";
import { Camera, type Region } from "./camera.js";
import { type DetailActions, groupDetails, nodeDetails, viewDetails } from "./details.js";
import { Drawing } from "./drawing.js";
import { byId } from "./elements.js";
import { type GestureActions, startGestures } from "./gestures.js";
import { type GroupItem, groupsAround, type Hierarchy, type Item } from "./hierarchy.js";
import { inParts } from "./inParts.js";
import type { Measure } from "./layout.js";
import { Minimap } from "./minimap.js";
import { type Counts, Moment } from "./moment.js";
import { startPrinting } from "./print.js";
import type { Scene } from "./scene.js";
import { beginState, type ViewState } from "./view-state.js";

/** A large graph is opened at this scale, from its top. */
const comfortable = 0.85;
/** For a group that has just been opened, the drawing shrinks no further than this. */
const readable = 0.6;
/** Every node of a large network at once is an overview, not a text. */
const smallestOverview = 0.25;

/** The drawing of the chosen graph, and what can be done with it. */
export class Viewer implements DetailActions, GestureActions {
  readonly #frame = byId<SVGSVGElement>("drawing");
  readonly #drawing = new Drawing();
  readonly #details = byId("details");
  readonly #camera = new Camera(this.#frame, () => this.#moved());
  readonly #minimap = new Minimap(byId<SVGSVGElement>("minimap"), this.#camera);
  /** By graph, and by the kinds that are hidden. */
  readonly #states = new Map<string, ViewState>();
  /** Kinds of nodes that are left out of every graph. */
  #hidden: ReadonlySet<Kind> = new Set();
  #state: ViewState | undefined;
  /** The size of the batch, where one was said. */
  batch: number | undefined;
  /** Counts what has been drawn: what takes its time is left where something else was asked for meanwhile. */
  #drawn = 0;

  constructor(
    readonly data: PageData,
    readonly measure: Measure,
    /** Is told when something else is shown, or selected. */
    readonly changed: () => void,
  ) {
    startGestures(this.#frame, this);
    new ResizeObserver(() => {
      this.#camera.measure();
      this.#moved();
    }).observe(this.#frame);
    startPrinting(
      () => this.scene,
      () => this.#moved(),
    );
  }

  get hierarchy(): Hierarchy {
    return this.#current.hierarchy;
  }

  get view(): PageView {
    return this.#current.view;
  }

  get scene(): Scene {
    return this.#current.scene;
  }

  /** Shows a graph as it was left, or from its top with all of its groups closed. */
  open(view: PageView): void {
    if (this.#state) this.#state.camera = this.#position();
    const key = [view.id, ...this.hidden].join(" ");
    const shown = viewAtBatch(view, this.data, this.batch);
    const state = this.#states.get(key) ?? beginState(shown, this.#hidden, this.measure);
    this.#states.set(key, state);
    this.#state = state;
    this.#draw();
    if (state.camera) Object.assign(this.#camera, state.camera);
    else this.#camera.fit(state.scene, comfortable);
    this.#moved();
    this.#tell();
  }

  /** The stage that is shown of a graph that is shown pass by pass. */
  get stage(): number {
    return this.#current.moment?.stage ?? 0;
  }

  /** What has changed in it. */
  get changes(): Counts {
    const { moment, hierarchy } = this.#current;
    return moment?.counts(hierarchy.root) ?? { added: 0, removed: 0, moved: 0 };
  }

  /** Shows another stage, of those that there are: every box stays where it is. All of a large network is drawn in parts. */
  async showStage(stage: number): Promise<void> {
    const state = this.#current;
    const last = (state.view.stages?.length ?? 1) - 1;
    state.moment = new Moment(state.hierarchy, Math.min(last, Math.max(0, Math.trunc(stage))));
    const steps = this.#drawSteps(true);
    const drawn = this.#wanted();
    this.#frame.setAttribute("aria-busy", "true");
    await inParts(steps, drawn);
    if (!drawn()) return;
    this.#frame.removeAttribute("aria-busy");
    this.#tell();
  }

  get selected(): Item | undefined {
    return this.#current.selected;
  }

  /** The kinds of nodes that are left out. */
  get hidden(): readonly Kind[] {
    return kinds.filter((kind) => this.isHidden(kind));
  }

  isHidden(kind: Kind): boolean {
    return this.#hidden.has(kind);
  }

  /** Shows another size of the batch: in shapes its name again, where none is given. */
  setBatch(size: number | undefined): void {
    this.batch = size;
    this.#states.clear();
    this.#renew();
  }

  /** Leaves nodes of these kinds out, and of no others. */
  hide(hidden: ReadonlySet<Kind>): void {
    this.#hidden = hidden;
    if (!this.#state) return;
    this.#renew();
    this.#camera.fit(this.scene, comfortable);
  }

  /** Begins the graph anew; what was open and chosen stays so. */
  #renew(): void {
    const { view, expanded, selected, moment } = this.#current;
    const position = this.#position();
    this.open(this.data.views.find(({ id }) => id === view.id)!);
    const state = this.#current;
    state.moment = moment && new Moment(state.hierarchy, moment.stage);
    state.expanded.clear();
    for (const id of expanded) if (state.hierarchy.items.has(id)) state.expanded.add(id);
    state.selected = selected && state.hierarchy.items.get(selected.id);
    this.#layOut();
    Object.assign(this.#camera, position);
    this.#camera.changed();
    this.#tell();
  }

  fit(): void {
    this.#camera.fit(this.scene);
  }

  zoom(factor: number): void {
    this.#camera.zoom(factor);
  }

  /** Opens every group, or closes them all. All of a large network is laid out and drawn in parts, and the page answers meanwhile. */
  async expandAll(open: boolean): Promise<void> {
    const state = this.#current;
    const all = open ? state.hierarchy.groups.map(({ id }) => id) : [];
    const laidOut = this.#wanted();
    this.#frame.setAttribute("aria-busy", "true");
    await inParts(state.layouter.steps(state.hierarchy.root, new Set(all)), laidOut);
    if (!laidOut()) return;
    state.expanded.clear();
    for (const id of all) state.expanded.add(id);
    state.scene = state.layouter.scene(state.hierarchy.root, state.expanded);
    const steps = this.#drawSteps();
    const drawn = this.#wanted();
    // What is too small to be read is not drawn only to be taken away.
    this.#camera.fit(this.scene, open ? smallestOverview : comfortable);
    await inParts(steps, drawn);
    if (!drawn()) return;
    this.#frame.removeAttribute("aria-busy");
    this.#tell();
  }

  isExpanded(group: GroupItem): boolean {
    return this.#current.expanded.has(group.id);
  }

  /** Opens or closes a group; what was clicked on stays where it is on the screen. */
  toggle(group: GroupItem): void {
    const state = this.#current;
    const before = this.#regionOf(group);
    if (!state.expanded.delete(group.id)) state.expanded.add(group.id);
    state.selected = group;
    this.#layOut();
    const after = this.#regionOf(group);
    if (before && after) {
      const middle = (before.width - after.width) / 2;
      this.#camera.pan((before.x - after.x + middle) * this.#camera.scale, (before.y - after.y) * this.#camera.scale);
      this.#camera.reveal(after, readable);
    }
    this.#tell();
  }

  show(item: Item): void {
    const state = this.#current;
    for (const group of groupsAround(item)) state.expanded.add(group.id);
    state.selected = item;
    this.#layOut();
    const region = this.#regionOf(item);
    if (region) this.#camera.center(region);
    this.#drawing.focus(item);
    this.#tell();
  }

  /** From a mark at the edge of a group to the value that comes in there, or to the first that reads it outside. */
  follow(mark: Element): void {
    const value = this.hierarchy.items.get(mark.getAttribute("data-mark")!);
    if (value?.type !== "node") return;
    const here = value.parent;
    const outside = value.users.find((user) => !here.nodes.includes(user)) ?? value;
    this.show(mark.getAttribute("data-incoming") === "true" ? value : outside);
  }

  select(item: Item): void {
    this.#current.selected = item;
    this.#tell();
    this.#drawing.focus(item);
  }

  reveal(item: Item): void {
    const region = this.#regionOf(item);
    if (region) this.#camera.reveal(region);
  }

  /** Selects nothing: the details are those of the graph. */
  clear(): void {
    this.#current.selected = undefined;
    this.#tell();
  }

  get #current(): ViewState {
    return this.#state!;
  }

  #layOut(): void {
    const { layouter, expanded, hierarchy } = this.#current;
    this.#current.scene = layouter.scene(hierarchy.root, expanded);
    this.#draw();
  }

  #draw(): void {
    for (const _ of this.#drawSteps());
    this.#frame.removeAttribute("aria-busy");
  }

  /** Begins to draw the scene: the rest are these steps. */
  #drawSteps(atOnce = false): Iterable<void> {
    this.#drawn++;
    const { scene, largestFlops, moment } = this.#current;
    this.#camera.content = scene;
    this.#minimap.draw(scene);
    return this.#drawing.show(scene, largestFlops, moment, atOnce);
  }

  /** Says whether nothing else has been drawn since. */
  #wanted(): () => boolean {
    const drawn = this.#drawn;
    return () => this.#drawn === drawn;
  }

  /** Says what is selected: in the drawing, and in the details. */
  #tell(): void {
    const { selected, view, hierarchy, moment } = this.#current;
    this.#drawing.select(selected);
    let shown: HTMLElement[];
    if (selected === undefined) shown = viewDetails(view, atBatch(this.data, this.batch), hierarchy, this, moment);
    else if (selected.type === "group") shown = groupDetails(selected, this, moment);
    else shown = nodeDetails(selected, this, moment);
    this.#details.replaceChildren(...shown);
    this.#details.scrollTop = 0;
    byId("clear").hidden = selected === undefined;
    this.changed();
  }

  #regionOf(item: Item): Region | undefined {
    return this.#current.scene.boxes.find((box) => box.item === item);
  }

  #position() {
    const { scale, x, y } = this.#camera;
    return { scale, x, y };
  }

  #moved(): void {
    if (!this.#state) return;
    this.#drawing.place(this.#camera);
    this.#minimap.follow(this.#state.scene);
  }
}
