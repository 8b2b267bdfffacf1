import fc from "fast-check";
import { expect, test } from "vitest";
import { diagramOf } from "../../compiler/emit/diagram/diagramOf.js";
import { flowsOf } from "../../compiler/emit/html/page/flows.js";
import { type GroupItem, hierarchyOf } from "../../compiler/emit/html/page/hierarchy.js";
import { Layouter } from "../../compiler/emit/html/page/layout.js";
import type { Box, Scene } from "../../compiler/emit/html/page/scene.js";
import { program as convnet } from "../../examples/03-mnist-convnet.js";
import { program as resnet50 } from "../../examples/models/resnet50.js";
import type { Graph } from "../../src/ir/graph.js";
import { matrixCases } from "../support/randomGraphs.js";

const dims = new Map([["batch", 8]]);

/** Lays a graph out with some of its groups open. */
function layOut(graph: Graph, isOpen: (group: GroupItem) => boolean): Scene {
  const hierarchy = hierarchyOf(diagramOf(graph, dims));
  const open = new Set(hierarchy.groups.filter(isOpen).map(({ id }) => id));
  // As wide as letters are about; the page measures its own.
  return new Layouter(flowsOf(hierarchy), (text) => 6 * text.length).scene(hierarchy.root, open);
}

/** What is wrong with a scene: boxes that overlap or stick out of their groups, and lines to nowhere. */
function faultsOf({ boxes, marks, lines, width, height }: Scene): string[] {
  const page = { x: 0, y: 0, width, height };
  const inside = (inner: Omit<Box, "item" | "expanded">, outer: typeof page) =>
    inner.x >= outer.x - 1 &&
    inner.y >= outer.y - 1 &&
    inner.x + inner.width <= outer.x + outer.width + 1 &&
    inner.y + inner.height <= outer.y + outer.height + 1;
  const frames = new Map(boxes.map((box) => [box.item, box]));
  const faults: string[] = [];
  for (const box of boxes) {
    const parent = box.item.parent?.parent ? frames.get(box.item.parent) : page;
    if (!parent || !inside(box, parent)) faults.push(`${box.item.title} sticks out`);
    for (const other of boxes) {
      if (other === box || other.item.parent !== box.item.parent) continue;
      const apart =
        box.x + box.width <= other.x ||
        other.x + other.width <= box.x ||
        box.y + box.height <= other.y ||
        other.y + other.height <= box.y;
      if (!apart) faults.push(`${box.item.title} overlaps ${other.item.title}`);
    }
  }
  for (const mark of marks) if (!inside(mark, page)) faults.push(`the mark ${mark.text} sticks out`);
  for (const { points, label } of lines) {
    const numbers = [label, ...points].flatMap(({ x, y }) => [x, y]);
    if (points.length < 2 || !numbers.every(Number.isFinite)) faults.push(`the line ${label.text} leads nowhere`);
  }
  return faults;
}

test.each([
  ["the convnet, differentiated", convnet.sources.train],
  ["ResNet-50, differentiated", resnet50.sources.train],
])("%s: boxes stand apart and within their groups, closed and open", (_, graph) => {
  expect(faultsOf(layOut(graph, () => false))).toEqual([]);
  expect(faultsOf(layOut(graph, ({ id }) => Number(id.slice(1)) % 2 === 0))).toEqual([]);
  const all = layOut(graph, () => true);
  expect(faultsOf(all)).toEqual([]);
  const drawn = all.boxes.filter(({ item }) => item.type === "node").length;
  expect(drawn).toBe(diagramOf(graph, dims).nodes.length);
});

test("equal blocks are placed alike", () => {
  const { boxes } = layOut(resnet50.train, () => true);
  const inside = (block: string) => {
    const frame = boxes.find(({ item }) => item.type === "group" && item.title === block)!;
    const within = boxes.filter(({ item }) => {
      for (let group = item.parent; group; group = group.parent) if (group === frame.item) return true;
      return false;
    });
    return within.map(({ x, y, width, height }) =>
      [x - frame.x, y - frame.y, width, height].map((number) => number.toFixed(1)),
    );
  };
  expect(inside("conv4_block2").length).toBeGreaterThan(30);
  expect(inside("conv4_block5")).toEqual(inside("conv4_block2"));
});

test("random graphs: the same", () => {
  fc.assert(
    fc.property(matrixCases, ({ graph }) => {
      expect(faultsOf(layOut(graph, () => false))).toEqual([]);
      expect(faultsOf(layOut(graph, () => true))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
