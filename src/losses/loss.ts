import type { DType } from "../ir/dtype.js";
import { isOp, type Node } from "../ir/node.js";
import type { Signature } from "../ir/op.js";
import type { AnyTensor, DTypeOf, TensorLike } from "../ir/tensor.js";
import { fill, type Message } from "../types/message.js";

/**
 * A type-level function from a model's output to the targets that a loss compares it with: or to a message, where the
 * loss does not take that output.
 */
export interface TargetRule {
  readonly output: unknown;
  readonly target: unknown;
}

/** The targets for an output, by a rule. */
export type TargetOf<R extends TargetRule, O extends TensorLike> = (R & {
  readonly output: O;
})["target"] extends infer T extends TensorLike
  ? T
  : AnyTensor;

/** `unknown` where a loss takes a model's output, else the message. */
export type CheckTarget<R extends TargetRule, O extends TensorLike> =
  unknown extends CheckOutputDType<DTypeOf<O>>
    ? (R & { readonly output: O })["target"] extends infer Text extends string
      ? Text
      : unknown
    : CheckOutputDType<DTypeOf<O>>;

export const outputNotFloat = "compile: a loss takes a float32 output, got {dtype}";

/** `unknown` where a loss can be taken of an output of this dtype, else the message. */
export type CheckOutputDType<D extends DType> = "float32" extends D
  ? unknown
  : Message<typeof outputNotFloat, { dtype: D }>;

/** Runtime twin of `CheckOutputDType`. */
export function checkOutputDType(dtype: DType): string | undefined {
  return dtype === "float32" ? undefined : fill(outputNotFloat, { dtype });
}

/** What is known of targets besides shape and dtype. */
export interface TargetSignature extends Signature {
  /** Targets are class numbers from 0 to this, exclusive. */
  readonly classes?: number;
  /** A number that may stand among them, though it is no class: of places that do not count. */
  readonly ignored?: number;
}

/**
 * How wrong an output is: a number for each sample, or for each place in a sample. Training minimises their mean.
 *
 * @typeParam R the rule for its targets
 * @typeParam Name the key under which it is reported where it stands among the metrics
 */
export interface Loss<out R extends TargetRule = TargetRule, out Name extends string = string> {
  readonly name: Name;
  /** Never set: carries the rule to `compile`. */
  readonly rule?: R;
  /** The targets that it takes for a model's output. Runtime twin of `R`. Throws `SW_SHAPE` where there are none. */
  target(output: Signature): TargetSignature;
  /** The values whose mean is the loss. One value for a whole batch counts, over an epoch, for as many samples as that has. */
  values(output: Node, target: Node): Node;
  /** Which of the values count, bool of their shape: the loss is the mean over those alone. All, where there is none. */
  mask?(output: Node, target: Node, values: Node): Node;
  /** Whether outputs are logits, not probabilities. */
  readonly fromLogits: boolean;
  /** The activation that makes of logits the probabilities that it takes; none of a loss that takes other numbers. */
  readonly activation?: "softmax" | "sigmoid";
  /** Whether it has no option `fromLogits`: it takes what it takes, probabilities or logits. */
  readonly alwaysSo?: true;
}

/** Options of the losses of classifiers. */
export interface FromLogits {
  /** Whether the output is logits (numbers of any size) rather than probabilities. @default false */
  readonly fromLogits?: boolean;
}

/**
 * What a model's output is the softmax or the sigmoid of, if it is. Losses from probabilities compute with that, as Keras 3
 * does: a logarithm of the probability would lose its digits, and the gradient where it saturates.
 */
export function logitsBehind(output: Node, activation: "softmax" | "sigmoid"): Node | undefined {
  return isOp(output, activation) ? output.inputs[0] : undefined;
}

/** Keeps probabilities away from 0 and 1, and what is divided by away from 0, as Keras does. */
export const margin = 1e-7;
