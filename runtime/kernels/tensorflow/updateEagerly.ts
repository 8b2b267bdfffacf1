import type { Tensor } from "@tensorflow/tfjs-core";
import type { DType } from "../../../src/ir/dtype.js";
import type { Node, OpName, OpTable } from "../../../src/ir/node.js";
import type { InPlace } from "../../../src/ir/op.js";
import type { TensorRef } from "../../../src/ir/tensorflow-lowering.js";
import { translateTensorflowError } from "../../../src/ops/shared/tensorflow-errors.js";
import { eagerTensorflow } from "./eager-backend.js";
import { EagerWriter } from "./eager-writer.js";

/**
 * Runs an update on tfjs-node by the op's TensorFlow rule: one kernel for the whole, in place, as in a native session. By
 * tfjs's kernels, which make a new tensor for every operation, RMSProp takes two and a half times as long.
 *
 * For the time of the update, the variables are TensorFlow's: each is given its tensor, which is freed before the update, so
 * that TensorFlow need not copy it. What it holds at the end is given back: the new values, or, where the update failed, the old.
 *
 * @param variables what the op writes; those that were TensorFlow's are freed
 * @param put is given the value of each that was
 */
export function updateEagerly<K extends OpName>(
  { tensorflow }: InPlace<K>,
  variables: readonly Tensor[],
  inputs: readonly (Tensor | number)[],
  attributes: OpTable[K],
  put: (index: number, value: Tensor) => void,
): void {
  const writer = new EagerWriter(eagerTensorflow());
  const handles: TensorRef[] = [];
  const { dtype } = variables[0] as { dtype: DType };
  try {
    for (const variable of variables) handles.push(writer.makeVariable(variable));
    const others = inputs.map((input) => writer.input(input));
    tensorflow(writer, [...handles, ...others], { attributes, dtype } as Node<K>);
  } catch (error) {
    throw translateTensorflowError(error);
  } finally {
    for (const [i, handle] of handles.entries()) put(i, writer.readVariable(handle, dtype));
    writer.dispose();
  }
}
