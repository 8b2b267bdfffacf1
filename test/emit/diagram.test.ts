import { expect, test } from "vitest";
import { graphCost } from "../../compiler/analysis/cost.js";
import { compile } from "../../compiler/compile.js";
import type { Diagram } from "../../compiler/emit/diagram/diagram.js";
import { diagramOf } from "../../compiler/emit/diagram/diagramOf.js";
import { foldUpdates } from "../../compiler/emit/diagram/foldUpdates.js";
import { runsOf } from "../../compiler/emit/repeats.js";
import { predictionGraph } from "../../compiler/predictionGraph.js";
import { program as convnet } from "../../examples/03-mnist-convnet.js";
import { program as recurrent } from "../../examples/05-recurrent.js";
import { program as resnet50 } from "../../examples/models/resnet50.js";
import { transformer } from "../../examples/models/transformer.js";
import {
  adam,
  add,
  broadcastTo,
  constant,
  dense,
  input,
  meanSquaredError,
  model,
  multiply,
  norm,
  ones,
  relu,
  scan,
  sgd,
  sparseCategoricalCrossentropy,
  type Tensor,
  variable,
} from "../../src/index.js";
import { type Graph, makeGraph } from "../../src/ir/graph.js";
import { nodeOf } from "../../src/ir/node.js";

const dims = new Map([["batch", 4]]);

/** The nodes of each group as "kind op" or "kind name", under the names of the groups. */
function groupsIn({ nodes, groups }: Diagram): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { kind, op, name, group } of nodes) {
    const key = group === undefined ? "" : groups[group]!.name;
    found[key] = [...(found[key] ?? []), `${kind} ${name ?? op}`];
  }
  return found;
}

test("every node of a training graph is drawn in its layer, the backward pass too", () => {
  const found = groupsIn(diagramOf(convnet.sources.train, dims));
  expect(Object.keys(found).sort()).toEqual(
    "|accuracy|conv2d|conv2d_1|dense|dropout|flatten|loss|maxPooling2d|maxPooling2d_1|steps".split("|"),
  );
  expect(new Set(found[""])).toEqual(
    new Set([
      "input image",
      "variable optimizer/steps",
      "input target",
      "variable optimizer/learningRate",
      "output loss",
      "output accuracy",
    ]),
  );
  expect(found.maxPooling2d).toEqual(["forward maxPool", "backward maxPoolGradient"]);
  expect(found.dropout).toEqual([
    "constant constant",
    "forward foldIn",
    "forward randomUniform",
    "forward greaterEqual",
    "forward cast",
    "forward multiply",
    "forward multiply",
    "backward multiply",
  ]);
  expect(found.steps).toEqual(["update add"]);
  expect(found.conv2d!.toSorted()).toEqual([
    "backward convolutionBackpropFilter",
    "backward greater",
    "backward select",
    "backward sum",
    "forward add",
    "forward convolution",
    "forward relu",
    "update applyAdam",
    "update applyAdam",
    "variable conv2d/bias",
    "variable conv2d/kernel",
    "variable optimizer/conv2d/bias/firstMoment",
    "variable optimizer/conv2d/bias/secondMoment",
    "variable optimizer/conv2d/kernel/firstMoment",
    "variable optimizer/conv2d/kernel/secondMoment",
  ]);
});

test("what one call made stands together in training, too, whatever layer the gradient of it belongs to", () => {
  const net = model({ x: input(["batch", 3]) }, ({ x }) => norm(dense(x, { units: 2 }), { axis: 1 }));
  const program = compile(net, { optimizer: sgd(), loss: meanSquaredError() });
  const forward = (graph: Graph) =>
    groupsIn(diagramOf(graph, dims)).norm?.filter((text) => text.startsWith("forward "));
  expect(forward(predictionGraph(net))).toEqual(["forward sum", "forward sqrt"]);
  expect(forward(program.sources.train)).toEqual(["forward sum", "forward sqrt"]);
});

