import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.js";
import type { Diagram, DiagramNode } from "../../compiler/emit/diagram/diagram.js";
import { diagramOf } from "../../compiler/emit/diagram/diagramOf.js";
import { historyOf } from "../../compiler/emit/diagram/historyOf.js";
import { traceProgram } from "../../compiler/trace.js";
import { program as resnet50 } from "../../examples/models/resnet50.js";
import { dense, input, meanSquaredError, model, relu, sgd } from "../../src/index.js";

const dims = new Map([["batch", 8]]);

/** A node as these tests write it: `relu 0` reads the first. */
const node = (text: string, more: Partial<DiagramNode> = {}): DiagramNode => {
  const [op, ...inputs] = text.split(" ");
  const plain = { kind: "forward", type: "float32[2]", attributes: [], flops: 1, bytes: 8 } as const;
  return { ...plain, op: op!, inputs: inputs.map(Number), ...more };
};
const diagram = (...nodes: (string | DiagramNode)[]): Diagram => ({
  nodes: nodes.map((one) => (typeof one === "string" ? node(one) : one)),
  groups: [],
});
const x = node("input", { kind: "input", name: "x" });

test("what stays is there once; what comes and goes says when", () => {
  const { diagram: all, stages } = historyOf([
    diagram(x, "dot 0", "add 1", "relu 2"),
    diagram(x, "dot 0", "add 1", "relu 2"),
    diagram(x, "affine 0", "relu 1"),
  ]);
  // The second is as the first, and no stage.
  expect(stages).toEqual([0, 2]);
  expect(all.nodes).toEqual([
    x,
    { ...node("dot 0"), until: 1 },
    { ...node("add 1"), until: 1 },
    // What took the place of its input did not move it.
    {
      ...node("relu 2 4"),
      inputsFrom: [
        [0, [2]],
        [1, [4]],
      ],
    },
    { ...node("affine 0"), from: 1 },
  ]);
});

test("a node has moved, when what it read is still there; or changed, when its type or attributes have", () => {
  const moved = historyOf([diagram(x, "sin 0", "cos 1"), diagram(x, "cos 0", "sin 1")]).diagram.nodes;
  expect(moved.map(({ op, moved }) => [op, moved])).toEqual([
    ["input", undefined],
    ["sin", [1]],
    ["cos", [1]],
  ]);
  const changed = historyOf([
    diagram(x, "conv 0", "relu 1"),
    diagram(x, node("conv 0", { attributes: [["activation", "relu"]] })),
  ]).diagram.nodes;
  expect(changed.map(({ op, moved, until }) => [op, moved, until])).toEqual([
    ["input", undefined, undefined],
    ["conv", [1], undefined],
    ["relu", undefined, 1],
  ]);
});

test("of equal nodes, those are the same that read the same", () => {
  const { nodes } = historyOf([diagram(x, "sin 0", "sin 1", "sin 2"), diagram(x, "tan 0", "sin 1", "sin 2")]).diagram;
  expect(nodes.map(({ op, from, until }) => [op, from, until])).toEqual([
    ["input", undefined, undefined],
    ["sin", undefined, undefined],
    ["sin", undefined, undefined],
    ["sin", undefined, 1],
    ["tan", 1, undefined],
  ]);
});

test("each stage of a program can be had from its history: the nodes that are there, and what they read", () => {
  const net = model({ x: input(["batch", 3]) }, ({ x }) =>
    dense(dense(x, { units: 4, activation: relu }), { units: 2 }),
  );
  for (const program of [compile(net, { optimizer: sgd(), loss: meanSquaredError() }), resnet50]) {
    const trace = traceProgram(program, "train");
    const graphs = [trace.source, ...trace.steps.map(({ after }) => after)];
    const diagrams = graphs.map((graph) => diagramOf(graph, dims));
    const { diagram: all, stages } = historyOf(diagrams);
    expect(stages.length).toBeGreaterThan(3);
    // Less than two graphs, for all of them.
    expect(all.nodes.length).toBeLessThan(1.5 * diagrams[0]!.nodes.length);
    for (const [stage, place] of stages.entries()) {
      const there = all.nodes.filter(
        ({ from = 0, until = Number.POSITIVE_INFINITY }) => from <= stage && stage < until,
      );
      const reads = ({ inputs, inputsFrom }: DiagramNode) =>
        inputsFrom?.findLast(([from]) => from <= stage)?.[1] ?? inputs;
      const said = (one: DiagramNode, inputs: DiagramNode["inputs"], { nodes }: Diagram) =>
        `${one.name ?? one.op}(${inputs.map((input) => (typeof input === "number" ? (nodes[input]!.name ?? nodes[input]!.op) : input))})`;
      const expected = diagrams[place]!;
      expect(there.map((one) => said(one, reads(one), all)).sort()).toEqual(
        expected.nodes.map((one) => said(one, one.inputs, expected)).sort(),
      );
    }
  }
});
