import type { Node } from "../../src/ir/node.js";
import type { Random } from "../../src/ir/random.js";
import type { Dim } from "../../src/types/dim.js";

/** What a call of an op is made from: a float, the sizes it has in numbers, and a way to other data. */
export interface Operand {
  readonly x: Node;
  readonly sizes: readonly number[];
  readonly generator: Random;
  /** A new input of a shape, with floats unless it is said otherwise. */
  feed(shape: readonly number[], dtype?: "int32"): Node;
  /** The dim that stands for a size: a name where it has one. */
  dim(size: number): Dim;
}

/** A random call of an op on it: the results. None where it can't be called. */
export type Call = (operand: Operand) => Node[];
