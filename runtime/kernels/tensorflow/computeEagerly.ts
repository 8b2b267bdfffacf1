import type { Tensor } from "@tensorflow/tfjs-core";
import type { DType } from "../../../src/ir/dtype.js";
import type { Node, OpName, OpTable } from "../../../src/ir/node.js";
import type { ValueOpDefinition } from "../../../src/ir/op.js";
import { translateTensorflowError } from "../../../src/ops/shared/tensorflow-errors.js";
import { eagerTensorflow } from "./eager-backend.js";
import { EagerWriter } from "./eager-writer.js";

/**
 * Computes an op on tfjs-node by its TensorFlow rule: one kernel, where tfjs has none for the whole and runs one for each part.
 */
export function computeEagerly<K extends OpName>(
  definition: ValueOpDefinition<K>,
  inputs: readonly Tensor[],
  { shape, ...told }: { readonly attributes: OpTable[K]; readonly shape: readonly number[]; readonly dtype: DType },
): Tensor {
  const writer = new EagerWriter(eagerTensorflow());
  const node = { ...told, inputs: inputs as unknown as readonly Node[], shape, rank: shape.length } as Node<K>;
  const refs = inputs.map((input) => writer.input(input));
  try {
    return writer.keep(definition.tensorflow(writer, refs, node));
  } catch (error) {
    writer.dispose();
    throw translateTensorflowError(error);
  }
}
