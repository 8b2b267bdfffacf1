import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.js";
import { diagramOf } from "../../compiler/emit/diagram/diagramOf.js";
import { dot } from "../../compiler/emit/dot.js";
import { dense, input, meanSquaredError, model, sgd } from "../../src/index.js";

const dims = new Map([["batch", 32]]);
const net = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2, name: 'a "quoted" \\name' }));
const program = compile(net, { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() });

test("a graph in Graphviz's language: a cluster for each layer, shapes on the edges, costs on the nodes", () => {
  expect(dot("predict", diagramOf(program.predict, dims))).toBe(
    String.raw`digraph "predict" {
  rankdir=TB;
  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11];
  edge [fontname="Helvetica", fontsize=9, color="#666666"];
  n0 [label="x\ninput\nfloat32[batch, 3]", fillcolor="#d4ecd6"];
  n4 [label="output\noutput\nfloat32[batch, 2]", fillcolor="#c9ebe9"];
  subgraph "cluster_0" {
    label="a \"quoted\" \\name";
    style="rounded"; color="#aaaaaa"; fontname="Helvetica"; fontsize=12;
    n1 [label="a \"quoted\" \\name/kernel\nvariable\nfloat32[3, 2]\n6 parameters", fillcolor="#fbe7b2", tooltip="starts as = glorotUniform\ntrainable = true"];
    n2 [label="a \"quoted\" \\name/bias\nvariable\nfloat32[2]\n2 parameters", fillcolor="#fbe7b2", tooltip="starts as = constant(0)\ntrainable = true"];
    n3 [label="affine\nfloat32[batch, 2]\n448 FLOP, 672 B", fillcolor="#d3e3fb"];
  }
  n0 -> n3 [label="float32[batch, 3]"];
  n1 -> n3 [label="float32[3, 2]"];
  n2 -> n3 [label="float32[2]"];
  n3 -> n4 [label="float32[batch, 2]"];
}`,
  );
});

test("every edge is between nodes that are declared, each of them once", () => {
  const text = dot("train", diagramOf(program.train, dims));
  const declared = [...text.matchAll(/^ *(n\d+) \[/gm)].map(([, id]) => id);
  const edges = [...text.matchAll(/^ *(n\d+) -> (n\d+) \[label="[^"]+"\];$/gm)];
  expect(new Set(declared).size).toBe(declared.length);
  expect(edges.length).toBeGreaterThan(declared.length / 2);
  for (const [, from, to] of edges) expect(declared).toEqual(expect.arrayContaining([from, to]));
});