test("on the page, the update of a weight is a group within its layer", () => {
  const folded = foldUpdates(diagramOf(convnet.train, dims));
  const updates = folded.groups.flatMap((group, index) => (group.isUpdate ? [{ ...group, index }] : []));
  expect(updates.map(({ name, parent }) => `${folded.groups[parent!]!.name}: ${name}`).sort()).toEqual([
    "conv2d: bias update",
    "conv2d: kernel update",
    "conv2d_1: bias update",
    "conv2d_1: kernel update",
    "dense: bias update",
    "dense: kernel update",
  ]);
  const { index } = updates.find(
    ({ name, parent }) => `${folded.groups[parent!]!.name} ${name}` === "dense kernel update",
  )!;
  expect(folded.nodes.filter(({ group }) => group === index).map(({ name, op }) => name ?? op)).toEqual([
    "optimizer/dense/kernel/firstMoment",
    "optimizer/dense/kernel/secondMoment",
    "applyAdam",
  ]);
  // A step along the gradient alone keeps nothing, and is one node.
  const net = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2 }));
  const plain = diagramOf(compile(net, { optimizer: sgd(), loss: meanSquaredError() }).train, dims);
  expect(foldUpdates(plain)).toEqual(plain);
});

test("a node with what it is: attributes, parameters, costs, and scalars where they are read", () => {
  const net = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2, useBias: false }));
  const program = compile(net, { optimizer: sgd({ learningRate: 0.5 }), loss: meanSquaredError() });
  const { nodes, groups } = diagramOf(program.train, dims);
  expect(groups.map(({ name }) => name)).toEqual(["dense", "loss"]);
  expect(nodes[0]).toEqual({
    kind: "input",
    op: "input",
    name: "x",
    inputs: [],
    type: "float32[batch, 3]",
    attributes: [],
    flops: 0,
    bytes: 0,
  });
  expect(nodes[1]).toEqual({
    kind: "variable",
    op: "variable",
    name: "dense/kernel",
    group: 0,
    inputs: [],
    type: "float32[3, 2]",
    attributes: [
      ["starts as", "glorotUniform"],
      ["trainable", "true"],
    ],
    parameters: 6,
    flops: 0,
    bytes: 0,
  });
  // 4 rows of 2 sums of 3 products; reads 12 and 6 numbers and writes 8.
  expect(nodes[2]).toEqual({
    kind: "forward",
    op: "dot",
    written: "dense",
    formula: "x · dense/kernel",
    group: 0,
    inputs: [0, 1],
    type: "float32[batch, 2]",
    attributes: [],
    flops: 48,
    bytes: 104,
  });
  // w - η · g for 6 numbers; reads w, η and g, writes w.
  const update = nodes.find(({ op }) => op === "applyGradientDescent")!;
  expect(update).toMatchObject({ kind: "update", group: 0, flops: 12, bytes: 76 });
  expect(update.inputs[0]).toBe(1);
  expect(nodes[update.inputs[1] as number]).toMatchObject({ kind: "variable", name: "optimizer/learningRate" });
  expect(update.attributes).toEqual([["next value of", "dense/kernel"]]);
  expect(nodes.at(-1)).toMatchObject({ kind: "output", name: "loss", type: "float32[]" });
});

/** Eight residual blocks; `name` names a layer of a block. */
function residualNetwork(name: (block: number, layer: number) => string | undefined) {
  const named = (block: number, layer: number) => {
    const given = name(block, layer);
    return given === undefined ? {} : { name: given };
  };
  const block = (x: Tensor<["batch", 4]>, index: number): Tensor<["batch", 4]> => {
    const h = dense(x, { units: 4, activation: relu, ...named(index, 1) });
    return relu(add(x, dense(h, { units: 4, ...named(index, 2) })));
  };
  const net = model({ x: input(["batch", 4]) }, ({ x }) => {
    let y = dense(x, { units: 4, name: "stem" });
    for (let index = 0; index < 8; index++) y = block(y, index);
    return y;
  });
  const { groups } = diagramOf(makeGraph("model", { output: nodeOf(net.output) }, [], net.names), dims);
  return groups.flatMap((group, index) => {
    const inside = groups.filter(({ parent }) => parent === index).map((inner) => inner.name);
    const times = group.times === undefined ? "" : ` × ${group.times}`;
    return inside.length > 0 ? [`${group.name}${times}: ${inside.join(", ")}`] : [];
  });
}

