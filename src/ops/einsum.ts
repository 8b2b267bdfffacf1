import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { checkOption, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { DTypeOf, Tensor, TensorLike } from "../ir/tensor.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type CheckEquation, checkEquation, type Equation, parseEquation } from "../types/equation.js";
import type { Moment, Settled } from "../types/settled.js";
import { bindOperand, type CheckOperand, type Einsum, type IndexSizes } from "./shared/einsum-shape.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type Indexed, indexed, inOrder, productOfIndexed, summed } from "./shared/indexed.js";
import type { OrMessage } from "./shared/orMessage.js";

/**
 * Einstein's sum: products of all operands' elements, summed over the indices that the output does not name. Each letter names an axis, and
 * axes of one letter have one size; an index that one operand has twice is its diagonal; `...` is all axes that are not named, which
 * broadcast. Several operands are multiplied in the order in which they stand. The rule is that of `numpy.einsum`, with the output written.
 *
 * @param equation the indices of each operand and of the output, such as `"bij,bjk->bik"`
 * @param operands as many as the equation says, float32
 * @throws SW_VALUE when the equation is none for so many operands, SW_SHAPE when an operand does not fit it, SW_DTYPE when one is not float32
 * @example
 * const [query, key] = [input(["batch", "query", 8, 64]), input(["batch", "key", 8, 64])];
 * einsum("bqhd,bkhd->bhqk", query, key); // Tensor<["batch", 8, "query", "key"], "float32">
 */
export function einsum<const E extends string, const T extends TensorLike[], Now extends Moment = "now">(
  equation: OrMessage<E, CheckEquation<"einsum", E, T>>,
  ...operands: {
    [K in keyof T]: T[K] &
      FirstMessage<CheckDType<"einsum", DTypeOf<T[K]>, "float32">, CheckOperand<"einsum", E, T, K>>;
  }
): Tensor<Settled<Einsum<E, T>>[Now]> {
  const said: unknown = equation;
  checkOption("einsum", "equation", said, required({ takes: 'a text such as "ij,jk->ik"', accepts: isText }));
  const nodes = (operands as readonly TensorLike[]).map((tensor) => nodeOf(tensor, "einsum"));
  refuse("SW_VALUE", "einsum", checkEquation("einsum", said as string, nodes.length));
  const parsed = parseEquation(said as string);
  const known: IndexSizes = { sizes: new Map(), dots: undefined };
  for (const [place, { shape, dtype }] of nodes.entries()) {
    refuse("SW_DTYPE", "einsum", checkDType("einsum", dtype, ["float32"]));
    refuse(
      "SW_SHAPE",
      "einsum",
      bindOperand("einsum", said as string, parsed.inputs[place]!, `operand ${place}`, shape, known),
    );
  }
  const { inputs, output } = withoutDots(parsed, nodes, known);
  return calling("einsum", () => {
    const factors = nodes.map((node, i) => indexed(node, inputs[i]!, (index) => known.sizes.get(index)!));
    const [first, ...others] = factors as [Indexed, ...Indexed[]];
    const wantedAfter = (place: number) => new Set([...output, ...inputs.slice(place + 1).flat()]);
    const alone = summed(first, (index) => wantedAfter(0).has(index));
    const product = others.reduce((before, factor, i) => productOfIndexed(before, factor, wantedAfter(i + 1)), alone);
    return tensorOf(inOrder(product, output));
  });
}

/** An equation in which each axis of `...` has an index of its own, counted from the end, with its size among the others. */
function withoutDots({ inputs, output }: Equation, nodes: readonly Node[], { sizes, dots = [] }: IndexSizes): Equation {
  const names = dots.map((_, axis) => `...${dots.length - axis}`);
  for (const [axis, name] of names.entries()) sizes.set(name, dots[axis]!);
  const spread = (indices: readonly string[], count: number) =>
    indices.flatMap((index) => (index === "..." ? names.slice(names.length - count) : [index]));
  return {
    inputs: inputs.map((indices, i) => spread(indices, nodes[i]!.rank - indices.length + 1)),
    output: spread(output, names.length),
  };
}

const isText = (value: unknown) => typeof value === "string";
