import { expect, test } from "vitest";
import { hashGraph } from "../../runtime/build/hashGraph.js";
import { generate } from "../../src/ir/array.js";
import { makeGraph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import { makeNode } from "../../src/ir/op.js";
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

test("graphs that print alike differ by what printing leaves out", () => {
  const pairs: [Node, Node][] = [
    // The last of many numbers, a number's last bit, the dtype of a scalar.
    [b.op("add", [x, constant((i) => i)]), b.op("add", [x, constant((i) => (i === 99 ? 0 : i))])],
    [b.op("add", [x, b.scalar(1)]), b.op("add", [x, b.scalar(1 + 2 ** -23)])],
    [b.op("cast", [b.scalar(1, "int32")], { dtype: "bool" }), b.op("cast", [b.scalar(1)], { dtype: "bool" })],
    [
      b.op("randomUniform", [b.scalar(0, "int32")], { shape: [1], seed: 0 }),
      b.op("randomUniform", [b.scalar(0, "int32")], { shape: [1], seed: -0 }),
    ],
  ];
  for (const [one, other] of pairs) {
    expect(`${graph(one)}`).toBe(`${graph(other)}`);
    expect(hashGraph(graph(one))).not.toBe(hashGraph(graph(other)));
  }
});