test("the blocks of a large network are groups around their layers, named by what these have in common", () => {
  const blocks = residualNetwork((block, layer) => `block${block}_${layer}`);
  expect(blocks).toHaveLength(9);
  expect(blocks[0]).toBe("block0 … block7 × 8: block0, block1, block2, block3, block4, block5, block6, block7");
  expect(blocks[1]).toBe("block0: block0_1, block0_2, add");
  expect(blocks[8]).toBe("block7: block7_1, block7_2, add_7");
});

test("equal blocks stand in one group, which says how many they are", () => {
  const outermost = (graph: Graph) =>
    diagramOf(graph, new Map([...dims, ["source", 4], ["time", 4]])).groups.flatMap(({ name, parent, times }) =>
      parent === undefined ? [times === undefined ? name : `${name} × ${times}`] : [],
    );
  // Of each stage of ResNet-50, the first block is another: it has a convolution beside it.
  const stages = [
    ["conv2_block1", "conv2_block2 … conv2_block3 × 2"],
    ["conv3_block1", "conv3_block2 … conv3_block4 × 3"],
    ["conv4_block1", "conv4_block2 … conv4_block6 × 5"],
    ["conv5_block1", "conv5_block2 … conv5_block3 × 2"],
  ].flat();
  const around = (...last: string[]) => ["conv1", "maxPooling2d", ...stages, "mean", "predictions", ...last];
  expect(outermost(resnet50.sources.predict)).toEqual(around());
  expect(outermost(resnet50.train)).toEqual(around("loss", "accuracy"));
  // Six layers of the encoder; the decoder's first is begun beside it, where its target comes in.
  const folded = outermost(predictionGraph(transformer, "model")).filter((name) => name.includes("×"));
  expect(folded).toEqual(["multiHeadAttention_2 … layerNormalization_12 × 6", "layerNormalization_14 … add_28 × 5"]);
});

test("what repeats, by its layers alone: the longest, in the shortest blocks, begun where fewest values cross", () => {
  const run = (letters: string, crossing: string) => runsOf([...letters], [...crossing].map(Number));
  expect(run("abcdef", "011111")).toEqual([]);
  expect(run("xabababy", "01111111")).toEqual([{ start: 1, period: 2, times: 3 }]);
  // "bca" comes as often as "abc", and has two values going into it.
  expect(run("bcabcabc", "02122122")).toEqual([{ start: 2, period: 3, times: 2 }]);
  expect(run("aaaaxbcbc", "011111111")).toEqual([
    { start: 0, period: 1, times: 4 },
    { start: 5, period: 2, times: 2 },
  ]);
  // Three of a kind hide less than it takes to say so.
  expect(run("aaaxy", "01111")).toEqual([]);
});

test("blocks without names of the user's are named after their first and last layer", () => {
  const blocks = residualNetwork(() => undefined);
  expect(blocks[0]).toMatch(/^dense … add_7 × 8: dense … add, dense_2 … add_1, /);
  expect(blocks[1]).toBe("dense … add: dense, dense_1, add");
  expect(blocks[8]).toBe("dense_14 … add_7: dense_14, dense_15, add_7");
});

test("a small network needs no blocks", () => {
  expect(diagramOf(convnet.train, dims).groups.filter(({ parent }) => parent !== undefined)).toEqual([]);
});

