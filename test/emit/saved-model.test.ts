import { fromBinary } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { initialValue } from "../../compiler/initialValue.js";
import {
  compile,
  conv1d,
  input,
  maxPooling1d,
  meanSquaredError,
  model,
  relu,
  sequential,
  sgd,
} from "../../compiler/language.js";
import { attribute, GraphDefBuilder } from "../../compiler/lower/graph-def.js";
import { lowerForServing } from "../../compiler/lower/lowerForServing.js";
import { DataType, SavedModelSchema } from "../../compiler/lower/saved-model/generated/tensorflow_pb.js";
import { type Signature, savedModelBytes } from "../../compiler/lower/saved-model/write.js";
import { retarget } from "../../compiler/pipeline.js";
import { predictionOf } from "../../compiler/program.js";

function example(reversed: boolean) {
  const g = new GraphDefBuilder();
  const attributes = { dtype: attribute.type("float32"), shape: attribute.shape([null, 2]) };
  const x = g.node("Placeholder", [], attributes, { name: "x" });
  const w = g.constant([1, 2, 3, 4], [2, 2], "float32", "w");
  const flags = { transpose_a: attribute.bool(false), transpose_b: attribute.bool(true) };
  const T = attribute.type("float32");
  const y = g.node("MatMul", [x, w], reversed ? { T, ...flags } : { ...flags, T });
  const call: Signature = {
    inputs: { x: { ref: x, dtype: "float32", shape: [null, 2] } },
    outputs: { y: { ref: y, dtype: "float32", shape: null } },
  };
  const signatures = reversed ? { b: call, a: call } : { a: call, b: call };
  return savedModelBytes({ graphDef: g.finish(), signatures, tags: ["serve"] });
}

it("writes a graph, its tags and its signatures so that they can be read back", () => {
  const { savedModelSchemaVersion, metaGraphs } = fromBinary(SavedModelSchema, example(false));
  expect(savedModelSchemaVersion).toBe(1n);
  const graph = metaGraphs[0]!;
  expect(graph.metaInfoDef?.tags).toEqual(["serve"]);
  expect(graph.graphDef?.versions).toMatchObject({ producer: 1087, minConsumer: 0 });
  const [x, w, y] = graph.graphDef!.node;
  expect([x!.name, x!.op]).toEqual(["x", "Placeholder"]);
  expect(x!.attr.shape?.value).toMatchObject({ case: "shape", value: { dim: [{ size: -1n }, { size: 2n }] } });
  const tensor = w!.attr.value!.value;
  if (tensor.case !== "tensor") throw new Error("not a tensor");
  expect(tensor.value.dtype).toBe(DataType.DT_FLOAT);
  expect(new Float32Array(tensor.value.tensorContent.slice().buffer)).toEqual(new Float32Array([1, 2, 3, 4]));
  expect([y!.op, y!.input, y!.attr.transpose_b?.value]).toEqual(["MatMul", ["x", "w"], { case: "b", value: true }]);
  expect(Object.keys(graph.signatureDef)).toEqual(["a", "b"]);
  const signature = graph.signatureDef.a!;
  expect(signature.inputs.x).toMatchObject({ encoding: { case: "name", value: "x:0" }, dtype: DataType.DT_FLOAT });
  expect(signature.outputs.y?.tensorShape?.unknownRank).toBe(true);
});

it("says the shapes of what a convolution over one axis is computed by", () => {
  const net = model({ x: input(["batch", 8, 2]) }, ({ x }) =>
    sequential(x, conv1d({ filters: 4, kernelSize: 3, activation: relu }), maxPooling1d({ poolSize: 2 })),
  );
  const computation = retarget(
    predictionOf(compile(net, { optimizer: sgd(), loss: meanSquaredError() })),
    "tensorflow",
  );
  const values = [...computation.variables].map(([name, node]) => [name, initialValue(name, node, 0)] as const);
  const bytes = Buffer.concat(lowerForServing(computation, new Map(values)));
  const said = fromBinary(SavedModelSchema, bytes).metaGraphs[0]!.graphDef!.node.flatMap(({ op, attr }) => {
    const list = attr._output_shapes?.value;
    const dims = list?.case === "list" ? list.value.shape[0]!.dim.map(({ size }) => Number(size)) : undefined;
    return /^(Conv2D|BiasAdd|Relu|MaxPool)$/.test(op) ? [[op, dims]] : [];
  });
  // One row of 8 places: windows of 3 leave 6, and every second of them 3.
  const row = [-1, 1, 6, 4];
  expect(Object.fromEntries(said)).toEqual({ Conv2D: row, BiasAdd: row, Relu: row, MaxPool: [-1, 1, 3, 4] });
});

it("writes the same bytes for the same content, whatever order it was given in", () => {
  expect(example(true)).toEqual(example(false));
});

it("writes the values of every dtype", () => {
  const g = new GraphDefBuilder();
  g.constant([-1, 2], [2], "int32");
  g.constant([true, false], [2], "bool");
  g.constant([-1n], [1], "int64");
  g.constant([2n ** 64n - 1n], [1], "uint64");
  g.constant([2 ** 32 - 1], [], "uint32");
  g.constant(["ü", ""], [2], "string");
  const values = g.finish().node.map((node) => {
    const tensor = node.attr.value!.value;
    if (tensor.case !== "tensor") throw new Error("not a tensor");
    return [...tensor.value.tensorContent, ...tensor.value.stringVal.map((text) => new TextDecoder().decode(text))];
  });
  expect(values).toEqual([
    [255, 255, 255, 255, 2, 0, 0, 0],
    [1, 0],
    Array(8).fill(255),
    Array(8).fill(255),
    Array(4).fill(255),
    ["ü", ""],
  ]);
});
