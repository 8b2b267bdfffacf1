import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { elementCount } from "../../../src/ir/array.js";
import type { DType } from "../../../src/ir/dtype.js";
import { internalError } from "../../../src/ir/errors.js";
import {
  type AttrValue,
  AttrValueSchema,
  DataType,
  type TensorProto,
  TensorProtoSchema,
  type TensorShapeProto,
  TensorShapeProtoSchema,
} from "../saved-model/generated/tensorflow_pb.js";

/** The element types that a TensorFlow graph of ours can hold. */
export type GraphDType = DType | "float64" | "int64" | "uint64" | "uint32" | "complex64" | "string" | "resource";

/** A shape in a graph: `null` is a dim that is known only when the graph runs. */
export type GraphShape = readonly (number | null)[];

/** The values of a constant, in row-major order. */
export type TensorValues =
  | readonly (number | boolean | bigint | string)[]
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint32Array
  | Uint8Array
  | BigInt64Array
  | BigUint64Array;

/** An attribute of a node; made by the functions in {@link attribute}. */
export type Attribute = AttrValue;

const dataTypes: Record<GraphDType, DataType> = {
  float32: DataType.DT_FLOAT,
  float64: DataType.DT_DOUBLE,
  int32: DataType.DT_INT32,
  bool: DataType.DT_BOOL,
  uint8: DataType.DT_UINT8,
  int64: DataType.DT_INT64,
  uint64: DataType.DT_UINT64,
  uint32: DataType.DT_UINT32,
  complex64: DataType.DT_COMPLEX64,
  string: DataType.DT_STRING,
  resource: DataType.DT_RESOURCE,
};

const graphDTypes = new Map(Object.entries(dataTypes).map(([name, value]) => [value, name as GraphDType]));

/** TensorFlow's number for a dtype. */
export function dataType(dtype: GraphDType): DataType {
  return dataTypes[dtype];
}

/** The dtype that a `type` attribute names; `undefined` for any other attribute. */
export function dtypeOfAttribute(value: Attribute | undefined): GraphDType | undefined {
  return value?.value.case === "type" ? graphDTypes.get(value.value.value) : undefined;
}

/** A shape as TensorFlow writes it: an unknown dim is -1, and `null` for the whole shape is an unknown rank. */
export function shapeProto(shape: GraphShape | null): TensorShapeProto {
  if (shape === null) return create(TensorShapeProtoSchema, { unknownRank: true });
  return create(TensorShapeProtoSchema, { dim: shape.map((size) => ({ size: BigInt(size ?? -1) })) });
}

const utf8 = new TextEncoder();

function make(value: NonNullable<MessageInitShape<typeof AttrValueSchema>["value"]>): Attribute {
  return create(AttrValueSchema, { value });
}

/** Attributes that most nodes have, made once, with the texts that they are compared by. */
const shared = new Map<Attribute, string>();

function share(value: Attribute): Attribute {
  shared.set(value, textOf(value));
  return value;
}

const ofType = Object.fromEntries(
  Object.entries(dataTypes).map(([dtype, value]) => [dtype, share(make({ case: "type", value }))]),
) as Record<GraphDType, Attribute>;
const [ofFalse, ofTrue] = [false, true].map((value) => share(make({ case: "b", value }))) as [Attribute, Attribute];

/** Makes attributes, each of the kind that the op's definition asks for. */
export const attribute = {
  type: (dtype: GraphDType): Attribute => ofType[dtype],
  int: (value: number | bigint): Attribute => make({ case: "i", value: BigInt(value) }),
  float: (value: number): Attribute => make({ case: "f", value }),
  bool: (value: boolean): Attribute => (value ? ofTrue : ofFalse),
  string: (value: string): Attribute => make({ case: "s", value: utf8.encode(value) }),
  shape: (shape: GraphShape | null): Attribute => make({ case: "shape", value: shapeProto(shape) }),
  tensor: (values: TensorValues, shape: readonly number[], dtype: GraphDType): Attribute =>
    make({ case: "tensor", value: tensorProto(values, shape, dtype) }),
  ints: (values: readonly (number | bigint)[]): Attribute =>
    make({ case: "list", value: { i: values.map((value) => BigInt(value)) } }),
  floats: (values: readonly number[]): Attribute => make({ case: "list", value: { f: [...values] } }),
  types: (values: readonly GraphDType[]): Attribute => make({ case: "list", value: { type: values.map(dataType) } }),
  strings: (values: readonly string[]): Attribute =>
    make({ case: "list", value: { s: values.map((value) => utf8.encode(value)) } }),
  shapes: (values: readonly (GraphShape | null)[]): Attribute =>
    make({ case: "list", value: { shape: values.map(shapeProto) } }),
} as const;

/** A constant's message. Throws when the number of values is not what the shape asks for. */
function tensorProto(values: TensorValues, shape: readonly number[], dtype: GraphDType): TensorProto {
  const size = elementCount(shape);
  if (values.length !== size)
    throw internalError(`a constant of shape [${shape.join(", ")}] has ${size} values, given were ${values.length}`);
  const common = { dtype: dataType(dtype), tensorShape: shapeProto(shape) };
  if (dtype === "string")
    return create(TensorProtoSchema, {
      ...common,
      stringVal: Array.from(values as ArrayLike<unknown>, (value) => utf8.encode(String(value))),
    });
  return create(TensorProtoSchema, { ...common, tensorContent: contentBytes(values, dtype) });
}

/** Bytes per value, and how a value is written; the order of bytes is little-endian whatever the machine's own is. */
const writers: Record<
  Exclude<GraphDType, "complex64" | "string" | "resource">,
  [number, (v: DataView, at: number, x: never) => void]
> = {
  float32: [4, (view, at, x) => view.setFloat32(at, Number(x), true)],
  float64: [8, (view, at, x) => view.setFloat64(at, Number(x), true)],
  int32: [4, (view, at, x) => view.setInt32(at, Number(x), true)],
  uint32: [4, (view, at, x) => view.setUint32(at, Number(x), true)],
  bool: [1, (view, at, x) => view.setUint8(at, x ? 1 : 0)],
  uint8: [1, (view, at, x) => view.setUint8(at, x)],
  int64: [8, (view, at, x) => view.setBigInt64(at, BigInt(x), true)],
  uint64: [8, (view, at, x) => view.setBigUint64(at, BigInt(x), true)],
};

/** Whether this machine keeps the bytes of its numbers in the order in which TensorFlow's files do. */
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function contentBytes(values: TensorValues, dtype: GraphDType): Uint8Array<ArrayBuffer> {
  if (dtype === "complex64" || dtype === "string" || dtype === "resource")
    throw internalError(`a ${dtype} has no bytes to write`);
  // The weights of a model: millions of numbers, which stand in memory as they are written, and are not copied.
  if (littleEndian && dtype === "float32" && values instanceof Float32Array) {
    const { buffer, byteOffset, byteLength } = values;
    if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer, byteOffset, byteLength);
  }
  const [width, write] = writers[dtype];
  const bytes = new Uint8Array(values.length * width);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) write(view, i * width, values[i] as never);
  return bytes;
}

/** A text that two attributes have in common exactly when they are the same. */
export function attributeKey(value: Attribute): string {
  return shared.get(value) ?? textOf(value);
}

function textOf(value: Attribute): string {
  let text = "";
  for (const byte of toBinary(AttrValueSchema, value)) text += String.fromCharCode(byte);
  return text;
}
