import type { NdArray } from "../../ir/array.js";
import type { OpName } from "../../ir/node.js";
import type { RunContext, ValueOpDefinition } from "../../ir/op.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";
import { eluOp } from "../elu.js";
import { leakyReluOp } from "../leakyRelu.js";
import { reluOp } from "../relu.js";
import { relu6Op } from "../relu6.js";
import { sigmoidOp } from "../sigmoid.js";

/** The activations that some target's kernels compute together with a product and its bias. */
export const activations = {
  relu: { op: reluOp, tensorflow: "Relu", tfjs: "relu" },
  relu6: { op: relu6Op, tensorflow: "Relu6", tfjs: "relu6" },
  elu: { op: eluOp, tensorflow: "Elu", tfjs: "elu" },
  leakyRelu: { op: leakyReluOp, tensorflow: "LeakyRelu", tfjs: "leakyrelu" },
  sigmoid: { op: sigmoidOp, tensorflow: "Sigmoid", tfjs: "sigmoid" },
} as const;

export type Activation = keyof typeof activations;

/** The activation of a fused op. */
export interface FusedActivation {
  /** None, unless said. */
  readonly activation?: Activation;
  /** leakyRelu's slope below 0. */
  readonly alpha?: number;
}

/** An activation of what a text says. */
export function activatedText(text: string, { activation }: FusedActivation): string {
  return activation === undefined ? text : `${activation}(${text})`;
}

/** The attributes by which tfjs's fused kernels are told. */
export function tfjsActivation({ activation, alpha }: FusedActivation) {
  return { activation: activation === undefined ? "linear" : activations[activation].tfjs, leakyreluAlpha: alpha };
}

/** The activation of a sum, by the activation's own tfjs kernels. */
export function activate(k: KernelRunner, sum: TensorInfo, { activation, alpha }: FusedActivation): TensorInfo {
  if (activation === undefined) return sum;
  const op = activations[activation].op as unknown as ValueOpDefinition<"leakyRelu">;
  const context = { attributes: { alpha: alpha! }, dtype: "float32", shape: sum.shape, size: Number } as const;
  return op.tfjs(k, [sum], context);
}

/** The activation of a sum, by the activation's own reference kernel. */
export function referenceActivation(sum: NdArray, context: RunContext<OpName>): NdArray {
  const { activation, alpha } = context.attributes as FusedActivation;
  if (activation === undefined) return sum;
  const op = activations[activation].op as unknown as ValueOpDefinition<"leakyRelu">;
  return op.reference([sum], { ...context, attributes: { alpha: alpha! } });
}
