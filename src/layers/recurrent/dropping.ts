import { makeNode } from "../../ir/makeNode.js";
import { nodeOf, tensorOf } from "../../ir/node.js";
import type { Tensor } from "../../ir/tensor.js";
import { broadcastTo } from "../../ops/broadcastTo.js";
import { constant } from "../../ops/constant.js";
import { dropoutOp } from "../../ops/dropout.js";
import { multiply } from "../../ops/multiply.js";
import type { Dim } from "../../types/dim.js";
import type { LayerContext } from "../layer.js";

/** What is left of a tensor in training, wherever it is used the same elements. */
export type Drop = (x: Tensor<any>) => Tensor<any>;

/** How a step drops elements of its inputs, and of the state before: in one way for all gates, or in one for each. */
export interface Drops {
  readonly inputs: readonly Drop[];
  readonly state: readonly Drop[];
}

/** Rates, as options have them. */
interface Rates {
  readonly dropout?: number;
  readonly recurrentDropout?: number;
}

/**
 * How a layer with so many gates drops elements of what has these shapes. As Keras has it: only where states lose elements, each gate
 * loses its own, unless they do so `apart` anyway.
 */
export function dropsOf(
  { dropout = 0, recurrentDropout = 0 }: Rates,
  gates: number,
  inputs: readonly Dim[],
  state: readonly Dim[],
  layer: LayerContext,
  apart = recurrentDropout > 0,
): Drops {
  const ways = (rate: number, shape: readonly Dim[]) =>
    Array.from({ length: apart && rate > 0 ? gates : 1 }, () => dropping(rate, shape, layer));
  return { inputs: ways(dropout, inputs), state: ways(recurrentDropout, state) };
}

/** Sets elements of something to zero in training. */
function dropping(rate: number, shape: readonly Dim[], { scope }: LayerContext): Drop {
  if (rate === 0) return (x) => x;
  const ones = broadcastTo(constant(1), [...shape] as any);
  const kept: Tensor<any> = tensorOf(makeNode(dropoutOp, [nodeOf(ones)], { rate }, scope));
  return (x) => multiply(x, kept);
}
