import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { collapseAffineChains } from "../../compiler/passes/collapseAffineChains.js";
import { eliminateCommonSubexpressions } from "../../compiler/passes/eliminateCommonSubexpressions.js";
import { foldConstants } from "../../compiler/passes/foldConstants.js";
import { foldReshapes } from "../../compiler/passes/foldReshapes.js";
import type { Pass } from "../../compiler/passes/pass.js";
import { rewrite } from "../../compiler/passes/rewrite.js";
import {
  frozenPipeline,
  optimize,
  optimizeFor,
  optimizeFrozen,
  pipeline,
  targetPasses,
} from "../../compiler/pipeline.js";
import type { Target } from "../../compiler/target.js";
import { verify } from "../../compiler/verify.js";
import { generate } from "../../src/ir/array.js";
import { type Graph, makeGraph, opsOf } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { inputOp } from "../../src/ops/input.js";
import { expectClose } from "../support/close.js";
import { callReference, computationFor } from "../support/computation.js";
import { type Case, cases } from "../support/randomGraphs.js";

function run({ inputs, arrays }: Case, graph: Graph) {
  const named = inputs.map((node, i) => [`x${i}`, node] as const);
  return callReference({ inputs: new Map(named), variables: new Map(), call: graph }, arrays);
}

function expectSame(original: Case, changed: Graph): void {
  const [wanted, actual] = [run(original, original.graph), run(original, verify(changed))];
  expect(Object.keys(actual)).toEqual(Object.keys(wanted));
  for (const [name, value] of Object.entries(wanted)) expectClose(actual[name]!, value, 1e-4, name);
}

/** The graph with the values of its inputs, but for the first, as constants. */
function freezeInputs({ graph, inputs, arrays }: Case): Graph {
  const constants = new Map(inputs.slice(1).map((node, i) => [node, b.constant(arrays[i + 1]!)]));
  return rewrite(graph, (node) => constants.get(node));
}

const targets = Object.keys(targetPasses) as Target[];

describe("on random graphs, with and without gradients", () => {
  for (const pass of new Set([...pipeline, ...targets.flatMap((target) => targetPasses[target])])) {
    test(`${pass.name} leaves every result as it is`, () => {
      fc.assert(
        fc.property(cases, (original) => expectSame(original, pass.run(original.graph))),
        { numRuns: 150 },
      );
    });
  }

  test("the whole pipeline leaves every result as it is", () => {
    fc.assert(
      fc.property(cases, (original) => expectSame(original, optimize(original.graph))),
      { numRuns: 200 },
    );
  });

  test.each(targets)("what is optimised for %s leaves every result as it is", (target) => {
    fc.assert(
      fc.property(cases, (original) => expectSame(original, optimizeFor(optimize(original.graph), target))),
      { numRuns: 100 },
    );
  });

  test.each(targets)("passes come to rest: a second time, %s's graph stays the same", (target) => {
    fc.assert(
      fc.property(cases, ({ graph }) => {
        const once = optimize(graph);
        expect(optimize(once)).toBe(once);
        const onTarget = optimizeFor(once, target);
        expect(optimizeFor(onTarget, target).toString()).toBe(onTarget.toString());
      }),
      { numRuns: 100 },
    );
  });

  test("with all inputs but one frozen, the passes for frozen graphs leave every result as it is", () => {
    fc.assert(
      fc.property(cases, (original) => {
        const frozen = freezeInputs(original);
        expectSame(original, collapseAffineChains.run(frozen));
        const once = optimizeFrozen(frozen);
        expectSame(original, once);
        expect(optimizeFrozen(once)).toBe(once);
      }),
      { numRuns: 100 },
    );
  });

  test("no pass changes the graph that it is given", () => {
    fc.assert(
      fc.property(cases, ({ graph }) => {
        const before = graph.toString();
        optimize(graph);
        expect(graph.toString()).toBe(before);
      }),
      { numRuns: 30 },
    );
  });
});

