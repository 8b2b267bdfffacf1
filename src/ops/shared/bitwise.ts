import type { OpName } from "../../ir/node.js";
import type { InFamily } from "../../ir/op.js";
import { type BinaryRule, defineBinary } from "./binary.js";
import { onHost } from "./onHost.js";

/** The definition of a function of the bits of two int32 tensors, which broadcast against each other. */
export function defineBitwise<K extends OpName>(
  rule: Omit<BinaryRule<K>, "dtypes" | "gradient" | "tfjs">,
): InFamily<K, "binary"> {
  // tfjs's backends have kernels for one of these functions, and not all of them.
  return defineBinary<K>({
    ...rule,
    tfjs: onHost,
    dtypes: ["int32"],
    gradient: { notDifferentiable: "bits have no slope" },
  });
}

/** How far TensorFlow shifts: not below 0, nor beyond the last bit. */
export function shiftAmount(b: number): number {
  return Math.min(Math.max(b, 0), 31);
}
