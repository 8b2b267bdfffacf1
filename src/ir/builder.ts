import type { Dim } from "../types/dim.js";
import type { NdArray } from "./array.js";
import type { DType } from "./dtype.js";
import type { Node, OpName, OpTable } from "./node.js";

/** Ops that take no attributes may be built without naming any. */
type AttributesArgument<K extends OpName> =
  Record<never, never> extends OpTable[K] ? [attributes?: OpTable[K]] : [attributes: OpTable[K]];

/** Builds nodes by op name. Gradient rules and passes are handed one, so that they need not import op files. */
export interface Builder {
  /** The node of an op, after its shape rule has accepted the inputs. */
  op<K extends OpName>(name: K, inputs: readonly Node[], ...attributes: AttributesArgument<K>): Node<K>;
  /** The results of the node of an op that has several. */
  results(node: Node): Node[];
  /** A constant scalar, float32 unless said otherwise. */
  scalar(value: number, dtype?: DType): Node;
  /** A constant with a shape. */
  constant(value: NdArray): Node;
  /** The product of some dims. Op files ask for it here, so that generated code does not carry the arithmetic of named dims. */
  product(dims: readonly Dim[]): Dim;
  /** The product of some dims as a float32 scalar; a constant where all are literals. */
  size(dims: readonly Dim[]): Node;
}
