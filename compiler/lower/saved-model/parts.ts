import { type DescField, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import {
  AttrValueSchema,
  type GraphDef,
  GraphDefSchema,
  type NodeDef,
  NodeDefSchema,
  TensorProtoSchema,
} from "./generated/tensorflow_pb.js";

/** Constants of more bytes than this are a part of their own, and not copied: `toBinary` copies them once for each message they stand in. */
const MOST_COPIED = 4096;

/** A message's field that is a message, or bytes, itself, of parts. */
export function field({ number }: Pick<DescField, "number">, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [new BinaryWriter().tag(number, WireType.LengthDelimited).uint32(length).finish(), ...parts];
}

/** The bytes of a graph. */
export function graphParts(graph: GraphDef): Uint8Array[] {
  const nodes = graph.node.flatMap((node) => field(GraphDefSchema.field.node, nodeParts(node)));
  return [...nodes, toBinary(GraphDefSchema, { ...graph, node: [] })];
}

function nodeParts(node: NodeDef): Uint8Array[] {
  const { value, ...others } = node.attr;
  const tensor = value?.value.case === "tensor" ? value.value.value : undefined;
  if (!tensor || tensor.tensorContent.length <= MOST_COPIED) return [toBinary(NodeDefSchema, node)];
  const { tensorContent } = tensor;
  const proto = [
    toBinary(TensorProtoSchema, { ...tensor, tensorContent: new Uint8Array() }),
    ...field(TensorProtoSchema.field.tensorContent, [tensorContent]),
  ];
  // An entry of a map is a message of its key, 1, and its value, 2.
  const entry = [
    ...field({ number: 1 }, [new TextEncoder().encode("value")]),
    ...field({ number: 2 }, field(AttrValueSchema.field.tensor, proto)),
  ];
  return [toBinary(NodeDefSchema, { ...node, attr: others }), ...field(NodeDefSchema.field.attr, entry)];
}
