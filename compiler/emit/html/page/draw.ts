import { svg } from "./elements.js";
import { type Item, totalsOf } from "./hierarchy.js";
import { changeText, headingOf, kindText, linesOf } from "./labels.js";
import type { Change, Moment } from "./moment.js";
import { type Box, type Line, type Point, type PortMark, readingOrder, type Scene } from "./scene.js";

/** Draws a scene into an element, one thing at a step: groups below lines below nodes. At a moment, with what became of each. */
export function* draw(
  content: ParentNode,
  { boxes, lines, marks }: Scene,
  largestFlops: number,
  moment?: Moment,
): Generator<void> {
  const ordered = readingOrder(boxes);
  const [frames, others] = [ordered.filter((box) => box.expanded), ordered.filter((box) => !box.expanded)];
  const unread = { "aria-hidden": "true" };
  yield* layer(content, {}, frames, (box) => changed(drawFrame(box, moment), box, moment));
  yield* layer(content, unread, lines, (line) => marked(drawLine(line), moment?.ofLine(line)));
  yield* layer(content, {}, marks, (mark) => marked(drawMark(mark), moment?.ofNode(mark.port.value.node)));
  yield* layer(content, {}, others, (box) => changed(drawBox(box, largestFlops, moment), box, moment));
  yield* layer(content, unread, lines, (line) => marked(drawLabel(line), moment?.ofLine(line)));
}

function* layer<T>(
  content: ParentNode,
  attributes: Readonly<Record<string, string>>,
  things: readonly T[],
  drawn: (thing: T) => SVGElement,
): Generator<void> {
  const group = svg("g", attributes);
  content.append(group);
  for (const thing of things) {
    group.append(drawn(thing));
    yield;
  }
}

function marked<E extends SVGElement>(element: E, change: Change | undefined): E {
  if (change !== undefined) element.classList.add(change);
  return element;
}

/** A box with what became of it, at its upper right corner. */
function changed(element: SVGGElement, { item, width }: Box, moment: Moment | undefined): SVGGElement {
  if (!moment) return element;
  const text = changeText(item, moment);
  if (text !== "") element.append(" ", svg("text", { class: "change", x: width - 4, y: -4 }, text));
  return marked(element, moment.of(item));
}

function drawFrame({ item, x, y, width, height }: Box, moment: Moment | undefined): SVGGElement {
  return svg(
    "g",
    { ...focusable(item, true, moment), class: "box frame", transform: `translate(${x} ${y})` },
    svg("rect", { class: "surface", width, height, rx: 10 }),
    svg("rect", { class: "bar", width, height: 28, rx: 10 }),
    svg("path", { class: "chevron", d: "M12 12l4.5 5 4.5-5" }),
    svg("text", { class: "title", x: 28, y: 19 }, item.type === "group" ? headingOf(item) : item.title),
  );
}

function drawBox({ item, x, y, width, height }: Box, largestFlops: number, moment: Moment | undefined): SVGGElement {
  const group = item.type === "group";
  const indent = group ? 28 : 13;
  const [title, ...rest] = linesOf(item, moment);
  const element = svg(
    "g",
    { ...focusable(item, false, moment), transform: `translate(${x} ${y})` },
    ...(group ? [svg("rect", { class: "behind", x: 4, y: 4, width, height, rx: 9 })] : []),
    svg("rect", { class: "surface", width, height, rx: group ? 9 : 6 }),
    ...(group ? [svg("path", { class: "chevron", d: "M13 10l5 4.5-5 4.5" })] : []),
    svg("text", { class: "title", x: indent, y: 20 }, title!),
    ...(item.type === "node" && item.node.formula !== undefined ? [svg("title", {}, item.node.formula)] : []),
    // With a space before each, as the label has them: else what is seen would be one word to who speaks to the page.
    ...rest.flatMap((line, i) => [" ", svg("text", { class: "detail", x: indent, y: 35 + 15 * i }, line)]),
  );
  element.setAttribute("class", `box ${group ? "group" : `node ${item.node.kind}`}`);
  if (group) element.append(...costBar(item, width, height, largestFlops, moment));
  return element;
}

/** How much of the floating-point operations a layer has, beside the layer that has most of them. */
function costBar(
  item: Item & { type: "group" },
  width: number,
  height: number,
  largest: number,
  moment: Moment | undefined,
): SVGRectElement[] {
  const { flopsOf } = totalsOf(item.all.filter((node) => moment?.isThere(node) ?? true));
  let x = 10;
  return (["forward", "backward", "update"] as const).map((kind) => {
    const length = largest > 0 ? ((flopsOf[kind] ?? 0) / largest) * (width - 20) : 0;
    const bar = svg("rect", { class: `cost ${kind}`, x, y: height - 4, width: length, height: 3 });
    x += length;
    return bar;
  });
}

function drawMark({ x, y, width, height, port, text, incoming }: PortMark): SVGGElement {
  const label = incoming ? `from ${text}` : `to ${text}`;
  return svg(
    "g",
    { class: "mark", transform: `translate(${x} ${y})`, "data-mark": port.value.id, "data-incoming": String(incoming) },
    svg("title", {}, label),
    svg("rect", { width, height, rx: height / 2 }),
    svg("text", { x: width / 2, y: 13 }, text),
  );
}

function drawLine({ points, values, ends, gradient }: Line): SVGPathElement {
  return svg("path", {
    class: gradient ? "line gradient" : "line",
    d: curve(points),
    "marker-end": gradient ? "url(#gradient-arrow)" : "url(#arrow)",
    "data-values": [...values].map(({ id }) => id).join(" "),
    "data-ends": ends.join(" "),
  });
}

function drawLabel({ label, gradient }: Line): SVGTextElement {
  return svg("text", { class: gradient ? "shape gradient" : "shape", x: label.x, y: label.y + 4 }, label.text);
}

/** A smooth curve: through the middles between the points, bent towards the points themselves. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.length - 1;
  const bends = rest.slice(0, last).map((point, i) => {
    const next = rest[i + 1]!;
    const end = i + 1 === last ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${point.x} ${point.y} ${end.x} ${end.y}`;
  });
  return `M${first!.x} ${first!.y}${bends.length > 0 ? bends.join("") : `L${rest[0]!.x} ${rest[0]!.y}`}`;
}

function focusable(item: Item, expanded: boolean, moment: Moment | undefined) {
  const group = item.type === "group";
  return {
    "data-id": item.id,
    role: "button",
    // One stop for the tab key; the arrow keys go from box to box.
    tabindex: -1,
    "aria-expanded": group ? String(expanded) : undefined,
    "aria-label": [
      ...linesOf(item, moment),
      moment ? changeText(item, moment) : "",
      group ? "layer" : kindText(item.node.kind),
    ]
      .filter(Boolean)
      .join(", "),
  };
}