test("the random graphs give every pass something to do", () => {
  const idle = new Set(
    [...frozenPipeline, ...targets.flatMap((target) => targetPasses[target])].map(({ name }) => name),
  );
  const run = (passes: readonly Pass[], graph: Graph) =>
    passes.reduce((current, pass) => {
      const next = pass.run(current);
      if (next !== current) idle.delete(pass.name);
      return next;
    }, graph);
  for (const original of fc.sample(cases, { numRuns: 200, seed: 1 })) {
    const common = run(pipeline, original.graph);
    for (const target of targets) run(targetPasses[target], common);
    run(frozenPipeline, freezeInputs(original));
  }
  expect([...idle]).toEqual([]);
});

describe("what is equal is computed once, and nothing else", () => {
  const x = makeNode(inputOp, [], { shape: ["n"], dtype: "float32" });
  const merged = (...nodes: Node[]) => {
    const outputs = Object.fromEntries(nodes.map((node, i) => [`y${i}`, node]));
    const graph = eliminateCommonSubexpressions.run(makeGraph("g", outputs, [], new Map()));
    return new Set(Object.values(graph.outputs)).size;
  };
  const array = (length: number, last: number) => generate([length], "float32", (i) => (i === length - 1 ? last : 1));

  test("attributes that JSON cannot tell apart", () => {
    const pads = [0, -0, Infinity, -Infinity, Number.NaN].map((value) =>
      b.op("pad", [x], { paddings: [[1, 1]], value }),
    );
    expect(merged(...pads, ...pads.map(({ attributes }) => b.op("pad", [x], attributes)))).toBe(5);
  });

  test("functions", () => {
    const rule = () => [x];
    const other = () => [x];
    const custom = (given: typeof rule) => b.op("customGradient", [x, x], { rule: given });
    expect(merged(custom(rule), custom(rule), custom(other))).toBe(2);
  });

  test("constants: small ones by their elements and dtype, large ones by identity", () => {
    expect(
      merged(b.constant(array(5, 2)), b.constant(array(5, 2)), b.constant(array(5, 3)), b.constant(array(6, 2))),
    ).toBe(3);
    expect(merged(b.scalar(1), b.scalar(1, "int32"), b.scalar(-0), b.scalar(0))).toBe(4);
    const large = array(5000, 2);
    expect(merged(b.constant(large), b.constant(large), b.constant(array(5000, 2)))).toBe(2);
  });
});

describe("constants are computed beforehand", () => {
  const folded = (y: Node) => foldConstants.run(makeGraph("g", { y }, [], new Map())).outputs.y!.op;
  const pair = b.constant(generate([2], "float32", (i) => i + 1));

  test("where all that a node reads is constant and the result is small", () => {
    expect(folded(b.op("pad", [pair], { paddings: [[1, 1]], value: 0 }))).toBe("constant");
    expect(folded(b.op("broadcastTo", [pair], { shape: [128, 2] }))).toBe("constant");
    expect(folded(b.op("broadcastTo", [pair], { shape: [129, 2] }))).toBe("broadcastTo");
  });

  test("not what is drawn, even by a constant key", () => {
    const key = b.constant(generate([2], "int32", (i) => i));
    expect(folded(b.op("randomUniform", [key], { shape: [2] }))).toBe("randomUniform");
    expect(folded(b.op("randomNormal", [key], { shape: [2] }))).toBe("randomNormal");
  });

  test("not what depends on a named size, though the result's shape does not", () => {
    const padded = b.op("pad", [pair], { paddings: [["n", "2-n"]], value: 0 });
    expect(padded.shape).toEqual([4]);
    expect(folded(padded)).toBe("pad");
    expect(folded(b.op("broadcastTo", [b.scalar(1)], { shape: ["n"] }))).toBe("broadcastTo");
  });
});

test("reshapes of a product's rows go away, but not where its rows are read as columns", () => {
  const x = makeNode(inputOp, [], { shape: [2, 2, 4], dtype: "float32" });
  const rows = b.op("reshape", [x], { shape: [4, 4] });
  const W = b.constant(generate([4, 5], "float32", (i) => i));
  const after = (transposeA: boolean) => {
    const product = b.op("dot", [rows, W], { transposeA });
    const y = b.op("reshape", [product], { shape: [2, 2, 5] });
    return foldReshapes.run(makeGraph("g", { y }, [], new Map())).nodes.map(({ op }) => op);
  };
  expect(after(false)).toEqual(["input", "constant", "dot"]);
  expect(after(true)).toEqual(["input", "reshape", "constant", "dot", "reshape"]);
});

