import { inBytes, inPrefixes, inThousands } from "../../../units.js";
import type { Diagram, DiagramNode } from "../../diagram/diagram.js";
import type { Kind } from "../../diagram/kinds.js";
import type { PageData, PageLayer, PageView } from "../pageData.js";
import { html } from "./elements.js";
import {
  chain,
  type GroupItem,
  groupsAround,
  type Hierarchy,
  type Item,
  type NodeItem,
  totalsOf,
} from "./hierarchy.js";
import { changeText, changeWord, headingOf, kindText, shortType, typesIn } from "./labels.js";
import { changes, type Moment } from "./moment.js";

/** What the details can ask for. */
export interface DetailActions {
  readonly data: Pick<PageData, "sizes" | "layers" | "sources" | "sourceRoot">;
  /** The size of the batch, where one was said on the page. */
  readonly batch: number | undefined;
  setBatch(size: number | undefined): void;
  /** Selects an item and brings it into sight. */
  show(item: Item): void;
  toggle(group: GroupItem): void;
  isExpanded(group: GroupItem): boolean;
}

/** All there is to know of a node. */
export function nodeDetails(item: NodeItem, actions: DetailActions, moment?: Moment): HTMLElement[] {
  const { node } = item;
  const inputs = item.inputs.filter((input) => typeof input === "string" || (moment?.reads(item, input) ?? true));
  const users = item.users.filter((user) => moment?.reads(user, item) ?? true);
  const change = moment && changeText(item, moment);
  const layer = groupsAround(item).find(({ title }) => title === item.layer);
  const facts: [string, string | Node][] = [
    ...(node.name !== undefined && node.name !== item.title ? [["Name", node.name] as [string, string]] : []),
    ["Op", node.op],
    ["Part", kindText(node.kind)],
    ...(change ? [["In this pass", change] as [string, string]] : []),
  ];
  if (layer) facts.push(["Layer", link(layer, layer.title, actions)]);
  else if (item.layer) facts.push(["Layer", item.layer]);
  const types = typesIn(node.type);
  const dtypes = new Set(types.map((type) => type.replace(/\[.*/, "")));
  facts.push(["Shape", types.map((type) => type.replace(/^\w+/, "")).join(", ")], ["Dtype", [...dtypes].join(", ")]);
  if (node.role !== undefined) facts.push(["Role", node.role]);
  if (node.formula !== undefined) facts.push(["Formula", html("code", {}, node.formula)]);
  if (node.written !== undefined) facts.push(["Generated code", html("code", {}, node.written)]);
  facts.push(...sourceFact([node], actions));
  for (const value of item.gradientOf) facts.push(["Gradient of", valueLink(value, actions)]);
  if (node.parameters !== undefined) facts.push(["Parameters", inThousands(node.parameters)]);
  if (node.flops > 0) facts.push(["Operations", inPrefixes(node.flops, "FLOP")]);
  if (node.bytes > 0) facts.push(["Memory traffic", inBytes(node.bytes)]);
  return [
    heading(item.title, node.kind),
    table(facts),
    ...section("Attributes", node.attributes.length > 0 && table(node.attributes)),
    ...section(
      count(inputs.length, "input"),
      inputs.length > 0 && list(inputs.map((input) => valueLink(input, actions))),
    ),
    ...section(count(users.length, "user"), users.length > 0 && list(users.map((user) => valueLink(user, actions)))),
  ];
}

/** What a layer holds, and what it costs. */
export function groupDetails(group: GroupItem, actions: DetailActions, moment?: Moment): HTMLElement[] {
  const button = html("button", { type: "button" }, actions.isExpanded(group) ? "Collapse" : "Expand");
  button.addEventListener("click", () => actions.toggle(group));
  const isThere = (node: DiagramNode) => moment?.isThere(node) ?? true;
  const nodes = group.nodes.filter(({ node }) => isThere(node));
  const all = group.all.filter(isThere);
  const inAll = count(all.length, "node");
  return [
    heading(headingOf(group), undefined),
    html("p", {}, button),
    table([...totalFacts(all), ...sourceFact(all, actions)]),
    ...(moment ? changesIn(group, moment, actions) : []),
    ...section(
      nodes.length < all.length ? `${inThousands(nodes.length)} of ${inAll}` : inAll,
      list(nodes.map((node) => valueLink(node, actions))),
    ),
  ];
}

/** The graph as a whole, and the model's layers as a table; then what else is computed, such as the loss. */
export function viewDetails(
  view: PageView,
  { sizes, batch, layers }: Pick<PageData, "sizes" | "batch" | "layers">,
  hierarchy: Hierarchy,
  actions: DetailActions,
  moment?: Moment,
): HTMLElement[] {
  const { root, groups, nodes, nodesOf } = hierarchy;
  const boxes = new Map<string, Item>();
  for (const item of [...nodes.filter(({ layer }) => layer !== ""), ...groups]) {
    boxes.set(item.type === "group" ? item.title : item.layer, item);
  }
  const beside = besideOf(view.diagram, layers).filter(({ name }) => nodesOf.get(name)!.length > 1);
  const isThere = (node: DiagramNode) => moment?.isThere(node) ?? true;
  const tableOf = (rows: readonly Row[]) =>
    layerTable(rows, boxes, (name) => (nodesOf.get(name) ?? []).filter(isThere), actions);
  const { title, about, peakBytes } = (moment && view.stages?.[moment.stage]) ?? view;
  return [
    heading(title, undefined),
    html("p", {}, about),
    table([
      ...totalFacts(root.all.filter(isThere)),
      ["Peak memory", `${actions.batch === undefined ? "" : "about "}${inBytes(peakBytes)}`],
    ]),
    ...(sizes === "" ? [] : [html("p", { class: "note" }, ...countedFor(sizes, batch, actions))]),
    ...(moment ? changesIn(root, moment, actions) : []),
    ...section(count(layers.length, "layer"), layers.length > 0 && tableOf(layers)),
    ...section("Beside the layers", beside.length > 0 && tableOf(beside)),
  ];
}

/** The sizes that costs were counted for; that of the batch can be set. */
function countedFor(sizes: string, batch: PageData["batch"], actions: DetailActions): (string | HTMLElement)[] {
  if (!batch) return [`Counted for ${sizes}.`];
  const value = actions.batch ?? batch.size;
  const input = html("input", { id: "batch", type: "number", min: 1, step: 1, value, "aria-label": batch.name });
  input.addEventListener("change", () => {
    const size = Math.floor(input.valueAsNumber);
    actions.setBatch(size >= 1 ? size : undefined);
    document.getElementById("batch")?.focus();
  });
  const others = sizes.split(", ").filter((size) => !size.startsWith(`${batch.name} = `));
  return [`Counted for ${batch.name} = `, input, others.length > 0 ? `, ${others.join(", ")}.` : "."];
}

/** Where in the user's files the first of some nodes comes from. On the machine of who made the page, a link opens it in the editor. */
function sourceFact(nodes: readonly DiagramNode[], { data }: DetailActions): [string, string | Node][] {
  const source = nodes.find((node) => node.source !== undefined)?.source;
  if (source === undefined) return [];
  const place = data.sources[source]!;
  if (location.protocol !== "file:") return [["Source", place]];
  const [path, at] = [place.replace(/(:\d+)+$/, ""), /(:\d+)+$/.exec(place)?.[0] ?? ""];
  const { pathname } = new URL(data.sourceRoot + encodeURI(path), location.href);
  return [
    ["Source", html("a", { class: "link", href: `vscode://file${pathname}${at}`, title: "Open in VS Code" }, place)],
  ];
}

/** The nodes that a pass has added, removed, and moved. */
function changesIn({ nodes }: GroupItem, moment: Moment, actions: DetailActions): HTMLElement[] {
  return changes.flatMap((change) => {
    const found = nodes.filter(({ node }) => moment.ofNode(node) === change);
    const title = `${inThousands(found.length)} ${changeWord(change)}`;
    return section(title, found.length > 0 && list(found.map((node) => valueLink(node, actions))));
  });
}

type Row = Pick<PageLayer, "name" | "shape">;

/** The outermost groups in which there is no layer. */
function besideOf({ groups }: Diagram, layers: readonly Row[]): readonly Row[] {
  const names = new Set(layers.map(({ name }) => name));
  const holding = new Set(groups.flatMap(({ name }, i) => (names.has(name) ? chain(groups, i) : [])));
  return groups.flatMap(({ name, parent }, i) =>
    parent === undefined && !holding.has(i) ? [{ name, shape: "" }] : [],
  );
}

/** What each costs, whether it is drawn or not. */
function layerTable(
  layers: readonly Row[],
  boxes: ReadonlyMap<string, Item>,
  nodesOf: (layer: string) => readonly DiagramNode[],
  actions: DetailActions,
): HTMLElement {
  const rows = layers.map(({ name, shape }) => {
    const item = boxes.get(name);
    const { parameters, flops } = totalsOf(nodesOf(name));
    const title = html("th", { scope: "row" }, item ? link(item, name, actions) : name);
    if (shape !== "") title.append(html("small", {}, shape));
    return html("tr", {}, title, html("td", {}, inThousands(parameters)), html("td", {}, inPrefixes(flops, "FLOP")));
  });
  const names = ["Layer", "Parameters", "Operations"].map((name) => html("th", { scope: "col" }, name));
  const made = html("table", { class: "layers" }, html("thead", {}, html("tr", {}, ...names)));
  made.append(html("tbody", {}, ...rows));
  return made;
}

function totalFacts(nodes: readonly DiagramNode[]): [string, string][] {
  const { parameters, flops, bytes, flopsOf } = totalsOf(nodes);
  const facts: [string, string][] = [
    ["Nodes", inThousands(nodes.length)],
    ["Parameters", inThousands(parameters)],
    ["Operations", inPrefixes(flops, "FLOP")],
  ];
  for (const kind of ["forward", "backward", "update"] as const) {
    const part = flopsOf[kind];
    if (part && part < flops) facts.push([`– ${kindText(kind)}`, inPrefixes(part, "FLOP")]);
  }
  return [...facts, ["Memory traffic", inBytes(bytes)]];
}

function heading(title: string, kind: Kind | undefined): HTMLElement {
  return html("h2", {}, ...(kind ? [html("span", { class: `swatch ${kind}` })] : []), title);
}

function table(facts: readonly (readonly [string, string | Node])[]): HTMLElement {
  return html("dl", {}, ...facts.flatMap(([name, value]) => [html("dt", {}, name), html("dd", {}, value)]));
}

function section(title: string, content: HTMLElement | false): HTMLElement[] {
  return content ? [html("h3", {}, title), content] : [];
}

function list(entries: readonly (Node | string)[]): HTMLElement {
  return html("ul", { class: "values" }, ...entries.map((entry) => html("li", { class: "value" }, entry)));
}

function valueLink(value: NodeItem | string, actions: DetailActions): Node {
  if (typeof value === "string") return html("span", {}, `the number ${value}`);
  const line = html(
    "span",
    {},
    html("span", { class: `swatch ${value.node.kind}` }),
    link(value, value.title, actions),
  );
  line.append(html("small", {}, [shortType(value.node.type), value.layer].filter(Boolean).join(" · ")));
  return line;
}

function link(item: Item, text: string, actions: DetailActions): HTMLElement {
  const button = html("button", { type: "button", class: "link" }, text);
  button.addEventListener("click", () => actions.show(item));
  return button;
}

function count(number: number, noun: string): string {
  return `${inThousands(number)} ${noun}${number === 1 ? "" : "s"}`;
}
