import { type Attribute, dtypeOfAttribute, type GraphDType } from "./attributes.js";

type Attributes = Readonly<Record<string, Attribute>>;

/** Ops whose outputs have dtypes that no attribute names, or of which only some are named by the usual attribute. */
const fixed: Readonly<Record<string, (attributes: Attributes) => (GraphDType | undefined)[]>> = {
  VarHandleOp: () => ["resource"],
  Less: () => ["bool"],
  LessEqual: () => ["bool"],
  Greater: () => ["bool"],
  GreaterEqual: () => ["bool"],
  Equal: () => ["bool"],
  NotEqual: () => ["bool"],
  LogicalAnd: () => ["bool"],
  LogicalOr: () => ["bool"],
  LogicalNot: () => ["bool"],
  LoopCond: () => ["bool"],
  All: () => ["bool"],
  Any: () => ["bool"],
  IsNan: () => ["bool"],
  IsInf: () => ["bool"],
  IsFinite: () => ["bool"],
  VarIsInitializedOp: () => ["bool"],
  InTopKV2: () => ["bool"],
  Where: () => ["int64"],
  TopKV2: ({ T }) => [dtypeOfAttribute(T), "int32"],
  Merge: ({ T }) => [dtypeOfAttribute(T), "int32"],
  ArgMax: ({ output_type }) => [dtypeOfAttribute(output_type) ?? "int64"],
  ArgMin: ({ output_type }) => [dtypeOfAttribute(output_type) ?? "int64"],
  Shape: ({ out_type }) => [dtypeOfAttribute(out_type) ?? "int32"],
  Size: ({ out_type }) => [dtypeOfAttribute(out_type) ?? "int32"],
  Rank: () => ["int32"],
  Range: ({ Tidx }) => [dtypeOfAttribute(Tidx) ?? "int32"],
  Complex: () => ["complex64"],
  FFT: () => ["complex64"],
  IFFT: () => ["complex64"],
  RFFT: () => ["complex64"],
  IRFFT: () => ["float32"],
  Real: () => ["float32"],
  Imag: () => ["float32"],
  StatelessRandomGetKeyCounter: () => ["uint64", "uint64"],
};

/** Attributes that name the dtype of the outputs, the more particular ones first. */
const naming = ["DstT", "output_dtype", "dtype", "Tparams", "type", "T"];

/**
 * The dtypes of a node's outputs, as far as its op and attributes tell: a loop has to know the dtype of what enters
 * it. `undefined` where they don't tell.
 */
export function outputTypes(op: string, attributes: Attributes, outputs: number): (GraphDType | undefined)[] {
  const known = fixed[op]?.(attributes);
  if (known !== undefined) return Array.from({ length: Math.max(outputs, known.length) }, (_, i) => known[i]);
  return Array<GraphDType | undefined>(outputs).fill(namedDType(attributes));
}

function namedDType(attributes: Attributes): GraphDType | undefined {
  for (const name of naming) if (name in attributes) return dtypeOfAttribute(attributes[name]);
  return undefined;
}
