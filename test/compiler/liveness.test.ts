import { expect, test } from "vitest";
import { lastUses } from "../../compiler/analysis/liveness.js";
import { makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { builder as b } from "../../src/ops/builder.js";
import { inputOp } from "../../src/ops/input.js";

test("values die at their last reader, and outputs never", () => {
  const x = makeNode(inputOp, [], { shape: ["batch"], dtype: "float32" });
  const e = b.op("exp", [x]);
  const n = b.op("neg", [e]);
  const y = b.op("add", [n, e]);
  const z = b.op("multiply", [y, y]);
  const dying = lastUses(makeGraph("g", { e: n, z }, [], new Map()));
  expect(dying.get(e)).toEqual([x]);
  expect(dying.get(n)).toBeUndefined();
  expect(dying.get(y)).toEqual([e]);
  expect(dying.get(z)).toEqual([y]);
});
