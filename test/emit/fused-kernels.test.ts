import { fromBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { compileFunction } from "../../compiler/compileFunction.js";
import { lowerProgram, lowerPrograms } from "../../compiler/lower/lowerProgram.js";
import { type NodeDef, SavedModelSchema } from "../../compiler/lower/saved-model/generated/tensorflow_pb.js";
import { retarget } from "../../compiler/pipeline.js";
import { type Computation, computationOf, type Program } from "../../compiler/program.js";
import { program as digits } from "../../examples/02-mnist.js";
import { program as convnet } from "../../examples/03-mnist-convnet.js";
import { dense, input } from "../../src/index.js";

/** The nodes that TensorFlow is given for a program's train step. */
function trainNodes(program: Program<any, any, any, any>): NodeDef[] {
  const { savedModel } = lowerProgram(retarget(computationOf(program), "tensorflow"));
  const graph = fromBinary(SavedModelSchema, savedModel).metaGraphs[0]!.graphDef!;
  return graph.node.filter(({ name }) => name.startsWith("train/"));
}

/** What a step is when each of its kernels computes one thing. */
const separate = ["BiasAdd", "Relu", "Greater", "Select", "SelectV2"];

const opsOf = (nodes: readonly NodeDef[]) => nodes.map(({ op }) => op);

test("the MNIST network's train step has no separate bias-add, relu or mask of a relu", () => {
  const ops = opsOf(trainNodes(digits));
  expect(ops.filter((op) => separate.includes(op))).toEqual([]);
  const products = ops.filter((op) => /MatMul|ReluGrad/.test(op)).sort();
  // Forward: both layers. Backward: the gradients of both kernels and of the hidden layer's output.
  expect(products).toEqual(["MatMul", "MatMul", "MatMul", "ReluGrad", "_FusedMatMul", "_FusedMatMul"]);
});

test("the fused products name their bias and activation as TensorFlow does", () => {
  const fused = trainNodes(digits).filter(({ op }) => op === "_FusedMatMul");
  const texts = fused.map(({ attr }) => {
    const list = attr.fused_ops!.value;
    return list.case === "list" ? list.value.s.map((bytes) => new TextDecoder().decode(bytes)) : [];
  });
  expect(texts).toEqual([["BiasAdd", "Relu"], ["BiasAdd"]]);
});

test("products of few samples are nodes of our own kernel in a prediction of them, only where that is there", () => {
  const productsIn = (computation: Computation) =>
    [false, true].map((hasOwnKernels) => {
      const { graph, endpoints } = lowerPrograms([retarget(computation, "tensorflow")], { hasOwnKernels });
      const byName = new Map(graph.node.map((node) => [node.name, node]));
      const productsOf = (outputs: Readonly<Record<string, string>> | undefined) => {
        const reached = new Set<NodeDef>();
        const reach = (name: string) => {
          const node = byName.get(name.replace(/:.*|\^/, ""))!;
          if (!reached.has(node)) node.input.forEach(reach);
          reached.add(node);
        };
        Object.values(outputs ?? {}).forEach(reach);
        return opsOf([...reached]).filter((op) => /MatMul|Product/.test(op));
      };
      const { outputs, ofFew } = endpoints[0]!.call;
      return [productsOf(outputs), productsOf(ofFew)];
    });
  const fused = ["_FusedMatMul", "_FusedMatMul"];
  expect(productsIn(computationOf(digits))).toEqual([
    [fused, []],
    [fused, ["ShapewrightProduct", "ShapewrightProduct"]],
  ]);
  const ofSize = (size: number) =>
    productsIn(compileFunction({ x: input([size, 5]) }, ({ x }) => ({ y: dense(x, { units: 3 }) })));
  expect(ofSize(2)[1]).toEqual([["_FusedMatMul"], ["ShapewrightProduct"]]);
  expect(ofSize(17)[1]).toEqual([["_FusedMatMul"], []]);
});

test("the convnet's train step has no mask of a relu, and its biases stand where TensorFlow fuses them", () => {
  const nodes = trainNodes(convnet);
  const ops = opsOf(nodes);
  expect(ops.filter((op) => separate.slice(2).includes(op))).toEqual([]);
  expect(ops.filter((op) => op === "_FusedMatMul")).toEqual(["_FusedMatMul"]);
  // _FusedConv2D differs between the versions that we write for: TensorFlow makes it itself, of a convolution, the BiasAdd
  // that alone reads it, and the Relu that alone reads that.
  const readers = (name: string) => nodes.filter(({ input }) => input.includes(name));
  const convolutions = nodes.filter(({ op }) => op === "Conv2D");
  expect(convolutions.length).toBe(2);
  for (const { name } of convolutions) {
    const [bias, ...others] = readers(name);
    expect([bias!.op, ...others.map(({ op }) => op)]).toEqual(["BiasAdd"]);
    expect(opsOf(readers(bias!.name))).toEqual(["Relu"]);
  }
  expect(ops.filter((op) => op === "BiasAdd" || op === "Relu").length).toBe(4);
});