test("what is added between two products is carried through the second where it is a row of the first, and nowhere else", () => {
  const x = makeNode(inputOp, [], { shape: ["batch", 3], dtype: "float32" });
  const values = (...shape: number[]) => b.constant(generate(shape, "float32", (i) => (i % 5) - 1.5));
  const chain = (W: Node, added: Node) => {
    const z = b.op("dot", [b.op("add", [b.op("dot", [x, W]), added]), values(4, 2)]);
    const frozen = optimizeFrozen(makeGraph("chain", { z }, [], new Map()));
    return frozen.nodes.filter(({ op }) => op === "dot" || op === "affine").length;
  };
  expect(chain(values(3, 4), values(4))).toBe(1);
  expect(chain(values(3, 4), values(1))).toBe(2);
  expect(chain(values(3, 1), values(4))).toBe(2);
});

test("a normalization becomes part of a product with or without a bias, where nothing else reads the product", () => {
  const values = (...shape: number[]) => b.constant(generate(shape, "float32", (i) => ((i * 7) % 5) / 4 - 0.4));
  const x = makeNode(inputOp, [], { shape: [3, 4], dtype: "float32" });
  const [gamma, beta, mean, variance] = [values(2), values(2), values(2), b.op("square", [values(2)])];
  const normalized = (product: Node) =>
    b.op("batchNormalization", [product, gamma, beta, mean, variance], { epsilon: 0.1, momentum: 0.9 });
  const plain = b.op("dot", [x, values(4, 2)]);
  const biased = b.op("add", [plain, values(2)]);
  const ops = (outputs: Record<string, Node>) => {
    const original = computationFor([x], outputs);
    const call = optimizeFrozen(original.call);
    const data = [generate([3, 4], "float32", (i) => Math.sin(i))];
    const [wanted, found] = [callReference(original, data), callReference({ ...original, call }, data)];
    for (const name of Object.keys(outputs)) expectClose(found[name]!, wanted[name]!, 1e-5, name);
    return call.nodes.map(({ op }) => op).filter((op) => op !== "constant" && op !== "input");
  };
  expect(ops({ y: normalized(plain) })).toEqual(["affine"]);
  expect(ops({ y: normalized(biased) })).toEqual(["affine"]);
  expect(ops({ y: normalized(plain), plain })).toEqual(["dot", "batchNormalization"]);
});

test("a gradient that nodes have in common is the gradient of each of them", () => {
  const terms = ["a", "b", "c"].map((name) => [name, makeNode(inputOp, [], { shape: [], dtype: "float32" })] as const);
  const inputs = terms.map(([, node]) => node);
  const record = new Map<Node, Node[]>();
  const negated = inputs.map((node): Node => b.op("neg", [node]));
  const gradients = gradientNodes(
    negated.reduce((sum, node) => b.op("add", [sum, node])),
    inputs,
    record,
  );
  const outputs = Object.fromEntries(gradients.entries());
  const graph = makeGraph("gradients", outputs, [], new Map(terms.map(([name, node]) => [node, name])), record);
  const merged = eliminateCommonSubexpressions.run(graph);
  expect(merged.nodes.map(({ op }) => op)).toEqual(["constant", "neg"]);
  expect(merged.gradientOf.get(merged.outputs[0]!)).toEqual(inputs);
});

test("a pass that needs ops changes no graph that has none of them", () => {
  const passes = [...frozenPipeline, ...Object.values(targetPasses).flat()].filter(({ needs }) => needs);
  expect(passes.length).toBeGreaterThan(5);
  const seen = new Set<string>();
  for (const { graph } of fc.sample(cases, { numRuns: 300, seed: 5 })) {
    const ops = opsOf(graph);
    for (const { name, needs, run } of passes) {
      if (needs!.some((op) => ops.has(op))) continue;
      expect(run(graph), name).toBe(graph);
      seen.add(name);
    }
  }
  expect([...seen].sort()).toEqual([...new Set(passes.map(({ name }) => name))].sort());
});
