import { givenInWords } from "../ir/givenInWords.js";
import { isTensor } from "../ir/node.js";
import { aRecord, axisRule, callback, checkOption, checkOptions, flag, required } from "../ir/options.js";
import { wronglyReturned } from "../ir/returned.js";
import { arrangeLike, nodesOf } from "../ir/structure.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckAxis, InsertNearest, SplitAt } from "../types/axis.js";
import type { Batched, Dim, IsUnknown, Same, SameNow, Shape } from "../types/dim.js";
import type { Message } from "../types/message.js";
import { along, type nothingScanned, type unequalLengths } from "./along.js";
import { checkTree, givenNodes } from "./returned.js";
import { type CheckAlike, type Found, type MessageIn, nodesAlike, type Tree } from "./trees.js";

/** What a step sees of what is scanned: one place of the axis. */
export type StepOf<X, A extends number> = X extends TensorLike
  ? Tensor<Without<ShapeOf<X>, A>, DTypeOf<X>>
  : { readonly [K in keyof X]: Tensor<Without<ShapeOf<X[K]>, A>, DTypeOf<X[K]>> };

type Without<S extends Shape, A extends number> =
  SplitAt<S, A> extends [infer Before extends Shape, unknown, infer After extends Shape] ? Batched<Before, After> : any;

/** How many steps there are: the axis of the first tensor. */
export type Steps<X, A extends number> = X extends TensorLike
  ? SizeAt<X, A>
  : X extends { readonly [_ in infer K]: TensorLike }
    ? SizeAt<X[K & keyof X], A>
    : number;

type SizeAt<X, A extends number> = X extends TensorLike
  ? SplitAt<ShapeOf<X>, A> extends [unknown, infer T extends Dim, unknown]
    ? T
    : number
  : never;

/** What the steps give, along the axis. Of a call that is refused, TypeScript knows no more than that it is some tree. */
export type Stacked<Y, T extends Dim, A extends number> = [Tree] extends [Y]
  ? any
  : Y extends TensorLike
    ? Tensor<InsertNearest<ShapeOf<Y>, A, T>, DTypeOf<Y>>
    : { readonly [K in keyof Y]: Tensor<InsertNearest<ShapeOf<Y[K]>, A, T>, DTypeOf<Y[K]>> };

const steps = { op: "scan", by: "a step carries on" } as const;

/**
 * `unknown` where a tensor that is scanned has the axis, or all that is scanned is equally long, else the message. `Now` settles it within
 * generic functions.
 */
export type CheckScanned<Op extends string, X, A extends number, Now> = X extends TensorLike
  ? SameNow<SplitAt<ShapeOf<X>, A>, "outside", Now> extends true
    ? CheckAxis<Op, ShapeOf<X>, A>
    : unknown
  : [keyof X] extends [never]
    ? Message<typeof nothingScanned, { op: Op }>
    : FirstMessage<
        MessageIn<{ [K in keyof X]: Found<CheckAxis<Op, ShapeOf<X[K]>, A>> }>,
        false extends { [K in keyof X]: IsAsLong<SizeAt<X[K], A>, X, A> }[keyof X]
          ? Message<typeof unequalLengths, { op: Op; axis: A }>
          : unknown
      >;

/** Whether a size is that of all tensors, or of all whose size is known. */
type IsAsLong<Size, X, A extends number> =
  Same<Size, Steps<X, A>> extends true
    ? true
    : IsUnknown<Size> extends true
      ? true
      : Same<Size, { [K in keyof X]: KnownSize<SizeAt<X[K], A>> }[keyof X]>;

type KnownSize<Size> = IsUnknown<Size> extends true ? never : Size;

/** How `scan` goes along. */
export interface ScanOptions<A extends number> {
  /** The axis whose places are the steps: time, where the batch stands first. @default 1 */
  readonly axis?: A;
  /** Whether the last place comes first. Outputs stand in the places that they are of. @default false */
  readonly reverse?: boolean;
}

/**
 * A loop within the graph: runs a step for each place along an axis, with what it carries from step to step. It is differentiated,
 * optimised and compiled as a loop, however many steps there are; the axis may be a name.
 *
 * The function is called once, to see what a step is. It may use tensors and variables from outside, and scan in turn.
 *
 * @param xs what is scanned: a tensor, or a record of tensors that are equally long along the axis
 * @param initial what is carried into the first step: a tensor, or a record of them
 * @param step computes from what is carried, and from one place of xs, what is carried on, of the same shapes, and outputs
 * @returns what the last step carries on, and the outputs of all steps along the axis; of outputs with fewer axes, along the last one, or the first
 *   where it is counted from the end
 * @throws SW_SHAPE when tensors differ along the axis, or a step carries on what is not like the carry; SW_VALUE when there is no such axis, or a
 *   step returns something else
 * @example
 * const text = input(["batch", "time", 8]);
 * const start = broadcastTo(constant(0), ["batch", 8]);
 * const { carry, outputs } = scan(text, start, (sum, x) => {
 *   const next = add(sum, x);
 *   return { carry: next, output: tanh(next) };
 * });
 * outputs; // Tensor<["batch", "time", 8], "float32">
 */
export function scan<
  const X extends Tree,
  const C extends Tree,
  Z extends Tree,
  Y extends Tree,
  const A extends number = 1,
  Now extends "now" = "now",
>(
  xs: X & CheckScanned<"scan", X, A, Now>,
  initial: C,
  step: ((carry: C, x: StepOf<X, A>) => { readonly carry: Z; readonly output: Y }) & CheckAlike<typeof steps, C, Z>,
  options: ScanOptions<A> = {},
): { readonly carry: C; readonly outputs: Stacked<Y, Steps<X, A>, A> } {
  checkOptions<ScanOptions<number>>("scan", options, { axis: axisRule, reverse: flag });
  checkOption("scan", "step", step, required(callback));
  const { axis = 1, reverse = false } = options;
  const start = givenNodes("scan", initial);
  let returned: Tree | undefined;
  const { carried, outputs } = along({ op: "scan", xs, axis, reverse, start }, (carry, places) => {
    const given = step(arrangeLike<C>(initial, carry), arrangeLike<StepOf<X, A>>(xs, places));
    const { carry: next, output } = checkStep(given);
    returned = output;
    return { next: nodesAlike(steps, initial, next), outputs: nodesOf(output) };
  });
  return {
    carry: arrangeLike<C>(initial, carried),
    outputs: arrangeLike<Stacked<Y, Steps<X, A>, A>>(returned!, outputs),
  };
}

/** What a step returns, as a program without types may have it. */
function checkStep<R extends { readonly carry: Tree; readonly output: Tree }>(result: R): R {
  if (!aRecord.accepts(result) || isTensor(result)) {
    const takes = "{ carry, output }, each a tensor or a record of tensors";
    throw wronglyReturned("scan", "a step", givenInWords(result), takes);
  }
  checkTree("scan", "a step", result.carry, "carry");
  checkTree("scan", "a step", result.output, "output");
  return result;
}
