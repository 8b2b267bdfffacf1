import { ShapewrightError } from "../ir/errors.js";
import { type CheckAllLike, type CheckFloats, checkFloat, checkLike } from "../ir/like.js";
import { makeNode } from "../ir/makeNode.js";
import { isOp, type Node, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { callback, checkOption, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { returnedNode } from "../ir/returned.js";
import { arrangeLike, type Like, nodesOf, placesOf, type Structure } from "../ir/structure.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { show } from "../types/show.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * A value whose gradient is given by a rule of the user's. Inputs: the value, then what it was computed from. It is
     * the identity on the value; simplification removes it, for by then differentiation is over.
     */
    customGradient: { readonly rule: (inputs: readonly Node[], output: Node, dy: Node) => readonly Node[] };
  }
}

export const customGradientOp: ValueOpDefinition<"customGradient"> = {
  name: "customGradient",
  traits: ["keepsFinite"],
  infer([value]) {
    refuse("SW_DTYPE", "customGradient", checkFloat("customGradient", value!));
    return value!;
  },
  // None to the value, so that what computes it is not differentiated; to the inputs, what the rule says.
  gradient: ({ node, inputs: [, ...inputs], dy }) => [undefined, ...node.attributes.rule(inputs, node, dy)],
  tensorflow: (_, [value]) => value!,
  tfjs: (k, [value]) => k.reshape(value!, value!.shape),
  reference: ([value]) => value!,
  flops: noFlops,
};

export const customGradientSamples: Samples<"customGradient"> = () => [
  {
    inputs: [ramp([2, 3]), ramp([2, 3], 4)],
    attributes: { rule: (_inputs, _output, dy) => [dy] },
    notSmooth: "its gradient is what the rule says, not the slope of the value",
  },
];

/** What the gradient rule of `customGradient` is given. */
export interface CustomGradientContext<I, S extends Shape> {
  /** The inputs, as they were given. */
  readonly inputs: Like<I>;
  /** The result. Its own gradient, in derivatives of higher order, is the rule's again. */
  readonly output: Tensor<S>;
  /** The gradient of the loss with respect to the result. */
  readonly dy: Tensor<S>;
}

/**
 * A function with a gradient rule of its own, in place of the one that follows from its ops: where that is unstable, or
 * where another is wanted. The rule is made of ops, so that it can be differentiated too. `jvp` takes it to be linear in `dy`.
 *
 * @param inputs what gradients flow to: a tensor, a list or a record of float32 tensors
 * @param forward computes the result from them. What it uses besides must not depend on a variable or an input
 * @param gradient the rule: the gradients of the inputs, each of its input's shape, in the same places
 * @throws SW_GRADIENT when forward depends on a variable or an input that is not among the inputs; and, when the result is
 * differentiated, SW_SHAPE when the rule's gradients are not shaped like the inputs
 * @example
 * // ‖x‖, whose gradient would be 0 / 0 at the origin.
 * const norm = customGradient(
 *   { x },
 *   (at) => sqrt(sum(square(at.x))),
 *   ({ inputs, output, dy }) => ({ x: multiply(dy, divide(inputs.x, maximum(output, constant(1e-12)))) }),
 * ); // Tensor<[], "float32">
 */
export function customGradient<const I extends Structure, S extends Shape, const G extends Structure>(
  inputs: I & CheckFloats<"customGradient", I>,
  forward: (inputs: Like<I>) => Tensor<S>,
  gradient: (context: CustomGradientContext<I, S>) => G & CheckAllLike<"customGradient", "gradient", I, G>,
): Tensor<S> {
  const nodes = nodesOf(inputs, "customGradient");
  checkOption("customGradient", "forward", forward, required(callback));
  checkOption("customGradient", "gradient", gradient, required(callback));
  for (const node of nodes) refuse("SW_DTYPE", "customGradient", checkFloat("customGradient", node));
  // What `forward` is given, and with it the rule, has the nodes of this moment: a variable may be assigned later.
  const given = forward(arrangeLike(inputs, nodes));
  const value = returnedNode("customGradient", "forward", given, { takes: "a tensor" });
  checkClosed(value, nodes);
  const rule = (from: readonly Node[], output: Node, dy: Node) => {
    const context = { inputs: arrangeLike<Like<I>>(inputs, from), output: tensorOf(output), dy: tensorOf(dy) };
    return checkedGradients(inputs, from, gradient(context as CustomGradientContext<I, S>));
  };
  return tensorOf(makeNode(customGradientOp, [value, ...nodes], { rule }));
}

/** The gradients that a rule gave, in the order of the inputs. */
function checkedGradients(inputs: Structure, from: readonly Node[], given: Structure | undefined): Node[] {
  const gradients = new Map<string, Node>(given && placesOf(given, "customGradient"));
  return placesOf(inputs).map(([place], i) => {
    const gradient = gradients.get(place);
    if (!gradient) {
      const message = `customGradient: the rule gives no gradient${place && ` of "${place}"`}`;
      throw new ShapewrightError("SW_NAME", message, "customGradient");
    }
    refuse("SW_SHAPE", "customGradient", checkLike("customGradient", "gradient", from[i]!.shape, gradient));
    return gradient;
  });
}

/** Refuses a value that depends on a variable or an input otherwise than through `inputs`: its gradient would be lost. */
function checkClosed(value: Node, inputs: readonly Node[]): void {
  const seen = new Set<Node>(inputs);
  const rest = [value];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (seen.has(node) || isOp(node, "stopGradient")) continue;
    seen.add(node);
    if ((isOp(node, "variable") || isOp(node, "input")) && node.dtype === "float32") {
      const what = isOp(node, "variable") ? `the variable "${node.attributes.name}"` : `an input ${show(node.shape)}`;
      const message = `customGradient: forward depends on ${what}, which is not among the inputs: no gradient would reach it; list it, or hold it constant with stopGradient()`;
      throw new ShapewrightError("SW_GRADIENT", message, "customGradient");
    }
    for (const given of node.inputs) rest.push(given);
  }
}
