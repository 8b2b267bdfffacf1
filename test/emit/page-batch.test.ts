import { expect, test } from "vitest";
import { diagramOf } from "../../compiler/emit/diagram/diagramOf.js";
import { atBatch, viewAtBatch } from "../../compiler/emit/html/page/atBatch.js";
import { program as convnet } from "../../examples/03-mnist-convnet.js";
import { program as recurrent } from "../../examples/05-recurrent.js";
import { constant, input, matmul, mean, model, reshape, transpose } from "../../src/index.js";
import { makeGraph } from "../../src/ir/graph.js";
import { nodeOf } from "../../src/ir/node.js";

const rows = model({ x: input(["batch", 4, 3]), other: input(["words", 2]) }, ({ x }) => {
  const flat = reshape(x, ["batch*4", 3]);
  return mean(matmul(matmul(flat, transpose(flat)), matmul(flat, constant([[1], [2], [3]]))));
});
const batch = { name: "batch", size: 32 };

test("another size of the batch costs what is counted for it, and stands in shapes", () => {
  const similar = makeGraph("similar", { output: nodeOf(rows.output) }, [], rows.names);
  for (const graph of [convnet.train, convnet.sources.evaluate, recurrent.train, similar]) {
    const at = (size: number) => new Map([["batch", size]]);
    const view = {
      id: "train",
      title: "",
      about: "",
      peakBytes: 0,
      diagram: diagramOf(graph, at(32), new Map(), batchIs),
    };
    for (const size of [1, 7, 512]) {
      const costs = (nodes: typeof view.diagram.nodes) => nodes.map(({ op, flops, bytes }) => [op, flops, bytes]);
      const { nodes } = viewAtBatch(view, { batch }, size).diagram;
      expect(costs(nodes)).toEqual(costs(diagramOf(graph, at(size)).nodes));
      expect(nodes.filter(({ type }) => type.includes("batch"))).toEqual([]);
    }
  }
  const { layers } = atBatch(
    { batch, layers: [{ name: "a", kind: "b", shape: "[batch*4, ceil(batch/3), words, 2]" }] },
    8,
  );
  expect(layers[0]!.shape).toBe("[32, 3, words, 2]");
});

const batchIs = { batch: "batch" };
