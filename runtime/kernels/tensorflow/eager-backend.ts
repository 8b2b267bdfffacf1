import type { Tensor } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { type DType, heldByTfjs } from "../../../src/ir/dtype.js";
import { internalError } from "../../../src/ir/errors.js";
import type { TensorflowAttribute } from "../../../src/ir/tensorflow-lowering.js";

/** An attribute as tfjs-node hands it to TensorFlow. */
export interface EagerAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The part of tfjs-node's backend by which its own kernels run ops of TensorFlow. */
export interface EagerTensorflow {
  readonly binding: Readonly<Record<`TF_ATTR_${"TYPE" | "BOOL" | "INT" | "FLOAT" | "STRING" | "SHAPE"}`, number>>;
  getDTypeInteger(dtype: DType): number;
  executeSingleOutput(op: string, attributes: readonly EagerAttribute[], inputs: readonly Tensor[]): Tensor;
  executeMultipleOutputs(
    op: string,
    attributes: readonly EagerAttribute[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[];
}

/** tfjs-node's backend, which is in use. */
export function eagerTensorflow(): EagerTensorflow {
  return tf.engine().findBackend("tensorflow") as unknown as EagerTensorflow;
}

/** Attributes as tfjs-node takes them. Knows those that the rules have which are run eagerly. */
export function eagerAttributes(
  backend: EagerTensorflow,
  attributes: Readonly<Record<string, TensorflowAttribute>>,
): EagerAttribute[] {
  const { binding } = backend;
  return Object.entries(attributes).map(([name, attribute]) => {
    if ("type" in attribute) {
      return { name, type: binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(heldByTfjs(attribute.type as DType)) };
    }
    if ("bool" in attribute) return { name, type: binding.TF_ATTR_BOOL, value: attribute.bool };
    if ("string" in attribute) return { name, type: binding.TF_ATTR_STRING, value: attribute.string };
    if ("float" in attribute) return { name, type: binding.TF_ATTR_FLOAT, value: attribute.float };
    throw internalError(`the attribute ${name} is of a type that is not known here`);
  });
}
