import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { Single } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { SequencePadding } from "../types/window.js";
import type { Waiting } from "./layer.js";
import type { LstmState } from "./lstm.js";
import { type ConvLstmOptions, convLstmKind } from "./recurrent/convolutional.js";
import type { CheckConvLstm, ConvLstmReturned, ConvLstmRule, ConvLstmState } from "./recurrent/frames.js";
import type { SequenceOptions } from "./recurrent/options.js";
import { recurrentOf } from "./recurrent/recurrentOf.js";

/** Options of `convLstm1d`. */
export type ConvLstm1dOptions<
  F extends number,
  K,
  Strides,
  P,
  D,
  Seq extends boolean,
  Now,
  R extends number = number,
  StateR extends number = number,
> = ConvLstmOptions<"convLstm1d", F, K, Strides, P, D, Seq, Now, R, StateR>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function convLstm1d<
  const F extends number,
  const K extends Single,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilation extends Single = 1,
  const Seq extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(
  options: ConvLstm1dOptions<F, K, Strides, P, Dilation, Seq, Now, R, StateR>,
): Waiting<ConvLstmRule<"convLstm1d", 1, F, K, Strides, P, Dilation, Seq>, Now>;
/**
 * A long short-term memory over sequences of signals: `convLstm2d` over one axis.
 *
 * @param x [batch, time, length, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, of the inputs; `returnSequences`, `goBackwards`, `activation`,
 *   `recurrentActivation`, `useBias`, initializers, regularizers and constraints, `unitForgetBias`, `dropout`, `recurrentDropout`, `name`; with
 *   x also `initialState`, `returnState`, `mask`
 * @returns [batch, length', filters], the last step's output, or that of all steps, [batch, time, length', filters]; with
 *   `returnState` a record of this output and the last state; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has other axes, its channels have a name for a size, the kernel is larger than x, or state or mask do not fit;
 *   SW_VALUE when an option is outside of its range
 * @example
 * const rows = input(["batch", "time", 30, 4]);
 * convLstm1d(rows, { filters: 8, kernelSize: 3, padding: "same" }); // Tensor<["batch", 30, 8], "float32">
 * const all = convLstm1d(rows, { filters: 8, kernelSize: 3, returnSequences: true }); // Tensor<["batch", "time", 28, 8], "float32">
 */
export function convLstm1d<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Single,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilation extends Single = 1,
  const Seq extends boolean = false,
  const Last extends boolean = false,
  const R extends number = number,
  const StateR extends number = number,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"convLstm1d", D, "float32">, CheckConvLstm<"convLstm1d", 1, S, K, P, Dilation, Now>>
    >[Now],
  options: ConvLstm1dOptions<F, K, Strides, P, Dilation, Seq, Now, R, StateR> &
    SequenceOptions<
      S,
      LstmState<ConvLstmState<1, S, NoInfer<F>, NoInfer<K>, NoInfer<Strides>, NoInfer<P>, NoInfer<Dilation>>>,
      Last
    >,
): Settled<ConvLstmReturned<S, ConvLstmState<1, S, F, K, Strides, P, Dilation>, Seq, Last>>[Now];
export function convLstm1d(...args: readonly unknown[]) {
  return recurrentOf(convLstm1dKind, args);
}

const convLstm1dKind = convLstmKind("convLstm1d", 1);
