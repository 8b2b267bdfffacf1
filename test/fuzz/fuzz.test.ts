import { expect, test } from "vitest";
import { array } from "../../src/ir/array.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { isOp } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { registry } from "../../src/ops/registry.js";
import { computationFor } from "../support/computation.js";
import { fuzz } from "./fuzz.js";
import { grow } from "./grow.js";
import type { FuzzProgram } from "./program.js";
import { shrink } from "./shrink.js";
import { source } from "./source.js";
import { difference, wantedOf } from "./spread.js";
import { build, growTraining } from "./training.js";

// `npm run fuzz` runs more of them.
test.each([1, 2, 3])(
  "random programs give the same on every backend, optimised and not, and as generated code: seed %i",
  async (seed) => {
    for (let index = 0; index < 20; index++) {
      const finding = await fuzz(seed, index, false);
      expect(finding?.failures ?? [], finding?.source).toEqual([]);
    }
  },
  60_000,
);

test("a program is the same whenever it is grown", () => {
  expect(source(grow(5, 3), "again")).toBe(source(grow(5, 3), "again"));
});

test("random programs hold every op, of every rank, with named sizes, shared values and derivatives of both orders", () => {
  const seen = new Set<string>();
  const see = (what: string, holds: boolean) => void (holds && seen.add(what));
  for (let index = 0; index < 600; index++) {
    const { outputs, orders } = grow(1, index);
    const nodes = topologicalOrder(Object.values(outputs));
    const read = nodes.flatMap(({ inputs }) => [...new Set(inputs)]).filter(({ inputs }) => inputs.length > 0);
    see(`order ${orders}`, true);
    see("shared", new Set(read).size < read.length);
    for (const node of nodes) {
      see(node.op, true);
      see("named", node.results === undefined && node.shape.some((dim) => typeof dim === "string"));
      if (!node.results) see(`${isOp(node, "convolution") ? "convolution of " : ""}rank ${node.rank}`, true);
    }
  }
  const ranks = [0, 1, 2, 3, 4, 5].map((rank) => `rank ${rank}`);
  const convolutions = [3, 4, 5].map((rank) => `convolution of rank ${rank}`);
  // Variables are in what is trained, and nowhere else.
  const ops = Object.keys(registry).filter((op) => op !== "variable");
  const wanted = [...ops, ...ranks, ...convolutions, "order 1", "order 2", "named", "shared"];
  expect(wanted.filter((what) => !seen.has(what))).toEqual([]);
}, 60_000);

test("every random model compiles", () => {
  const programs = Array.from({ length: 60 }, (_, index) => growTraining(1, index));
  expect(new Set(programs.map(({ optimizer }) => optimizer)).size).toBeGreaterThan(8);
  for (const program of programs) expect(build(program).variables.size).toBeGreaterThan(1);
});

test("numbers, kinds and shapes that aren't what is wanted are seen", () => {
  const of = (...data: number[]) => array(new Float32Array(data), [data.length]);
  const wanted = { values: of(1, Number.NaN, 5), tolerances: [1e-3, 0, Number.NaN] };
  expect(difference(of(1.0005, Number.NaN, 7), wanted)).toBeUndefined();
  expect(difference(of(1.5, Number.NaN, 5), wanted)).toBe("element 0 is 1.5, not 1 to within 0.001");
  expect(difference(of(1, 0, 5), wanted)).toBe("element 1 is 0, not NaN to within 0");
  expect(difference(of(1, 0), wanted)).toBe("is of shape [2], not [3]");
  expect(difference(undefined, wanted)).toBe("is missing");
});

test("errors of rounding are allowed for, and a jump beside a number is no failure", () => {
  const x = b.op("input", [], { shape: [3], dtype: "float32" });
  const zero = b.op("subtract", [b.op("exp", [x]), b.op("exp", [b.op("multiply", [x, b.scalar(1)])])], {});
  const jump = b.op("sign", [zero]);
  const computation = computationFor([x], { x, jump });
  const wanted = wantedOf(computation, [array(new Float32Array([1, 2, 3]), [3])]);
  expect(wanted.jump!.tolerances).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(Math.max(...wanted.x!.tolerances)).toBeLessThan(1e-4);
});

test("a failure shrinks to the nodes that it needs, printed as a test", async () => {
  const x = b.op("input", [], { shape: ["n", 2], dtype: "float32" });
  const y = b.op("tanh", [b.op("exp", [b.op("multiply", [b.op("tanh", [x]), x])])]);
  const arrays = [array(new Float32Array([0, 0]), [1, 2])];
  const hasExp = async ({ outputs }: FuzzProgram) =>
    topologicalOrder(Object.values(outputs)).some(({ op }) => op === "exp");
  const smallest = await shrink({ inputs: [x], arrays, outputs: { y, z: x }, orders: 1 }, hasExp);
  expect(source(smallest, "exp")).toBe(`test("exp", async () => {
  const x0 = b.op("input", [], { shape: ["n", 2], dtype: "float32" });
  const t1 = b.op("exp", [x0], {});
  const inputs = [x0];
  const arrays = [array(new Float32Array([0, 0]), [1, 2])];
  expect(await check({ inputs, arrays, outputs: { y: t1 }, orders: 0 })).toEqual([]);
});`);
});
