import { aConstraint, type Constraint } from "../constraints/constraint.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { zeros } from "../initializers/zeros.js";
import type { DType } from "../ir/dtype.js";
import { aNumber, listOf, type OptionRules } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { multiply } from "../ops/multiply.js";
import { neg } from "../ops/neg.js";
import { relu } from "../ops/relu.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { subtract } from "../ops/subtract.js";
import { aRegularizer, type Regularizer } from "../regularizers/regularizer.js";
import type { CheckAxis } from "../types/axis.js";
import type { Dim, IsName, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type IsMessage, type Message } from "../types/message.js";
import type { Moment } from "../types/settled.js";
import { type Show, show } from "../types/show.js";
import { type FloatRule, type LayerKind, layerOf, type Waiting, type WeightedLayer, weighted } from "./layer.js";
import { rulesOf } from "./rulesOf.js";

/** Options of `prelu`. */
export interface PreluOptions<A extends readonly number[] = readonly number[]> extends WeightedLayer {
  /** The axes along which one slope is shared, such as [1, 2] of an image. @default [] */
  readonly sharedAxes?: A;
  /** How the slopes start. @default zeros() */
  readonly alphaInitializer?: Initializer;
  /** What the slopes cost besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly alphaRegularizer?: Regularizer;
  /** What becomes of the slopes after each step, such as `nonNeg()`: they stay, unless said otherwise. */
  readonly alphaConstraint?: Constraint;
}

export const namedSlopes =
  "prelu: {shape}: axis {axis} has a slope for each place, so its size is a number, or the axis is one of sharedAxes";

export const noAxisToShare =
  "prelu: sharedAxes has {axis}, which is no axis of {shape} behind the first: they count from 1";

/** `unknown` where each axis behind the first is shared or has a size, else the message. `Beside` settles it within generic functions. */
type CheckPrelu<S extends Shape, A extends readonly number[], Beside> =
  FirstMissing<S, A> extends infer I extends number
    ? Message<typeof noAxisToShare, { axis: I; shape: Show<S> }>
    : CheckNames<S, A, Beside>;

type CheckNames<S extends Shape, A extends readonly number[], Beside> =
  FirstNamed<S, 0 | A[number], Beside> extends infer I extends number
    ? Message<typeof namedSlopes, { shape: Show<S>; axis: I }>
    : unknown;

/** The first of the axes that are shared that there is not. */
type FirstMissing<S extends Shape, A extends readonly number[]> = A extends readonly [
  infer I extends number,
  ...infer Rest extends readonly number[],
]
  ? number extends I | S["length"]
    ? "unknown"
    : IsMessage<CheckAxis<"prelu", S, I>> extends true
      ? I
      : `${I}` extends "0" | `-${string}`
        ? I
        : FirstMissing<S, Rest>
  : "none";

/** The first axis with a name that is not shared. */
type FirstNamed<S, Shared, Beside, Before extends unknown[] = []> = { s: S } extends {
  s: [infer N extends Dim, ...infer Rest];
}
  ? Before["length"] extends Shared
    ? FirstNamed<Rest, Shared, Beside, [...Before, N]>
    : IsName<N, Beside> extends true
      ? Before["length"]
      : FirstNamed<Rest, Shared, Beside, [...Before, N]>
  : "none";

/** Runtime twin of `CheckPrelu`. */
function checkPrelu(shape: readonly Dim[], shared: readonly number[]): string | undefined {
  const none = shared.find((axis) => !(Number.isInteger(axis) && axis >= 1 && axis < shape.length));
  if (none !== undefined) {
    return fill(noAxisToShare, { axis: none, shape: show(shape) });
  }
  const axis = shape.findIndex((dim, i) => i > 0 && typeof dim === "string" && !shared.includes(i));
  return axis < 0 ? undefined : fill(namedSlopes, { shape: show(shape), axis });
}

/** The shape rule of `prelu` in `sequential`. */
export interface PreluRule<A extends readonly number[]> extends FloatRule<"prelu"> {
  readonly check: this["in"] extends infer S extends Shape ? CheckPrelu<S, A, this["dtype"]> : unknown;
  readonly out: this["in"];
}

/**
 * The rectifier with slopes below 0 that are learnt: x where it is positive, else alpha · x.
 * Source: He et al., "Delving deep into rectifiers" (2015).
 *
 * @param x any shape; float32
 * @param options `sharedAxes`, `alphaInitializer`, `alphaRegularizer`, `alphaConstraint`, `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when an axis has a name for a size and is not shared, or a shared axis is none
 * @example
 * const image = input(["batch", 28, 28, 8]);
 * const y = prelu(image, { sharedAxes: [1, 2] }); // Tensor<["batch", 28, 28, 8], "float32">, with 8 slopes
 */
export function prelu<const A extends readonly number[] = [], Now extends Moment = "now">(
  options?: PreluOptions<A>,
): Waiting<PreluRule<A>, Now>;
export function prelu<const S extends Shape, D extends DType, const A extends readonly number[] = []>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"prelu", D, "float32">, CheckPrelu<S, A, D>>,
  options?: PreluOptions<A>,
): Tensor<S, D>;
export function prelu(...args: readonly unknown[]) {
  return layerOf(preluLayer, args);
}

const rules: OptionRules<PreluOptions> = {
  ...weighted,
  sharedAxes: { ...listOf(aNumber), takes: "a list of axes" },
  alphaInitializer: anInitializer,
  alphaRegularizer: aRegularizer,
  alphaConstraint: aConstraint,
};

const preluLayer: LayerKind<PreluOptions> = {
  kind: "prelu",
  rules,
  build(x, options, { scope, weight }) {
    const { sharedAxes = [], alphaInitializer = zeros() } = options;
    refuse("SW_DTYPE", "prelu", checkDType("prelu", x.dtype, ["float32"]));
    refuse("SW_SHAPE", "prelu", checkPrelu(x.shape, sharedAxes));
    const shape = x.shape.slice(1).map((dim: Dim, i: number) => (sharedAxes.includes(i + 1) ? 1 : (dim as number)));
    // What comes before the weight belongs to the layer, too.
    return within({ ...currentPlace(), scope }, () => {
      const alpha = weight("alpha", shape, alphaInitializer, rulesOf(options, "alpha")) as Tensor<any>;
      return subtract(relu(x), multiply(alpha, relu(neg(x)))) as Tensor<any>;
    });
  },
};
