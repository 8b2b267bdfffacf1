import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import { count, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { dot } from "../ops/dot.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { Batched, Dim, IsName, Shape, SplitLast, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import type { Moment } from "../types/settled.js";
import { type Show, show } from "../types/show.js";
import { type KernelAndBiasOptions, kernelAndBias, kernelAndBiasRules } from "./kernelAndBias.js";
import { type FloatRule, type LayerKind, layerOf, type Waiting } from "./layer.js";
import type { KernelAndBias } from "./weights.js";

/** Options of `dense`. */
export interface DenseOptions<U extends number, HasBias extends boolean = boolean> extends KernelAndBiasOptions {
  /** Whether a bias is added. @default true */
  readonly useBias?: HasBias;
  /** The size of the output's last axis. */
  readonly units: U & CheckCount<"dense", "units", U>;
}

export const namedLastAxis = 'dense: {shape}: the last axis is a weight\'s, so it is a number, not "{name}"';
export const noLastAxis = "dense: takes an input with one axis or more, got a scalar";

/** `unknown` where the last axis can be a weight's, else the message. */
export type CheckDense<S, N extends Dim, Beside> =
  IsName<N, Beside> extends true ? Message<typeof namedLastAxis, { shape: Show<S>; name: N }> : unknown;

/** Runtime twin of `CheckDense`. */
function checkDense(shape: readonly Dim[]): string | undefined {
  const last = shape.at(-1);
  if (last === undefined) return noLastAxis;
  return typeof last === "number" ? undefined : fill(namedLastAxis, { shape: show(shape), name: last });
}

/** The shape rule of `dense` in `sequential`. */
export interface DenseRule<U extends number, HasBias = true> extends FloatRule<"dense"> {
  readonly weights: KernelAndBias<this["in"], U, HasBias>;
  readonly check: SplitLast<this["in"]> extends infer Split
    ? Split extends [unknown, infer N extends Dim]
      ? CheckDense<this["in"], N, this["dtype"]>
      : Split extends []
        ? typeof noLastAxis
        : unknown
    : never;
  readonly out: SplitLast<this["in"]> extends infer Split
    ? Split extends [infer B extends Shape, unknown]
      ? Batched<B, [U]>
      : UnknownShape
    : never;
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function dense<const U extends number, const HasBias extends boolean = true, Now extends Moment = "now">(
  options: DenseOptions<U, HasBias>,
): Waiting<DenseRule<U, HasBias>, Now>;
/**
 * A fully connected layer: activation(x · kernel + bias), along the last axis.
 *
 * @param x [..., n], float32
 * @param options `units`; `activation`, `useBias`, initializers, regularizers, constraints, `name`
 * @returns [..., units]; without x, a layer for `sequential`
 * @throws SW_SHAPE when the last axis is a name
 * @example
 * const h = dense(input(["batch", 784]), { units: 512, activation: relu }); // Tensor<["batch", 512], "float32">
 */
export function dense<const B extends Shape, const N extends Dim, D extends DType, const U extends number>(
  x: Tensor<[...B, N], D> & FirstMessage<CheckDType<"dense", D, "float32">, CheckDense<[...B, N], N, D>>,
  options: DenseOptions<U>,
): Tensor<Batched<B, [U], D>>;
export function dense(...args: readonly unknown[]) {
  return layerOf(denseLayer, args);
}

const denseLayer: LayerKind<DenseOptions<number>> = {
  kind: "dense",
  rules: { ...kernelAndBiasRules, units: required(count) },
  build(x, options, layer) {
    refuse("SW_DTYPE", "dense", checkDType("dense", x.dtype, ["float32"]));
    refuse("SW_SHAPE", "dense", checkDense(x.shape));
    return kernelAndBias(layer, options, [x.shape.at(-1) as number, options.units], (kernel) => dot(x, kernel));
  },
};
