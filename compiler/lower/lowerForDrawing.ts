import { toBinary } from "@bufbuild/protobuf";
import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import type { Computation } from "../program.js";
import { attribute, GraphDefBuilder } from "./graph-def.js";
import { lowerGraph } from "./lowerGraph.js";
import { placeholder, sizesOf } from "./nodes.js";
import { GraphDefSchema } from "./saved-model/generated/tensorflow_pb.js";
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
  const builder = new GraphDefBuilder({ saysShapes: true });
  const feeds = new Map<Node, TensorRef>();
  for (const [name, node] of inputs) feeds.set(node, placeholder(builder, name, node.dtype, node.shape));
  const handles = new Map<Node, TensorRef>();
  for (const [name, node] of variables) handles.set(node, variableHandle(builder, name, node));
  const sizes = sizesOf(builder, feeds, new Map());
  const { outputs } = lowerGraph(call, { builder, feeds, handles, sizes });
  const ends = Object.entries(outputs).map(([name, ref]) => {
    const attributes = { T: attribute.type(builder.dtype(ref)) };
    return builder.node("Identity", [ref], attributes, { unique: true, name });
  });
  const graph = builder.finish([...ends, ...feeds.values()]);
  for (const node of graph.node) {
    const value = node.attr.value?.value;
    if (value?.case === "tensor" && value.value.tensorContent.length > mostBytes)
      value.value.tensorContent = new Uint8Array();
  }
  return toBinary(GraphDefSchema, graph);
}
