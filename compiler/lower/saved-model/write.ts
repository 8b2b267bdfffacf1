import { create, toBinary } from "@bufbuild/protobuf";
import { dataType, type GraphDType, type GraphShape, shapeProto } from "../graph-def/attributes.js";
import type { TensorRef } from "../graph-def/frames.js";
import {
  DataType,
  type GraphDef,
  MetaGraphDefSchema,
  SavedModelSchema,
  type SignatureDef,
  SignatureDefSchema,
} from "./generated/tensorflow_pb.js";
import { field, graphParts } from "./parts.js";

/** A tensor by which a signature is fed or fetched; a shape of `null` is an unknown rank. */
export interface SignatureTensor {
  readonly ref: TensorRef;
  readonly dtype: GraphDType;
  readonly shape: GraphShape | null;
}

/** One way of calling the graph, with names for its inputs and outputs. */
export interface Signature {
  readonly inputs: Readonly<Record<string, SignatureTensor>>;
  readonly outputs: Readonly<Record<string, SignatureTensor>>;
}

/** What a SavedModel holds. */
export interface SavedModelContent {
  readonly graphDef: GraphDef;
  readonly signatures: Readonly<Record<string, Signature>>;
  /** The node that gives variables their first values: whoever loads the graph runs it first. */
  readonly initializer?: TensorRef;
  /** The tags by which the graph is found when it is loaded; `["serve"]` if absent. */
  readonly tags?: readonly string[];
}

/** The signature under which TensorFlow looks for the initializer. */
const INITIALIZER = "__saved_model_init_op";

/**
 * The bytes of a `saved_model.pb`, in parts one after the other. A folder with that one file is a SavedModel which TensorFlow loads: there
 * are no saved variables, since the graph's own nodes give them their first values. The same content gives the same bytes.
 */
export function savedModelParts(content: SavedModelContent): Uint8Array[] {
  const { graphDef, signatures, initializer, tags = ["serve"] } = content;
  const signatureDefs = mapSorted(signatures, signatureDef);
  const metaGraph = create(MetaGraphDefSchema, {
    metaInfoDef: { tags: [...tags] },
    signatureDef: { ...signatureDefs, ...(initializer && { [INITIALIZER]: initializerDef(initializer) }) },
  });
  const savedModel = create(SavedModelSchema, { savedModelSchemaVersion: 1n });
  const graph = field(MetaGraphDefSchema.field.graphDef, graphParts(graphDef));
  return [
    toBinary(SavedModelSchema, savedModel),
    ...field(SavedModelSchema.field.metaGraphs, [toBinary(MetaGraphDefSchema, metaGraph), ...graph]),
  ];
}

/** The same as one array. */
export function savedModelBytes(content: SavedModelContent): Uint8Array {
  const parts = savedModelParts(content);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let begin = 0;
  for (const part of parts) {
    bytes.set(part, begin);
    begin += part.length;
  }
  return bytes;
}

/** The initializer is a node without outputs: it is named as a node, and has neither dtype nor shape. */
function initializerDef({ node }: TensorRef): SignatureDef {
  const info = { encoding: { case: "name" as const, value: node }, dtype: DataType.DT_INVALID };
  return create(SignatureDefSchema, { outputs: { [INITIALIZER]: { ...info, tensorShape: shapeProto(null) } } });
}

function signatureDef(signature: Signature): SignatureDef {
  return create(SignatureDefSchema, {
    inputs: mapSorted(signature.inputs, tensorInfo),
    outputs: mapSorted(signature.outputs, tensorInfo),
    methodName: "tensorflow/serving/predict",
  });
}

function tensorInfo({ ref, dtype, shape }: SignatureTensor) {
  const name = `${ref.node}:${ref.output}`;
  return { encoding: { case: "name" as const, value: name }, dtype: dataType(dtype), tensorShape: shapeProto(shape) };
}

/** Maps are written in the order of their keys, so that the order in which a record was filled doesn't matter. */
function mapSorted<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  const keys = Object.keys(record).sort();
  return Object.fromEntries(keys.map((key) => [key, map(record[key]!)]));
}