test("layers with slashes in their names stand in groups of what is before the slash", () => {
  const net = model({ x: input(["batch", 4]) }, ({ x }) =>
    dense(dense(x, { units: 4, name: "encoder/first" }), { units: 4, name: "encoder/second" }),
  );
  const program = compile(net, {
    optimizer: sgd(),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  });
  expect(diagramOf(program.train, dims).groups.slice(0, 3)).toEqual([
    { name: "encoder" },
    { name: "encoder/first", parent: 0 },
    { name: "encoder/second", parent: 0 },
  ]);
});

test("a loop is a group within its layer, and a loop within it a group within that", () => {
  const net = model({ x: input(["batch", 5, 3]) }, ({ x }) => {
    const start = broadcastTo(constant(0), ["batch", 3]);
    const w = variable("w", [3], ones());
    const { carry } = scan(x, start, (sum, place) => {
      const inner = scan(x, sum, (s, p) => ({ carry: add(s, multiply(relu(p), w)), output: s }));
      return { carry: add(inner.carry, place), output: sum };
    });
    return dense(carry, { units: 2 });
  });
  const program = compile(net, { optimizer: sgd(), loss: meanSquaredError() });
  const { nodes, groups } = diagramOf(program.predict, dims);
  const pathOf = (index: number | undefined): string =>
    index === undefined ? "" : `${pathOf(groups[index]!.parent)}>${groups[index]!.name}`;
  const placed = nodes.map(({ op, group }) => [op, pathOf(group)]);
  expect(placed.filter(([op]) => op === "relu")).toEqual([["relu", ">scan>scan/body>scan/body/scan"]]);
  expect(placed.filter(([op]) => op === "parameter").map(([, path]) => path)).toEqual([
    ...Array(4).fill(">scan>scan/body"),
    ...Array(3).fill(">scan>scan/body>scan/body/scan"),
  ]);
  // Everything is read after it stands, and the costs add up to the graph's.
  for (const [i, { inputs }] of nodes.entries()) {
    for (const read of inputs) if (typeof read === "number") expect(read).toBeLessThan(i);
  }
  const cost = graphCost(program.predict, dims);
  expect(nodes.reduce((sum, { flops }) => sum + flops, 0)).toBe(cost.flops);
  expect(nodes.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(cost.bytes);
  // Five rounds of five: 5 · 5 · 4 · 3 numbers through the relu.
  expect(nodes.find(({ op }) => op === "relu")!.flops).toBe(300);
  expect(diagramOf(program.train, dims).nodes.some(({ op, kind }) => op === "parameter" && kind === "backward")).toBe(
    true,
  );
});

test("the gradient of a loop stands in the loop's layer, its round in a group of its own", () => {
  const found = groupsIn(diagramOf(recurrent.sources.train, dims));
  expect(Object.keys(found).filter((name) => name.includes("body"))).toEqual(["scan/body", "scan/body_1"]);
  expect(found.scan).toContain("backward scan");
  expect(found["scan/body"]!.every((node) => node.startsWith("forward"))).toBe(true);
  expect(found["scan/body_1"]!.every((node) => node.startsWith("backward"))).toBe(true);
  expect(found.dense!.filter((node) => !node.startsWith("variable"))).toEqual([
    "backward result",
    "update applyAdam",
    "backward result",
    "update applyAdam",
  ]);
});

test("the update of a variable that is in no layer is called like it", () => {
  const net = model({ x: input(["batch", 2]) }, ({ x }) => {
    const offset = variable("offset", [2], ones());
    return add(multiply(x, offset), offset);
  });
  const { train } = compile(net, { optimizer: adam(), loss: meanSquaredError() });
  const found = groupsIn(diagramOf(train, dims));
  expect(found["offset update"]).toEqual(
    expect.arrayContaining(["variable optimizer/offset/firstMoment", "update applyAdam"]),
  );
  expect(Object.keys(found)).not.toContain("result");
});
