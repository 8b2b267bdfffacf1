import { inWords } from "../../ir/inWords.js";
import { isTensor, type Node, nodeOf, type Signature } from "../../ir/node.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import { show } from "../../types/show.js";

/** What random numbers are drawn with: the same key gives the same numbers, on every backend. */
export type Key = Tensor<[2], "int32">;

/** The message for what is no key. */
export function checkKey(op: string, { shape, dtype }: Signature): string | undefined {
  if (dtype === "int32" && shape.length === 1 && shape[0] === 2) return undefined;
  return `${op}: takes a key, int32 [2], got ${dtype} ${show(shape)}; make one with randomKey(seed)`;
}

/** The node of a key. A shape that stands in its place is told: PyTorch and NumPy draw without a key. */
export function keyOf(op: string, key: unknown): Node {
  const made = "make one with randomKey(seed), or with stepKey(), of which each training step has another";
  refuse("SW_VALUE", op, isTensor(key) ? undefined : `${op}: takes a key first, got ${inWords(key)}; ${made}`);
  return nodeOf(key as Key, op);
}
