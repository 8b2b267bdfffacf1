import { expect, test } from "vitest";
import { hashGraph } from "../../runtime/build/hashGraph.js";
import { generate } from "../../src/ir/array.js";
import { makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { constantOp } from "../../src/ops/constant.js";
import { inputOp } from "../../src/ops/input.js";

const x = makeNode(inputOp, [], { shape: [100], dtype: "float32" });
const graph = (y: Node) => makeGraph("call", { y }, [], new Map([[x, "x"]]));
const constant = (element: (i: number) => number, dtype: "float32" | "int32" = "float32") =>
  makeNode(constantOp, [], { value: generate([100], dtype, element) });

test("a graph that is built anew has the same hash", () => {
  const build = () => graph(b.op("add", [x, constant((i) => i)]));
  expect(hashGraph(build())).toBe(hashGraph(build()));
  expect(hashGraph(build())).toMatch(/^[0-9a-f]{64}$/);
});

test("attributes that JSON has no text for print as what they are, and give hashes of their own", () => {
  const fillers = [0, -0, Infinity, -Infinity, Number.NaN, 1e300];
  const graphs = fillers.map((value) => graph(b.op("pad", [x], { paddings: [[1, 1]], value })));
  expect(graphs.map((one) => /value=(\S+)/.exec(`${one}`)![1])).toEqual([
    "0",
    "-0",
    "Infinity",
    "-Infinity",
    "NaN",
    "1e+300",
  ]);
  expect(new Set(graphs.map(hashGraph)).size).toBe(fillers.length);
});

test("graphs that print alike differ by what printing leaves out", () => {
  const pairs: [Node, Node][] = [
    // The last of many numbers, a number's last bit, the dtype of a scalar.
    [b.op("add", [x, constant((i) => i)]), b.op("add", [x, constant((i) => (i === 99 ? 0 : i))])],
    [b.op("add", [x, b.scalar(1)]), b.op("add", [x, b.scalar(1 + 2 ** -23)])],
    [b.op("cast", [b.scalar(1, "int32")], { dtype: "bool" }), b.op("cast", [b.scalar(1)], { dtype: "bool" })],
    [b.op("dot", [x, x], { transposeA: false }), b.op("dot", [x, x], {})],
  ];
  for (const [one, other] of pairs) {
    expect(`${graph(one)}`).toBe(`${graph(other)}`);
    expect(hashGraph(graph(one))).not.toBe(hashGraph(graph(other)));
  }
});
