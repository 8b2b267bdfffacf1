import { toBinary } from "@bufbuild/protobuf";
import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import type { Computation } from "../program.js";
import { attribute, GraphDefBuilder } from "./graph-def.js";
import { lowerGraph } from "./lowerGraph.js";
import { placeholder, sizesOf } from "./nodes.js";
import { GraphDefSchema, type NodeDef } from "./saved-model/generated/tensorflow_pb.js";
import { variableHandle } from "./variables.js";

/** Constants of more bytes than this are drawn without their numbers, as TensorBoard itself leaves them out. */
const mostBytes = 1024;

/**
 * The bytes of a GraphDef that shows what a computation's call does: its inputs, variables and outputs under their names, and what a layer
 * does in the layer's scope. It is looked at, and not run.
 *
 * @param computation one that is retargeted to TensorFlow
 */
export function lowerForDrawing({ inputs, variables, call }: Computation): Uint8Array {
  const builder = new GraphDefBuilder();
  const feeds = new Map<Node, TensorRef>();
  for (const [name, node] of inputs) feeds.set(node, placeholder(builder, name, node.dtype, node.shape));
  const handles = new Map<Node, TensorRef>();
  for (const [name, node] of variables) handles.set(node, variableHandle(builder, name, node));
  const sizes = sizesOf(builder, feeds, new Map());
  const { outputs } = lowerGraph(call, { builder, feeds, handles, sizes });
  const ends = Object.entries(outputs).map(([name, ref]) => {
    const attributes = { T: attribute.type(builder.dtype(ref)) };
    return builder.node("Identity", [ref], attributes, { unique: true, name }).node;
  });
  const graph = builder.finish();
  const drawn = reaching(graph.node, [...ends, ...[...feeds.values()].map(({ node }) => node)]);
  for (const node of drawn) {
    const value = node.attr.value?.value;
    if (value?.case === "tensor" && value.value.tensorContent.length > mostBytes)
      value.value.tensorContent = new Uint8Array();
  }
  return toBinary(GraphDefSchema, { ...graph, node: drawn });
}

/** The nodes that some of them are made of, in their order: sizes that nothing asks for are left out. */
function reaching(nodes: readonly NodeDef[], ends: readonly string[]): NodeDef[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const found = new Set<string>();
  for (const waiting = [...ends]; waiting.length > 0; ) {
    const name = waiting.pop()!;
    if (found.has(name)) continue;
    found.add(name);
    // An input is "node", "node:output" or, where it is only waited for, "^node".
    for (const input of byName.get(name)!.input) waiting.push(input.replace(/^\^|:\d+$/g, ""));
  }
  return nodes.filter(({ name }) => found.has(name));
}
