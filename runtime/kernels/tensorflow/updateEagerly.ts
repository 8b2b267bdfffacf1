import type { Tensor } from "@tensorflow/tfjs-core";
import type { DType } from "../../../src/ir/dtype.js";
import type { Node, OpName, OpTable } from "../../../src/ir/node.js";
import type { InPlace } from "../../../src/ir/op.js";
import { eagerTensorflow } from "./eager-backend.js";
import { EagerWriter } from "./eager-writer.js";

/**
 * Runs an update on tfjs-node by the op's TensorFlow rule: one kernel for the whole, in place, as in a native session. By
 * tfjs's kernels, which make a new tensor for every operation, RMSProp takes two and a half times as long.
 *
 * For the time of the update, the variables are TensorFlow's: each is given its tensor, which is freed before the update, so
 * that TensorFlow need not copy it.
 *
 * @param variables what the op writes; they are freed, where the update fails too
 * @returns the new values
 */
export function updateEagerly<K extends OpName>(
  { tensorflow }: InPlace<K>,
  variables: readonly Tensor[],
  inputs: readonly (Tensor | number)[],
  attributes: OpTable[K],
): Tensor[] {
  const writer = new EagerWriter(eagerTensorflow());
  try {
    const handles = variables.map((variable) => writer.makeVariable(variable));
    const others = inputs.map((input) => writer.input(input));
    const { dtype } = variables[0] as { dtype: DType };
    tensorflow(writer, [...handles, ...others], { attributes, dtype } as Node<K>);
    return handles.map((handle, i) => writer.readVariable(handle, variables[i]!.dtype as DType));
  } finally {
    for (const variable of variables) variable.dispose();
    writer.dispose();
  }
}
