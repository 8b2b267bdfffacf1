import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { type SubtractDims, subtractDims } from "../../types/arithmetic.js";
import type { Compare } from "../../types/digits.js";
import type { Dim, IsUnknown, SameBeside, SplitFirst } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import { concatOp } from "../concat.js";
import { flipOp } from "../flip.js";
import { sliceOp } from "../slice.js";

/** How a tensor's own elements, the other way round, stand around it: without the outermost ones, or with them. */
export type Mirror = "reflect" | "symmetric";

export const tooFewMirrored = "pad: {mode} gives axis {axis} of {shape} {n} more elements on a side at most, got {to}";

/** `unknown` where each axis has as many elements as are mirrored, else the message. What is no number is left to the runtime. */
export type CheckMirrored<S, P, M> = M extends Mirror
  ? FirstShort<S, P, M, []> extends [infer Axis extends number, infer Most extends number, infer Pair]
    ? Message<typeof tooFewMirrored, { mode: M; axis: Axis; shape: Show<S>; n: Most; to: Show<Pair> }>
    : unknown
  : unknown;

type FirstShort<S, P, M, Passed extends unknown[]> =
  SplitFirst<S> extends [infer D, infer Rest]
    ? P extends [[infer Before, infer After], ...infer Others]
      ? SameBeside<IsShort<D, Before, After, M>, true, M> extends true
        ? [Passed["length"], Most<D, M>, [Before, After]]
        : FirstShort<Rest, Others, M, [...Passed, 0]>
      : "none"
    : "none";

type IsShort<D, Before, After, M> = D extends number
  ? true extends IsUnknown<D> | IsUnknown<M>
    ? false
    : true extends Exceeds<Before, Most<D, M>> | Exceeds<After, Most<D, M>>
      ? true
      : false
  : false;

type Most<D, M> = D extends number ? (M extends "reflect" ? Less1<D> : D) : number;
type Less1<D extends number> = SubtractDims<D, 1> extends infer N extends number ? N : number;

type Exceeds<N, Limit extends number> = N extends number
  ? IsUnknown<N> extends true
    ? false
    : Compare<N, Limit> extends "greater"
      ? true
      : false
  : false;

/** Runtime twin of `CheckMirrored`. */
export function checkMirrored(
  shape: readonly Dim[],
  paddings: readonly (readonly [Dim, Dim])[],
  mode: Mirror,
): string | undefined {
  for (const [axis, dim] of shape.entries()) {
    if (typeof dim !== "number") continue;
    // Of no elements, which a named size may turn out to be, none are mirrored.
    const most = mode === "reflect" ? Math.max(dim - 1, 0) : dim;
    const pair = paddings[axis]!;
    if (pair.some((n) => typeof n === "number" && n > most)) {
      return fill(tooFewMirrored, { mode, axis, shape: show(shape), n: most, to: show(pair) });
    }
  }
  return undefined;
}

/** A tensor between its mirror images, along one axis after the other. */
export function mirrored(x: Node, paddings: readonly (readonly [Dim, Dim])[], mode: Mirror): Node {
  const skipped = mode === "reflect" ? 1 : 0;
  return paddings.reduce((inner, [before, after], axis) => {
    const dim = inner.shape[axis]!;
    const image = (begin: Dim, size: Dim): Node[] => {
      if (size === 0) return [];
      const from = inner.shape.map((_, i) => (i === axis ? begin : 0));
      const part = makeNode(sliceOp, [inner], { begin: from, size: inner.shape.with(axis, size) });
      return [makeNode(flipOp, [part], { axes: [axis] })];
    };
    const last = subtractDims(subtractDims(dim, after), skipped);
    const parts = [...image(skipped, before), inner, ...image(last, after)];
    return parts.length === 1 ? inner : makeNode(concatOp, parts, { axis });
  }, x);
}
