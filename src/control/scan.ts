import type { DType } from "../ir/dtype.js";
import { ShapewrightError } from "../ir/errors.js";
import { inWords } from "../ir/inWords.js";
import { isTensor, type Node } from "../ir/node.js";
import { aRecord, axisRule, callback, checkOption, checkOptions, flag, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { wronglyReturned } from "../ir/returned.js";
import { arrangeLike, placesOf } from "../ir/structure.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "../ir/tensor.js";
import { builder as b } from "../ops/builder.js";
import { checkAxis, type InsertAxis, normalizeAxis, type SplitAt } from "../types/axis.js";
import type { Batched, Dim, Same, Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { sameShape } from "../types/same-shape.js";
import { show } from "../types/show.js";
import { closeOver } from "./closeOver.js";

/** A tensor, or a record of them. */
export type Tree = TensorLike | { readonly [name: string]: TensorLike };

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

/** What the steps give, along the axis. */
export type Stacked<Y, T extends Dim, A extends number> = Y extends TensorLike
  ? Tensor<InsertAxis<ShapeOf<Y>, A, T>, DTypeOf<Y>>
  : { readonly [K in keyof Y]: Tensor<InsertAxis<ShapeOf<Y[K]>, A, T>, DTypeOf<Y[K]>> };

export const unequalLengths = "scan: the tensors differ in size along axis {axis}";

/** `unknown` where all that is scanned is equally long, else the message. */
export type CheckScanned<X, A extends number> = X extends TensorLike
  ? unknown
  : false extends { [K in keyof X]: Same<SizeAt<X[K], A>, Steps<X, A>> }[keyof X]
    ? Message<typeof unequalLengths, { axis: A }>
    : unknown;

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
 * @returns what the last step carries on, and the outputs of all steps along the axis
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
export function scan<const X extends Tree, const C extends Tree, Y extends Tree, const A extends number = 1>(
  xs: X & CheckScanned<X, A>,
  initial: C,
  step: (carry: C, x: StepOf<X, A>) => { readonly carry: NoInfer<C>; readonly output: Y },
  options: ScanOptions<A> = {},
): { readonly carry: C; readonly outputs: Stacked<Y, Steps<X, A>, A> } {
  checkOptions<ScanOptions<number>>("scan", options, { axis: axisRule, reverse: flag });
  checkOption("scan", "step", step, required(callback));
  const { axis = 1, reverse = false } = options;
  const scanned = placesOf(xs).map(([, node]) => node);
  const length = lengthOf(scanned, axis);
  const start = placesOf(initial);
  const sequences = scanned.map((node) => moved(node, normalizeAxis(node.shape, axis), 0));
  const carried = start.map(([, node]) => standIn(node.shape, node.dtype));
  const places = sequences.map(({ shape, dtype }) => standIn(shape.slice(1), dtype));
  const { carry, output } = checkStep(step(arrangeLike<C>(initial, carried), arrangeLike<StepOf<X, A>>(xs, places)));
  const next = nextCarries(start, carry);
  const outputs = placesOf(output).map(([, node]) => node);
  // What is carried into each step is an output too, for the gradient; where nothing reads it, it goes away.
  const { body, captured } = closeOver([...carried, ...places], [...next, ...outputs, ...carried]);
  const attributes = { body, carries: carried.length, sequences: sequences.length, length, reverse };
  const results = b.results(b.op("scan", [...start.map(([, node]) => node), ...sequences, ...captured], attributes));
  const stacked = results.slice(carried.length, carried.length + outputs.length);
  return {
    carry: arrangeLike<C>(initial, results.slice(0, carried.length)),
    outputs: arrangeLike<Stacked<Y, Steps<X, A>, A>>(
      output,
      stacked.map((node) => moved(node, 0, axis < 0 ? axis + node.rank : axis)),
    ),
  };
}

function lengthOf(scanned: readonly Node[], axis: number): Dim {
  for (const { shape } of scanned) refuse("SW_VALUE", "scan", checkAxis("scan", shape, axis));
  const [length, ...others] = scanned.map(({ shape }) => shape[normalizeAxis(shape, axis)]!);
  if (length === undefined) throw new ShapewrightError("SW_VALUE", "scan: takes at least one tensor to scan", "scan");
  const differ = others.some((other) => other !== length);
  refuse("SW_SHAPE", "scan", differ ? fill(unequalLengths, { axis }) : undefined);
  return length;
}

/** What a step returns, as a program without types may have it. */
function checkStep<R>(result: R): R {
  const takes = "{ carry, output }, each a tensor or a record of tensors";
  const refused = (found: string) => wronglyReturned("scan", "a step", found, takes);
  if (!aRecord.accepts(result) || isTensor(result)) throw refused(isTensor(result) ? "a tensor" : inWords(result));
  for (const part of ["carry", "output"]) {
    const tree = (result as Readonly<Record<string, unknown>>)[part];
    if (isTensor(tree)) continue;
    if (!aRecord.accepts(tree)) throw refused(`${inWords(tree)} as its ${part}`);
    for (const [name, value] of Object.entries(tree as object)) {
      if (!isTensor(value)) throw refused(`${inWords(value)} as "${name}" of its ${part}`);
    }
  }
  return result;
}

/** What a step carries on, in the places of what is carried. */
function nextCarries(start: readonly (readonly [string, Node])[], carry: Tree): Node[] {
  const given = new Map(placesOf(carry));
  return start.map(([place, { shape, dtype }]) => {
    const next = given.get(place);
    const name = place && ` "${place}"`;
    if (next && next.dtype === dtype && sameShape(next.shape, shape)) return next;
    const found = next ? `${next.dtype} ${show(next.shape)}` : "nothing";
    throw new ShapewrightError(
      "SW_SHAPE",
      `scan: the carry${name} is ${dtype} ${show(shape)}, but a step carries on ${found}`,
      "scan",
    );
  });
}

function standIn(shape: readonly Dim[], dtype: DType): Node {
  return b.op("input", [], { shape, dtype });
}

/** A tensor with one of its axes in another place. */
function moved(node: Node, from: number, to: number): Node {
  if (from === to) return node;
  const axes = node.shape.map((_, axis) => axis).toSpliced(from, 1);
  return b.op("transpose", [node], { permutation: axes.toSpliced(to, 0, from) });
}
