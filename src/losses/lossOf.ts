import { ShapewrightError } from "../ir/errors.js";
import { inWords } from "../ir/inWords.js";
import { isOp, isTensor, type Node, nodeOf, tensorOf } from "../ir/node.js";
import { callback, checkOption, required, text } from "../ir/options.js";
import { asNode } from "../ir/returned.js";
import type { Tensor, TensorLike } from "../ir/tensor.js";
import type { Compatible } from "../types/compatible.js";
import type { Dim, Shape } from "../types/dim.js";
import type { Message } from "../types/message.js";
import { fill } from "../types/message.js";
import type { Show } from "../types/show.js";
import { show } from "../types/show.js";
import type { Loss, TargetRule } from "./loss.js";

/** Targets of one's own, for outputs of a type, which is the function's to say: TypeScript compares it with the model's. */
export interface OwnTargets<T extends TensorLike, O extends TensorLike, N extends string = string> extends TargetRule {
  readonly name: N;
  readonly target: T;
  readonly forOutput: O;
}

export const otherSamples =
  "compile: the targets of the loss {name} are {shape}, whose first axis must be {batch}, as the output's";

/** `unknown` where the targets of a loss lie along the samples of an output, else the message. */
export type CheckSamples<N extends string, T extends Shape, O extends Shape> = O extends readonly [
  infer Batch extends Dim,
  ...Shape,
]
  ? T extends readonly [infer First extends Dim, ...Shape]
    ? Compatible<First, Batch> extends true
      ? unknown
      : OtherSamples<N, T, Batch>
    : T extends readonly []
      ? OtherSamples<N, T, Batch>
      : unknown
  : unknown;

type OtherSamples<N extends string, T extends Shape, Batch extends Dim> = Message<
  typeof otherSamples,
  { name: `"${N}"`; shape: Show<T>; batch: Batch }
>;

/**
 * A loss of one's own whose targets are not as the output is: other axes, or int32. Where they are as the output is, a plain function
 * `(target, output) => values` is enough.
 *
 * @param name the key under which it is reported where it stands among the metrics
 * @param target what the targets are: an `input` whose first axis is that of the samples
 * @param values `(target, output) => values`, float32, one for each sample or for each place in a sample, whose mean is the loss; or one for
 * the whole batch
 * @throws SW_VALUE when the target is no input, or, from `compile`, when what is returned is none of these; SW_SHAPE, from `compile`, when
 * the target's first axis is not the output's
 * @example
 * // The output is [mean, logarithm of the variance] of one number.
 * const gaussian = lossOf("gaussian", input(["batch"]), (target, output: Tensor<["batch", 2]>) => {
 *   const [mean, logVariance] = unstack(output, 1);
 *   return add(logVariance, multiply(square(subtract(target, mean)), exp(neg(logVariance))));
 * });
 * compile(model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2 })), { optimizer: adam(), loss: gaussian });
 */
export function lossOf<const N extends string, T extends TensorLike, O extends TensorLike>(
  name: N,
  target: T,
  values: (target: T, output: O) => Tensor<any>,
): Loss<OwnTargets<T, O, N>, N> {
  checkOption("lossOf", "name", name, required(text));
  checkOption("lossOf", "the function", values, required(callback));
  const { shape, dtype } = inputNode(target);
  return {
    name,
    fromLogits: false,
    target(output) {
      const batch = output.shape[0];
      if (batch !== undefined && shape[0] === batch) return { shape, dtype };
      const message = fill(otherSamples, { name: `"${name}"`, shape: show(shape), batch: String(batch) });
      throw new ShapewrightError("SW_SHAPE", message, "compile");
    },
    values: (output, given) => asNode(values(tensorOf(given), tensorOf(output))),
  };
}

function inputNode(target: unknown): Node {
  const node = isTensor(target) ? nodeOf(target) : undefined;
  if (node && isOp(node, "input")) return node;
  const message = `lossOf: target is ${node ? `the result of ${node.op}` : inWords(target)}, but must be an input, such as input(["batch"], "int32")`;
  throw new ShapewrightError("SW_VALUE", message, "lossOf");
}
