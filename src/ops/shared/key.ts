import type { Signature } from "../../ir/node.js";
import type { Tensor } from "../../ir/tensor.js";
import { show } from "../../types/show.js";

/** What random numbers are drawn with: the same key gives the same numbers, on every backend. */
export type Key = Tensor<[2], "int32">;

/** The message for what is no key. */
export function checkKey(op: string, { shape, dtype }: Signature): string | undefined {
  if (dtype === "int32" && shape.length === 1 && shape[0] === 2) return undefined;
  return `${op}: takes a key, int32 [2], got ${dtype} ${show(shape)}; make one with randomKey(seed)`;
}
